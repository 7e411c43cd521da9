import {
  buy,
  type Catalogue,
  collect,
  type Person,
  person,
  price,
  refusalOf,
  type Stage,
} from './stage.ts';

/** Who comes too late for the last place waits for the next one. */
export async function waiting({ ticketi, nora, tell }: Stage, { eventId, standard }: Catalogue) {
  const gil = person(ticketi, 'Gil');
  await nora.waitlist.setPolicy({ eventId });
  const entry = await gil.as.waitlist.join({
    eventId,
    ticketTypeIds: [standard.id],
    buyer: { name: gil.name, email: gil.email },
  });
  const { position } = await gil.as.waitlist.get({ entryId: entry.id });
  tell.done(`Gil goes on the waitlist: number ${position?.number ?? '?'}.`);
  return { gil, entryId: entry.id };
}

/** The place that came free is kept for who waits; the public is refused until then. */
export async function offered(
  { ticketi, tell }: Stage,
  { eventId, standard }: Catalogue,
  { gil, entryId }: { readonly gil: Person; readonly entryId: string },
) {
  const ida = person(ticketi, 'Ida');
  const refused = await refusalOf(buy(ida, eventId, [{ ticketTypeId: standard.id, quantity: 1 }]));
  if (refused !== undefined) tell.refused('Ida is quick to ask for that place.', refused.message);

  await ticketi.tick();
  const { offer } = await gil.as.waitlist.get({ entryId });
  // What the host's mailer does when it hears `waitlist.offered`.
  const { code } = await ticketi.waitlist.getOffer({ offerId: offer?.id ?? '' });
  const hold = await gil.as.waitlist.claim({ code: code ?? '' });
  const again = await refusalOf(gil.as.waitlist.claim({ code: code ?? '' }));
  const placed = await gil.as.orders.place({
    holdId: hold.id,
    buyer: { name: gil.name, email: gil.email },
    payment: { provider: 'sandbox' },
  });
  const order = await gil.as.orders.pay({ orderId: placed.id, provider: 'sandbox' });
  const bought = await collect(gil.as.tickets.iterate({ orderId: order.id }));
  tell.done(
    `Gil, who waited, is offered it, and pays ${price(order.total)}; his code worked once.`,
  );
  return {
    waitersFirst: refused?.code === 'sold_out' && bought.length === 1,
    offerCodeOnce: again?.code === 'offer_code_used',
  };
}
