import { UsageError } from './errors.ts';
import type { Io } from './io.ts';

/** The locale that was asked for, else the environment’s; undefined: none, or one like `C`. */
export function localeOf(asked: string | undefined, env: Io['env']): string | undefined {
  if (asked !== undefined) {
    const tag = tagOf(asked);
    if (tag !== undefined) return tag;
    throw new UsageError(`There is no locale ${asked}.`, 'Name one as de-DE or en-GB.');
  }
  const told = env.LC_ALL || env.LC_NUMERIC || env.LANG;
  return told === undefined ? undefined : tagOf(told);
}

/** `de_DE.UTF-8` is `de-DE`. */
function tagOf(name: string): string | undefined {
  const tag = name.replace(/[.@].*$/, '').replaceAll('_', '-');
  if (['', 'C', 'POSIX'].includes(tag)) return undefined;
  try {
    return Intl.NumberFormat.supportedLocalesOf([tag])[0];
  } catch {
    return undefined;
  }
}
