import { capture, type Pattern } from '../pattern/capture.ts';
import type { Base } from '../stage/base.ts';
import { hotEvent, open } from '../stage/event.ts';

/** Tickets in each hold and order. */
export const QUANTITY = 2;

type PurchaseStep = 'hold' | 'place' | 'pay';

/** An event of its own for one contender, and what a purchase at it writes. */
export interface Target {
  readonly eventId: string;
  readonly poolId: string;
  readonly ticketTypeId: string;
  readonly pattern: Pattern<PurchaseStep>;
}

/** One contender of the rows `holds` and `orders`. */
export interface Seller {
  readonly name: string;
  hold(buyer: number): Promise<void>;
  /** Hold, place, pay. */
  order(buyer: number): Promise<void>;
  /** Units that it gave out. */
  sold(): number;
  close(): Promise<void>;
}

/** Makes the event, and lets Ticketi serve one purchase there: the pattern of all the others. */
export async function targetOn(base: Base): Promise<Target> {
  const now = new Date().toISOString();
  const ticketi = await open(base, now);
  try {
    const { event, pool, standard } = await hotEvent(ticketi);
    const buyer = ticketi.as({ type: 'user', id: 'u_0' });
    const items = [{ ticketTypeId: standard.id, quantity: QUANTITY }];
    let holdId = '';
    let orderId = '';
    const pattern = await capture(base, event.id, now, {
      async hold() {
        holdId = (await buyer.holds.create({ eventId: event.id, items })).id;
      },
      async place() {
        orderId = (await buyer.orders.place({ holdId, buyer: somebody(0), payment })).id;
      },
      pay: () => buyer.orders.pay({ orderId }),
    });
    return { eventId: event.id, poolId: pool.id, ticketTypeId: standard.id, pattern };
  } finally {
    await ticketi.close();
  }
}

export const payment = { provider: 'sandbox' };

export function somebody(buyer: number) {
  return { name: 'Robin Example', email: `u_${buyer}@example.com` };
}
