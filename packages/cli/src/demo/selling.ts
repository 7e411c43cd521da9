import { explainQuote } from '@ticketi/core';
import { buy, type Catalogue, person, price, refusalOf, type Stage, showFill } from './stage.ts';

/** Characters of an amount, so that a column of them stands in line. */
const WIDE = 10;

/** Midnight of the event, after which early birds are late. */
const EARLY_IS_OVER = '2027-03-01T23:00:00.000Z';

/** Chapter two: two buyers hold, pay, and have tickets with signed codes. */
export async function firstSales(stage: Stage, { eventId, standard, supporter }: Catalogue) {
  const { ticketi, tell } = stage;
  tell.chapter('Two buyers');
  const ada = person(ticketi, 'Ada');
  const ben = person(ticketi, 'Ben');

  const adas = await buy(ada, eventId, [{ ticketTypeId: standard.id, quantity: 2 }], ['EARLY']);
  const { quote } = adas.order;
  tell.done(`Ada holds two ${standard.name} with the code EARLY and pays in the sandbox.`);
  for (const { quantity, unitPrice, subtotal } of quote.lines) {
    tell.fact(`${quantity} × ${price(unitPrice)}`, price(subtotal).padStart(WIDE));
  }
  tell.fact('EARLY', `-${price(quote.discount)}`.padStart(WIDE));
  tell.fact('Service fee', price(quote.fee).padStart(WIDE));
  tell.fact('Paid', price(adas.order.total).padStart(WIDE));
  const [tiered = ''] = explainQuote(quote);
  const taxed = explainQuote({
    ...quote,
    trace: quote.trace.filter(({ rule }) => rule === 'tax_inside'),
  });
  tell.say('Every price explains itself, step by step:');
  for (const sentence of [tiered, ...taxed]) tell.say(sentence);

  const bens = await buy(ben, eventId, [
    { ticketTypeId: standard.id, quantity: 1 },
    { ticketTypeId: supporter.id, quantity: 1 },
  ]);
  tell.done(`Ben takes one of each and pays ${price(bens.order.total)}.`);
  await showFill(stage, eventId);

  const [ticket] = adas.tickets;
  if (ticket === undefined) throw new Error('The order is paid and has no ticket.');
  const { code } = await ada.as.tickets.code({ ticketId: ticket.id });
  tell.say("Every ticket has a code that is signed with the organizer's key. Ada's first:");
  tell.qr(code);
  return { ada, bens, ticket, code };
}

/** Chapter three: a hold that nobody pays, its places coming back, and the last place gone. */
export async function sellingOut(stage: Stage, { eventId, standard, supporter }: Catalogue) {
  const { ticketi, clock, tell } = stage;
  tell.chapter('The last places');
  const [cleo, dan, fay] = ['Cleo', 'Dan', 'Fay'].map((name) => person(ticketi, name));
  if (!cleo || !dan || !fay) throw new Error('Nobody came.');
  const wanted = [{ ticketTypeId: standard.id, quantity: 4 }];

  const hold = await cleo.as.holds.create({ eventId, items: wanted });
  tell.done('Cleo holds four Standard, and goes to look for her card.');
  const held = await showFill(stage, eventId);
  const early = await refusalOf(dan.as.holds.create({ eventId, items: wanted }));
  if (early !== undefined) tell.refused('Dan wants four as well.', early.message);

  clock.forward(16);
  const { state } = await cleo.as.holds.get({ holdId: hold.id });
  tell.done(`Sixteen minutes later Cleo's hold has ${state}; no worker had to run.`);
  const back = await showFill(stage, eventId);

  clock.goTo(EARLY_IS_OVER);
  const dans = await buy(dan, eventId, wanted);
  tell.done(`Past midnight Dan gets his four, no early bird, for ${price(dans.order.total)}.`);
  const cleos = await buy(cleo, eventId, [{ ticketTypeId: supporter.id, quantity: 2 }]);
  tell.done(`Cleo is back and takes two ${supporter.name}, for ${price(cleos.order.total)}.`);
  await showFill(stage, eventId);

  const late = await refusalOf(
    fay.as.holds.create({ eventId, items: [{ ticketTypeId: standard.id, quantity: 1 }] }),
  );
  if (late !== undefined) tell.refused('Fay wants one, too late.', late.message);
  return {
    fay,
    dan,
    dansTickets: dans.tickets,
    holdExpired: state === 'expired',
    placesCameBack: back === held - 4,
    soldOutRefused: late?.code === 'sold_out',
  };
}
