import { createTicketi, sandboxProvider, type Ticketi } from '@ticketi/core';
import { aBoxOffice, type BoxOffice } from '@ticketi/testing';
import type { Base } from './base.ts';

/** Room enough that no run sells out. */
const ROOM = 1_000_000_000;

/** Shared by every instance and process on one database. */
export const secret = Buffer.alloc(32, 7);

/** Ticketi as anybody would open it: nothing tuned. */
export function open(base: Base, now?: string): Promise<Ticketi> {
  return createTicketi({
    storage: base.storage(),
    keys: { secret },
    payments: { sandbox: sandboxProvider() },
    migrate: false,
    ...(now === undefined ? {} : { clock: { now: () => now } }),
  });
}

/** A published event with one pool and two ticket types, a fee and a code. */
export function hotEvent(
  ticketi: Ticketi,
  options: Parameters<typeof aBoxOffice>[1] = {},
): Promise<BoxOffice> {
  return aBoxOffice(ticketi, { capacity: ROOM, ...options });
}
