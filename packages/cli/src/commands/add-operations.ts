import type { OperationName } from '@ticketi/core';
import type { Command } from 'commander';
import type { Flag } from '../flags/flag.ts';
import { nounGroups } from './nouns.ts';
import type { OperationCommand } from './operation-command.ts';
import { examplesText, globalFlagsText, type Run } from './run.ts';
import { commands } from './table.ts';

interface Entry {
  readonly name: OperationName;
  readonly command: OperationCommand;
}

/** Adds every operation: nouns with their verbs. Flags come when the verb is called. */
export function addOperations(program: Command, run: Run): void {
  const flagsOf = new Map<Command, () => Promise<void>>();
  const addFlags = (_parent: Command, leaf: Command) => flagsOf.get(leaf)?.();
  const addVerb = (parent: Command, entry: Entry) => {
    const { command, aliases = [] } = entry.command;
    const verb = parent.command(command.split(' ')[1] ?? 'get').aliases([...aliases]);
    flagsOf.set(verb, describe(verb, entry, run));
  };
  program.hook('preSubcommand', addFlags);

  const byNoun = Map.groupBy(entries(), ({ command }) => command.command.split(' ')[0] ?? '');
  for (const [group, nouns] of Object.entries(nounGroups)) {
    for (const [noun, summary] of Object.entries(nouns)) {
      const verbs = byNoun.get(noun) ?? [];
      const parent = program.command(noun).summary(summary).helpGroup(`${group}:`);
      const [only] = verbs;
      if (only?.command.command === noun) {
        flagsOf.set(parent, describe(parent, only, run));
        continue;
      }
      parent
        .description(`${summary}.`)
        .usage('<verb> [flags]')
        .helpCommand(false)
        .hook('preSubcommand', addFlags)
        .addHelpText('before', examplesText(verbs.slice(0, 3).map(firstExample)));
      for (const entry of verbs) addVerb(parent, entry);
      byNoun.delete(noun);
    }
  }
  // What is left are verbs of commands that are more than operations, as `doctor`.
  for (const parent of program.commands) {
    const verbs = (byNoun.get(parent.name()) ?? []).filter(({ command }) =>
      command.command.includes(' '),
    );
    if (verbs.length > 0) parent.hook('preSubcommand', addFlags);
    for (const entry of verbs) addVerb(parent, entry);
  }
}

function entries(): Entry[] {
  // `Object.keys` forgets the names of the table's keys; it has no others.
  const names = Object.keys(commands) as OperationName[];
  return names.map((name) => ({ name, command: commands[name] }));
}

function firstExample({ command }: Entry): string {
  return command.examples[0];
}

/** Describes a leaf and its action. The answer adds its flags, which takes the SDK's schemas. */
function describe(leaf: Command, { name, command }: Entry, run: Run): () => Promise<void> {
  const { subject, summary, examples } = command;
  const argument = subject === undefined ? undefined : argumentName(subject);
  leaf
    .summary(summary)
    .description(`${summary}.`)
    .usage(argument === undefined ? '[flags]' : `[${argument}] [flags]`)
    .argument('[words...]')
    .option('--input <file|->', 'The whole input as JSON or YAML; flags go over it.')
    .addHelpText('before', examplesText(examples))
    .addHelpText('after', globalFlagsText);
  let flags: readonly Flag[] = [];
  leaf.action(async (words: string[]) => {
    const { collectCall } = await import('./collect-call.ts');
    const { runOperation } = await import('./run-operation.ts');
    const options = leaf.opts<Record<string, unknown>>();
    const call = collectCall({ name, command, flags, words, options });
    run.exitCode = await runOperation(run.io, run.settings(), call);
  });
  return async () => {
    const { operationFlags } = await import('./operation-flags.ts');
    const found = await operationFlags(name, command);
    flags = found.flags;
    for (const option of found.options) leaf.addOption(option);
  };
}

function argumentName(subject: string): string {
  return subject.replace(/Id$/, '').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
