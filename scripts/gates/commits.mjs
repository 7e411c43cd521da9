// Commit messages are Conventional Commits: `type(scope): what`, a first line of 100 at most.
import { execFileSync } from 'node:child_process';
import { root } from '../lib/workspace.mjs';

const types = [
  ...['feat', 'fix', 'perf', 'refactor', 'docs', 'test'],
  ...['build', 'ci', 'chore', 'style', 'revert'],
];
const wellFormed = new RegExp(`^(?:${types.join('|')})(?:\\([a-z0-9,/ -]+\\))?!?: \\S`);
const byGit = /^(?:Merge|Revert|fixup!|squash!) /;

/** What is wrong with a commit's first line, if anything. */
export function findCommitFault(subject) {
  if (byGit.test(subject)) return undefined;
  if (!wellFormed.test(subject)) return 'is not a Conventional Commit';
  if (subject.length > 100) return 'is longer than 100 characters';
  return undefined;
}

/** Checks the commits of a range; all of this branch unless one is given. */
export function checkCommits(range = 'HEAD') {
  const log = execFileSync('git', ['log', '--format=%h %s', range], {
    cwd: root,
    encoding: 'utf8',
  });
  return log
    .split('\n')
    .filter(Boolean)
    .map((line) => [line, findCommitFault(line.slice(line.indexOf(' ') + 1))])
    .filter(([, fault]) => fault)
    .map(([line, fault]) => `${line}: ${fault}`);
}
