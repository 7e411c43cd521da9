import { type Catalogue, price, type Stage } from './stage.ts';

/** Chapter one: an organizer makes an event and opens it to buyers. */
export async function openingUp({ nora, tell }: Stage): Promise<Catalogue> {
  tell.chapter('An event goes on sale');
  const organizer = await nora.organizers.create({ name: 'Harbour Sounds' });
  const event = await nora.events.create({
    organizerId: organizer.id,
    name: 'Summer Fest',
    venue: 'Old Harbour, Hamburg',
    timezone: 'Europe/Berlin',
    currency: 'EUR',
    sessions: [{ startsAt: '2027-07-10T18:00', endsAt: '2027-07-10T23:00' }],
  });
  const eventId = event.id;
  const pool = await nora.pools.create({ eventId, name: 'Field', capacity: 10 });
  const draws = [{ poolId: pool.id }];
  const standard = await nora.ticketTypes.create({
    eventId,
    name: 'Standard',
    price: 4900,
    draws,
    tiers: [{ name: 'early bird', price: 3900, until: '2027-03-02T00:00' }],
  });
  const supporter = await nora.ticketTypes.create({
    eventId,
    name: 'Supporter',
    price: 7900,
    draws,
  });
  const code = await nora.codes.create({
    eventId,
    code: 'EARLY',
    discount: { type: 'percent', percent: '20' },
    maxUses: 50,
  });
  const tax = await nora.taxes.set({
    organizerId: organizer.id,
    name: 'VAT 19 %',
    percent: '19',
    place: 'DE',
  });
  await nora.prices.setPolicy({ eventId, taxPlace: 'DE' });
  const fee = await nora.fees.set({ eventId, percent: '5' });
  const policy = await nora.resale.setPolicy({ eventId, cap: '110', sellerFee: '3' });
  const published = await nora.events.publish({ eventId });

  tell.done(`${organizer.name} publishes ${published.name}, 10 July 2027, 18:00.`);
  tell.fact('Capacity', `${pool.capacity} places in one pool that both ticket types share`);
  const [early] = standard.tiers;
  const until = early === undefined ? '' : `, ${price(early.price)} to early birds today`;
  tell.fact(standard.name, `${price(standard.price)}${until}`);
  tell.fact(supporter.name, price(supporter.price));
  tell.fact(`Code ${code.code}`, '20 % off');
  tell.fact(fee.name, `${fee.percent} % on top`);
  tell.fact(tax.name, 'inside every price');
  tell.fact(
    'Resale',
    `at most ${policy.cap} % of the price paid; sellers leave ${policy.sellerFee} %`,
  );
  return { organizerId: organizer.id, eventId, session: event.sessions[0], standard, supporter };
}
