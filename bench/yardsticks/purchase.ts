import { capture, type Pattern } from '../pattern/capture.ts';
import type { Base } from '../stage/base.ts';
import { hotEvent, open } from '../stage/event.ts';

/** Tickets in each hold and order. */
export const QUANTITY = 2;

/** Every buyer has an id and an address of their own, as with Ticketi: indexes have them in no order. */
type PurchasePattern = Omit<Pattern<'hold' | 'place' | 'pay'>, 'begin'> & {
  begin(buyer: number): readonly string[];
};

/** The buyer of the pattern; found nowhere else in its rows. */
const SAMPLE = 'the_buyer_of_the_pattern';

/** The id of a signed-in buyer. */
export function userOf(buyer: number): string {
  return `u_${buyer}`;
}

/** An event of its own for one contender, and what a purchase at it writes. */
export interface Target {
  readonly eventId: string;
  readonly poolId: string;
  readonly ticketTypeId: string;
  readonly pattern: PurchasePattern;
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
    const buyer = ticketi.as({ type: 'user', id: SAMPLE });
    const items = [{ ticketTypeId: standard.id, quantity: QUANTITY }];
    let holdId = '';
    let orderId = '';
    const steps = {
      async hold() {
        holdId = (await buyer.holds.create({ eventId: event.id, items })).id;
      },
      async place() {
        orderId = (await buyer.orders.place({ holdId, buyer: somebody(SAMPLE), payment })).id;
      },
      pay: () => buyer.orders.pay({ orderId }),
    };
    const pattern = await capture(base, event.id, now, steps, { buyer: SAMPLE });
    return {
      eventId: event.id,
      poolId: pool.id,
      ticketTypeId: standard.id,
      pattern: { ...pattern, begin: (buyer) => pattern.begin({ buyer: userOf(buyer) }) },
    };
  } finally {
    await ticketi.close();
  }
}

export const payment = { provider: 'sandbox' };

export function somebody(userId: string) {
  return { name: 'Robin Example', email: `${userId}@example.com` };
}
