import { globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One fenced block of a page. */
export interface Block {
  /** `docs/orders.md`. */
  readonly page: string;
  /** The line of its first line of code. */
  readonly line: number;
  /** `ts`, `bash`, `json` and so on. */
  readonly language: string;
  /** The rest of the info string: `no-run: reason`, `output`. */
  readonly info: string;
  readonly code: string;
}

export interface Page {
  /** The path from the root of the repository, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly Block[];
}

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** README.md and every page under docs/. */
export function pages(): Page[] {
  const paths = globSync('docs/**/*.md', { cwd: root }).map((path) => path.replaceAll('\\', '/'));
  return ['README.md', ...paths.sort()].map((path) =>
    pageOf(path, readFileSync(root + path, 'utf8')),
  );
}

export function pageOf(path: string, text: string): Page {
  return { path, text, blocks: blocksOf(path, text) };
}

const FENCE = /^(`{3,})(\w*)[ \t]*([^\n]*)\n([\s\S]*?)^\1[ \t]*$/gm;

function blocksOf(page: string, text: string): Block[] {
  return [...text.matchAll(FENCE)].map((match) => {
    const [, , language = '', info = '', code = ''] = match;
    const line = text.slice(0, match.index).split('\n').length + 1;
    return { page, line, language, info: info.trim(), code };
  });
}

/** The text without its blocks, which may hold what looks like a link. */
const prose = (text: string) => text.replace(FENCE, '').replace(/`[^`\n]*`/g, '');

/** The anchors of a page's headings, as repositories render them. */
function anchorsOf(text: string): Set<string> {
  const seen = new Map<string, number>();
  const anchors = new Set<string>();
  for (const [, heading = ''] of text.replace(FENCE, '').matchAll(/^#{1,6} +(.+?) *$/gm)) {
    const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
    const slug = plain
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-');
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    anchors.add(times === 0 ? slug : `${slug}-${times}`);
  }
  return anchors;
}

/** Links of a page that lead nowhere; those to other sites are not followed. */
export function deadLinks(
  page: Page,
  exists: (path: string) => boolean,
  textOf: (path: string) => string,
): string[] {
  const dead: string[] = [];
  for (const [, target = ''] of prose(page.text).matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^[a-z]+:/.test(target)) continue;
    const [file = '', anchor] = target.split('#');
    const path = file === '' ? page.path : posix.join(posix.dirname(page.path), file);
    if (!exists(path)) dead.push(target);
    else if (anchor !== undefined && !anchorsOf(textOf(path)).has(anchor)) dead.push(target);
  }
  return dead;
}
