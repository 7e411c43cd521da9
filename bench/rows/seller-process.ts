import { once } from 'node:events';
import { createTicketi, isTicketiError } from '@ticketi/core';
import { postgres } from '@ticketi/storage/postgres';
import { crowd } from '../crowd.ts';
import { secret } from '../stage/event.ts';
import { QUANTITY } from '../yardsticks/purchase.ts';
import type { Shift, Sold } from './processes.ts';

/** A process that sells one event beside others: until its time is over, or everything is sold. */
const { at, eventId, ticketTypeId, ...crowdOptions }: Shift = JSON.parse(process.argv[2] ?? '');
const ticketi = await createTicketi({
  storage: postgres({ connectionString: at }),
  keys: { secret },
  migrate: false,
});
const items = [{ ticketTypeId, quantity: QUANTITY }];
const buyers = Array.from({ length: crowdOptions.buyers }, (_, n) =>
  ticketi.as({ type: 'user', id: `u_${process.pid}_${n}` }),
);

process.send?.('ready');
await once(process, 'message');
let units = 0;
let empty = false;
const figures = await crowd({ ...crowdOptions, until: () => empty }, async (buyer) => {
  try {
    await buyers[buyer]?.holds.create({ eventId, items });
    units += QUANTITY;
  } catch (error) {
    if (!isTicketiError(error, 'sold_out')) throw error;
    empty = true;
  }
});
await ticketi.close();
process.send?.({ figures, units } satisfies Sold);
process.disconnect();
