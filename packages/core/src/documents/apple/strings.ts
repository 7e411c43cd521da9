import { Locale } from '../../print/index.ts';

/** What a pass says in a language, by what `pass.json` says. */
export interface Translation {
  readonly locale: Locale;
  readonly strings: Readonly<Record<string, string>>;
}

/**
 * The folders in which a phone finds a language. If it prefers none of them, it takes the first
 * that its file system lists, which goes by a hash of the names and would be `de` before all
 * others: so German lies by its regions, behind English
 * (https://developer.apple.com/forums/thread/757013).
 */
const FOLDERS: Readonly<Record<Locale, readonly string[]>> = {
  en: ['en'],
  de: ['de-DE', 'de-AT', 'de-CH'],
};

/**
 * The texts of a pass by language, out of the same ones written in each. `pass.json` has the
 * English ones, and a phone puts others in their place wherever they stand: a text that is the
 * same in all languages is somebody’s own, and nothing that reads like it is translated.
 *
 * @param own texts that are the same in all languages besides
 */
export function translations(
  textsIn: (locale: Locale) => readonly string[],
  own: readonly string[],
): Translation[] {
  const english = textsIn('en');
  const written = Locale.options.map((locale) => ({ locale, texts: textsIn(locale) }));
  const same = english.filter((text, at) => written.every(({ texts }) => texts[at] === text));
  const kept = new Set([...own, ...same]);
  return written.map(({ locale, texts }) => ({
    locale,
    strings: Object.fromEntries(
      english.flatMap((text, at) => (kept.has(text) ? [] : [[text, texts[at] ?? text]])),
    ),
  }));
}

/** The files of a pass that say it in each language. */
export function stringsFiles(translated: readonly Translation[]): Record<string, Uint8Array> {
  return Object.fromEntries(
    translated.flatMap(({ locale, strings }) => {
      const bytes = Buffer.from(fileOf(strings));
      return FOLDERS[locale].map((folder) => [`${folder}.lproj/pass.strings`, bytes]);
    }),
  );
}

/** The quotes and line breaks of a strings file are escaped as JSON’s are. */
function fileOf(strings: Translation['strings']): string {
  return Object.entries(strings)
    .map(([key, value]) => `${JSON.stringify(key)} = ${JSON.stringify(value)};\n`)
    .join('');
}
