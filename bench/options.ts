import { parseArgs } from 'node:util';
import { rows } from './rows/index.ts';
import type { BenchRow, Effort } from './rows/row.ts';

export interface Options {
  readonly effort: Effort;
  readonly rows: readonly BenchRow[];
  readonly contenders: readonly string[] | undefined;
  readonly url: string | undefined;
  readonly json: string | undefined;
  readonly writeDocs: boolean;
  /** So many tickets stored, against few: instead of the rows. */
  readonly scale: number | undefined;
  /** Databases for `scale`: both, when left out. */
  readonly database: string | undefined;
  /** The row to be profiled, and what its process is told besides. */
  readonly profile: { readonly row: string; readonly args: readonly string[] } | undefined;
}

export function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      contenders: { type: 'string' },
      json: { type: 'string' },
      'write-docs': { type: 'boolean', default: false },
      profile: { type: 'string' },
      url: { type: 'string' },
      scale: { type: 'string' },
      database: { type: 'string' },
      seconds: { type: 'string', default: '5' },
      rounds: { type: 'string', default: '3' },
    },
  });
  const { quick, only, contenders, json, url, profile, seconds } = values;
  const wanted = (profile ?? only)?.split(',');
  const unknown = wanted?.filter((name) => rows.every((row) => row.name !== name)) ?? [];
  if (unknown.length > 0) {
    const known = rows.map(({ name }) => name).join(', ');
    throw new Error(`There is no row ${unknown.join(', ')}; there are ${known}.`);
  }
  const where = url === undefined ? [] : ['--url', url];
  const profiled = ['--contenders', contenders ?? 'ours', '--rounds', '1', '--seconds', seconds];
  return {
    effort: quick ? { quick, rounds: 1, warmUp: 50, duration: 200 } : effortOf(values),
    rows: rows.filter(({ name }) => wanted?.includes(name) ?? true),
    contenders: contenders?.split(','),
    url,
    json,
    writeDocs: values['write-docs'],
    scale: values.scale === undefined ? undefined : Number(values.scale),
    database: values.database,
    profile: profile === undefined ? undefined : { row: profile, args: [...profiled, ...where] },
  };
}

function effortOf({ seconds, rounds }: { seconds: string; rounds: string }): Effort {
  const duration = Number(seconds) * 1000;
  if (!(duration > 0 && Number(rounds) >= 1))
    throw new RangeError('Of nothing there are no figures.');
  const warmUp = Math.min(1000, duration * 0.3);
  return { quick: false, rounds: Number(rounds), warmUp, duration };
}
