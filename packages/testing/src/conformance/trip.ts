import type { ReadStore, WriteTx } from '@ticketi/core';
import type { Owner } from './records.ts';

/** Text in which whatever a driver may spoil occurs. */
export const odd = "Zoë \u{1F39F} „quoted\" 'it'\\s' 100 % ? $1 \t\n\u2028 漢字 \u200Frtl";

export interface Trip {
  readonly wrote: object;
  readonly found: object | undefined;
}

/** Writes a row and reads it. */
export async function through<Row extends { readonly id: string }>(
  store: ReadStore<Row, never> & { insert(rows: readonly Row[]): Promise<void> },
  row: Row,
): Promise<Trip> {
  await store.insert([row]);
  return { wrote: row, found: await store.find(row.id) };
}

export type Trips = Readonly<Record<string, Send>>;

type Send = (tx: WriteTx, owner: Owner) => Promise<Trip>;
