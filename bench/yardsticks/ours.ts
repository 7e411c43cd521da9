import type { Surface } from '@ticketi/core';
import type { Base } from '../stage/base.ts';
import { open } from '../stage/event.ts';
import { payment, QUANTITY, type Seller, somebody, type Target, userOf } from './purchase.ts';

/** Ticketi through its public SDK: validation, access, prices, outbox and audit on, nothing tuned. */
export async function ours(
  base: Base,
  target: Pick<Target, 'eventId' | 'ticketTypeId'>,
): Promise<Seller> {
  const { eventId, ticketTypeId } = target;
  const ticketi = await open(base);
  const items = [{ ticketTypeId, quantity: QUANTITY }];
  const buyers = new Map<number, Surface>();
  let sold = 0;

  function signedIn(buyer: number): Surface {
    const known = buyers.get(buyer) ?? ticketi.as({ type: 'user', id: userOf(buyer) });
    buyers.set(buyer, known);
    return known;
  }
  async function hold(buyer: number) {
    const made = await signedIn(buyer).holds.create({ eventId, items });
    sold += QUANTITY;
    return made;
  }
  return {
    name: 'ours',
    async hold(buyer) {
      await hold(buyer);
    },
    async order(buyer) {
      const { id: holdId } = await hold(buyer);
      const { orders } = signedIn(buyer);
      const { id: orderId } = await orders.place({
        holdId,
        buyer: somebody(userOf(buyer)),
        payment,
      });
      const { state } = await orders.pay({ orderId });
      if (state !== 'paid') throw new Error(`The order ${orderId} is ${state}`);
    },
    sold: () => sold,
    close: () => ticketi.close(),
  };
}
