import { isTicketiError } from '@ticketi/core';
import { collect, type Person, price, refusalOf, type Stage } from './stage.ts';

interface Sellable {
  readonly ada: Person;
  readonly ticket: { readonly id: string; readonly price: number };
}

/** Chapter four: Ada sells one ticket on, within the cap, and its code changes hands. */
export async function reselling({ tell, ticketi }: Stage, { ada, ticket }: Sellable, fay: Person) {
  tell.chapter('A ticket changes hands');
  const tooMuch = 6000;
  const refused = await refusalOf(ada.as.resale.list({ ticketId: ticket.id, price: tooMuch }));
  if (refused !== undefined) {
    tell.refused(
      `Ada paid ${price(ticket.price)} and asks ${price(tooMuch)} for one ticket.`,
      refused.message,
    );
  }
  const cap = isTicketiError(refused, 'price_above_cap') ? refused.details.cap : ticket.price;
  const listing = await ada.as.resale.list({ ticketId: ticket.id, price: cap });
  tell.done(`She lists it at the cap, ${price(listing.price)}.`);

  const order = await fay.as.resale.buy({
    listingId: listing.id,
    buyer: { name: fay.name, email: fay.email },
    payment: { provider: 'sandbox' },
  });
  const [bought] = await collect(fay.as.tickets.iterate({ orderId: order.id }));
  if (bought === undefined) throw new Error('The listing is paid and Fay has no ticket.');
  const { code } = await fay.as.tickets.code({ ticketId: bought.id });
  tell.done(`Fay buys it for ${price(order.total)} and gets a code of her own.`);

  const old = await ticketi.tickets.get({ ticketId: ticket.id });
  tell.fact("Ada's ticket", `${old.state} (${old.voidReason})`);
  tell.fact("Fay's ticket", bought.state);
  const sold = await ticketi.resale.get({ listingId: listing.id });
  return {
    code,
    overCapRefused: refused?.code === 'price_above_cap',
    listingsSold: [sold].filter(({ state }) => state === 'sold').length,
  };
}
