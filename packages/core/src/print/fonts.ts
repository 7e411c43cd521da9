import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import * as z from 'zod';

/** Didact Gothic (SIL Open Font License), cut by script; each file is some 10 KB. */
const FONT = '@fontsource/didact-gothic';
const SUBSETS = ['latin', 'latin-ext', 'greek', 'cyrillic', 'greek-ext', 'cyrillic-ext'] as const;
type Subset = (typeof SUBSETS)[number];

export interface Fonts {
  readonly files: readonly { readonly name: Subset; readonly bytes: Buffer }[];
  /** Text as runs, each of the one file that has its letters. */
  runsOf(text: string): Run[];
}

interface Run {
  readonly font: Subset;
  readonly text: string;
}

let loaded: Promise<Fonts> | undefined;

/** The fonts, read once in a process. */
export function loadFonts(): Promise<Fonts> {
  loaded ??= readFonts();
  return loaded;
}

async function readFonts(): Promise<Fonts> {
  const { resolve } = createRequire(import.meta.url);
  const ranges = z
    .record(z.string(), z.string())
    .parse(JSON.parse(await readFile(resolve(`${FONT}/unicode.json`), 'utf8')));
  const letters = SUBSETS.map((name) => ({ name, has: inRanges(ranges[name] ?? '') }));
  const files = await Promise.all(
    SUBSETS.map(async (name) => ({
      name,
      bytes: await readFile(resolve(`${FONT}/files/didact-gothic-${name}-400-normal.woff`)),
    })),
  );
  return {
    files,
    runsOf(text) {
      const runs: { font: Subset; text: string }[] = [];
      for (const letter of text.normalize('NFC')) {
        const last = runs.at(-1);
        const code = letter.codePointAt(0) ?? 0;
        const font = letters.find(({ has }) => has(code))?.name;
        // No file has it: a question mark says so.
        const own =
          font === undefined ? ({ font: 'latin', text: '?' } as const) : { font, text: letter };
        if (last?.font === own.font) last.text += own.text;
        else runs.push({ ...own });
      }
      return runs;
    },
  };
}

/** `U+0000-00FF,U+0131` as a question about a code point. */
function inRanges(text: string): (code: number) => boolean {
  const ranges = text.split(',').map((range) => {
    const [from = '', to = from] = range.replace('U+', '').split('-');
    return { from: Number.parseInt(from, 16), to: Number.parseInt(to, 16) };
  });
  return (code) => ranges.some(({ from, to }) => from <= code && code <= to);
}
