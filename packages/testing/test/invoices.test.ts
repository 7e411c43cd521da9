import {
  type Invoice,
  type Order,
  type Storage,
  sandboxProvider,
  type Ticketi,
} from '@ticketi/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  aBoxOffice,
  aGiftCard,
  aListing,
  aPaidOrder,
  aPlacedOrder,
  type BoxOffice,
  payInCash,
  type TestClock,
  testClock,
} from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';

const billing = { company: 'Example GmbH', lines: ['Ring 1'], city: 'Wien', country: 'AT' };
const address = { lines: ['Park 1'], postcode: '10115', city: 'Berlin', country: 'DE' };

describe.each(databases)('invoices on %s', (_name, create) => {
  let clock: TestClock;
  let base: TestBase;
  let storage: Storage;
  let ticketi: Ticketi;
  let office: BoxOffice;
  let issuer: { organizerId: string; legalName: string; address: typeof address; timezone: string };

  beforeAll(async () => {
    base = await create();
    clock = testClock();
    storage = base.storage();
    ticketi = await ticketiOn(storage, clock, { payments: { sandbox: sandboxProvider() } });
  });
  beforeEach(async () => {
    office = await aBoxOffice(ticketi);
    const organizerId = office.organizer.id;
    issuer = { organizerId, legalName: 'Summer Fest e.V.', address, timezone: 'Europe/Berlin' };
    await ticketi.taxes.set({ organizerId, name: 'VAT', percent: '19' });
    await ticketi.invoices.setIssuer(issuer);
  });
  afterAll(async () => {
    await ticketi?.close();
    await base?.drop();
  });

  const owner = () => ticketi.as({ type: 'user', id: office.ownerId });
  const findings = async () => {
    const { checks } = await ticketi.diagnose();
    return checks.filter(({ ok }) => !ok).map(({ message }) => message);
  };
  const listed = async (filter: { orderId?: string; year?: number } = {}) => {
    const invoices: Invoice[] = [];
    const at = { organizerId: office.organizer.id, limit: 2, ...filter };
    for await (const invoice of ticketi.invoices.iterate(at)) invoices.push(invoice);
    return invoices.reverse();
  };

  test('are issued once, to the buyer, with the sums of the order', async () => {
    const { order, actor } = await aPaidOrder(ticketi, office, { quantity: 2, codes: ['EARLY'] });
    const mine = ticketi.as(actor);
    const invoice = await mine.invoices.issue({ orderId: order.id });
    expect(invoice).toMatchObject({
      kind: 'invoice',
      number: '2027-00001',
      sequence: 1,
      total: order.total,
      paid: order.total,
      due: 0,
      credited: 0,
      seller: { legalName: 'Summer Fest e.V.', address },
      buyer: { name: 'buyer', email: 'buyer@example.com', company: null },
      event: { name: 'Summer Fest', startsAt: office.event.sessions[0]?.startsAt },
      discounts: [{ kind: 'code', name: 'EARLY', amount: order.quote.discount }],
      fees: [{ amount: order.quote.fee }],
      taxes: order.quote.taxes,
    });
    expect(invoice.lines.map(({ gross }) => gross)).toEqual(
      order.quote.lines.map(({ total }) => total),
    );
    expect(await mine.invoices.issue({ orderId: order.id })).toEqual(invoice);
    expect(await owner().invoices.get({ invoiceId: invoice.id })).toEqual(invoice);
    expect(await findings()).toEqual([]);
    const { items } = await ticketi.outbox.list({
      organizerId: office.organizer.id,
      type: 'invoice.issued',
    });
    expect(items.map(({ subject, data }) => [subject, Object(data).number])).toEqual([
      [invoice.id, '2027-00001'],
    ]);
  });

  test('want an issuer first, a paid order, and no resale', async () => {
    const other = await aBoxOffice(ticketi, { ownerId: 'other' });
    const orphan = await aPaidOrder(ticketi, other);
    await expect(ticketi.invoices.issue({ orderId: orphan.order.id })).rejects.toMatchObject({
      code: 'issuer_missing',
      hint: expect.stringContaining('invoices.setIssuer'),
    });
    const paid = await aPaidOrder(ticketi, office, { userId: 'seller' });
    const listing = await aListing(ticketi, paid);
    const resale = await ticketi.resale.buy({
      listingId: listing.id,
      buyer: { name: 'Fay', email: 'fay@example.com' },
      payment: { provider: 'sandbox' },
    });
    const refused = (orderId: string) =>
      ticketi.invoices.issue({ orderId }).then(
        () => 'issued',
        (error: { details: { reason: string } }) => error.details.reason,
      );
    expect(await refused(resale.id)).toBe('resale');
    const cancelled = await aPlacedOrder(ticketi, office);
    await ticketi.orders.cancel({ orderId: cancelled.order.id });
    expect(await refused(cancelled.order.id)).toBe('cancelled');
    const late = await aPlacedOrder(ticketi, office);
    clock.advance({ minutes: 31 });
    expect(await refused(late.order.id)).toBe('expired');
    expect(await listed()).toEqual([]);
  });

  test('of an order that waits are for who sells, and say until when it is due', async () => {
    const { order, actor } = await aPlacedOrder(ticketi, office);
    const orderId = order.id;
    await expect(ticketi.as(actor).invoices.issue({ orderId })).rejects.toMatchObject({
      code: 'not_invoiceable',
      details: { reason: 'pending' },
    });
    const invoice = await owner().invoices.issue({ orderId });
    expect(invoice).toMatchObject({ paid: 0, due: order.total, dueAt: order.expiresAt });
    await payInCash(ticketi, order);
    expect(await ticketi.as(actor).invoices.issue({ orderId })).toEqual(invoice);
  });

  test('are made out to whom the buyer says, until they are issued', async () => {
    const { hold, actor } = await aPlacedOrderWith(billing);
    const mine = ticketi.as(actor);
    const order = await payInCash(ticketi, await mine.orders.get({ orderId: hold.orderId }));
    const orderId = order.id;
    expect(order.billing).toEqual(billing);
    const changed = { lines: [], company: 'Changed GmbH' };
    expect((await mine.invoices.setBilling({ orderId, billing: changed })).billing).toEqual(
      changed,
    );
    const invoice = await mine.invoices.issue({ orderId, billing });
    expect(invoice.buyer).toMatchObject({
      company: 'Example GmbH',
      address: { lines: ['Ring 1'], postcode: null, city: 'Wien', country: 'AT' },
    });
    expect(await mine.invoices.issue({ orderId, billing })).toEqual(invoice);
    const issued = { code: 'invoice_issued', details: { number: invoice.number } };
    const other = { orderId, billing: changed };
    await expect(mine.invoices.issue(other)).rejects.toMatchObject(issued);
    await expect(mine.invoices.setBilling(other)).rejects.toMatchObject(issued);

    const note = await owner().invoices.credit({ invoiceId: invoice.id, reason: 'Wrong name' });
    expect(note).toMatchObject({
      kind: 'credit_note',
      number: 'CN2027-00001',
      invoiceId: invoice.id,
      invoiceNumber: invoice.number,
      total: order.total,
      tax: order.quote.tax,
      taxes: invoice.taxes,
    });
    const second = await mine.invoices.issue(other);
    expect(second).toMatchObject({ number: '2027-00002', buyer: { company: 'Changed GmbH' } });
    expect(await mine.invoices.issue({ orderId })).toEqual(second);
    expect((await listed({ orderId })).map(({ number, credited }) => [number, credited])).toEqual([
      [invoice.number, order.total],
      [note.number, 0],
      [second.number, 0],
    ]);
    expect(await findings()).toEqual([]);
  });

  async function aPlacedOrderWith(to: typeof billing) {
    const hold = await ticketi.as({ type: 'anonymous' }).holds.create({
      eventId: office.event.id,
      items: [{ ticketTypeId: office.standard.id, quantity: 1 }],
    });
    const actor = { type: 'guest', token: hold.accessToken ?? '' } as const;
    const order = await ticketi.as(actor).orders.place({
      holdId: hold.id,
      buyer: { name: 'Ada', email: 'ada@example.com' },
      billing: to,
    });
    return { hold: { orderId: order.id }, actor };
  }

  test('without tax for a business abroad show its tax id, and no other', async () => {
    await ticketi.prices.setPolicy({
      eventId: office.event.id,
      taxPlace: 'DE',
      reverseCharge: 'abroad',
    });
    const hold = await ticketi.holds.create({
      eventId: office.event.id,
      items: [{ ticketTypeId: office.standard.id, quantity: 1 }],
      buyer: { taxId: 'ATU13585627' },
    });
    const buyer = { name: 'Ada', email: 'ada@example.com' };
    const order = await payInCash(ticketi, await ticketi.orders.place({ holdId: hold.id, buyer }));
    const orderId = order.id;
    const wrong = { orderId, billing: { ...billing, taxId: 'DE136695976' } };
    await expect(ticketi.invoices.issue(wrong)).rejects.toMatchObject({ code: 'billing_tax_id' });
    const same = { orderId, billing: { ...billing, taxId: 'at u13585627' } };
    expect(await ticketi.invoices.issue(same)).toMatchObject({
      buyer: { taxId: 'ATU13585627' },
      tax: 0,
      taxes: [],
      taxRelief: {
        reason: 'reverse_charge',
        text: 'Reverse charge: VAT to be accounted for by the recipient.',
      },
    });
  });

  test('are numbered by organizer, kind and year, where the issuer is', async () => {
    const organizerId = office.organizer.id;
    const numbering = { numberPrefix: 'SF-', invoiceFormat: 'R{prefix}{year}/{number:3}' };
    await ticketi.invoices.setIssuer({ ...issuer, ...numbering });
    const next = async () => {
      const { order } = await aPaidOrder(ticketi, office);
      return ticketi.invoices.issue({ orderId: order.id });
    };
    expect((await next()).number).toBe('RSF-2027/001');
    // Half an hour before midnight in UTC it is the new year in Berlin.
    clock.set('2027-12-31T22:59:59.000Z');
    const last = await next();
    clock.set('2027-12-31T23:30:00.000Z');
    const first = await next();
    expect([last.number, first.number]).toEqual(['RSF-2027/002', 'RSF-2028/001']);
    await ticketi.invoices.credit({ invoiceId: last.id, reason: 'Old year' });
    expect((await listed({ year: 2028 })).map(({ number }) => number)).toEqual([
      'RSF-2028/001',
      'SF-CN2028-00001',
    ]);
    // What is changed in the middle of a year goes on counting.
    await ticketi.invoices.setIssuer(issuer);
    expect((await next()).number).toBe('2028-00002');
    const other = await aBoxOffice(ticketi, { ownerId: 'other' });
    await ticketi.invoices.setIssuer({ ...issuer, organizerId: other.organizer.id });
    const { order } = await aPaidOrder(ticketi, other);
    expect((await ticketi.invoices.issue({ orderId: order.id })).number).toBe('2028-00001');
    expect(await findings()).toEqual([]);
    const same = { ...issuer, organizerId, creditNoteFormat: '{prefix}{year}-{number}' };
    await expect(ticketi.invoices.setIssuer(same)).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('when none are due write nothing to issuers that have followed all there is', async () => {
    await ticketi.invoices.setIssuer({ ...issuer, issue: 'when_paid' });
    await aPaidOrder(ticketi, office);
    clock.advance({ minutes: 20 });
    expect(await ticketi.invoices.issueDue()).toEqual({ done: 1 });
    await ticketi.invoices.issueDue();
    const refuse = 'BEFORE UPDATE ON {t}issuers';
    await base.execute(
      base.dialect === 'sqlite'
        ? `CREATE TRIGGER unwritten ${refuse} BEGIN SELECT RAISE(ABORT, 'written'); END`
        : `CREATE FUNCTION {t}unwritten() RETURNS trigger LANGUAGE plpgsql
             AS $$ BEGIN RAISE EXCEPTION 'written'; END $$;
           CREATE TRIGGER unwritten ${refuse} FOR EACH ROW EXECUTE FUNCTION {t}unwritten()`,
    );
    try {
      expect(await ticketi.invoices.issueDue()).toEqual({ done: 0 });
      await aPaidOrder(ticketi, office);
      clock.advance({ minutes: 20 });
      await expect(ticketi.invoices.issueDue()).rejects.toThrow();
    } finally {
      await base.execute(
        base.dialect === 'sqlite'
          ? 'DROP TRIGGER unwritten'
          : 'DROP TRIGGER unwritten ON {t}issuers; DROP FUNCTION {t}unwritten()',
      );
    }
    expect(await ticketi.invoices.issueDue()).toEqual({ done: 1 });
  });

  test('are issued when paid where the issuer says so: once, and for orders paid since', async () => {
    const before = await aPaidOrder(ticketi, office);
    await ticketi.invoices.setIssuer({ ...issuer, issue: 'when_paid' });
    const orders: Order[] = [];
    for (let n = 0; n < 5; n += 1) orders.push((await aPaidOrder(ticketi, office)).order);
    const free = await ticketi.ticketTypes.create({
      eventId: office.event.id,
      name: 'Free',
      price: 0,
      draws: [{ poolId: office.pool.id }],
    });
    await ticketi.fees.remove({ feeId: office.fee.id });
    await aPaidOrder(ticketi, office, { items: [{ ticketTypeId: free.id, quantity: 1 }] });
    const waiting = await aPlacedOrder(ticketi, office);

    expect(await ticketi.invoices.issueDue({ limit: 2 })).toEqual({ done: 2 });
    expect(await ticketi.invoices.issueDue({ limit: 2 })).toEqual({ done: 2 });
    await ticketi.invoices.issue({ orderId: orders[4]?.id ?? '' });
    expect(await ticketi.invoices.issueDue()).toEqual({ done: 0 });
    expect((await listed()).map(({ orderId }) => orderId)).toEqual(orders.map(({ id }) => id));

    clock.advance({ minutes: 20 });
    await payInCash(ticketi, waiting.order);
    expect(await ticketi.invoices.issueDue()).toEqual({ done: 1 });
    clock.advance({ minutes: 20 });
    expect(await ticketi.invoices.issueDue()).toEqual({ done: 0 });
    // Settings that are written again do not forget where it was, nor begin anew.
    await ticketi.invoices.setIssuer({ ...issuer, issue: 'when_paid', footer: 'New' });
    const after = await aPaidOrder(ticketi, office);
    clock.advance({ minutes: 40 });
    expect(await ticketi.invoices.issueDue()).toEqual({ done: 1 });
    const invoiced = (await listed()).map(({ orderId }) => orderId);
    expect(invoiced).toHaveLength(7);
    expect(invoiced).toContain(after.order.id);
    expect(invoiced).not.toContain(before.order.id);
    expect(await findings()).toEqual([]);
  });

  test('are credited by units and amounts, never beyond what they came to', async () => {
    const { order } = await aPaidOrder(ticketi, office, { quantity: 3 });
    const { id: invoiceId } = await ticketi.invoices.issue({ orderId: order.id });
    const credit = (what: object) =>
      owner().invoices.credit({ invoiceId, reason: 'Given back', ...what });
    const one = await credit({ lines: [{ line: 0, quantity: 1 }] });
    const some = await credit({ amount: 100 });
    expect(some).toMatchObject({ total: 100, lines: [{ quantity: 0, gross: 100 }] });
    await expect(credit({ lines: [{ line: 0, quantity: 3 }] })).rejects.toMatchObject({
      code: 'credit_above_invoice',
      details: { line: 0, left: 2 },
    });
    const left = order.total - one.total - 100;
    await expect(credit({ amount: left + 1 })).rejects.toMatchObject({ details: { left } });
    const rest = await credit({ lines: [{ line: 0, quantity: 2 }] });
    expect(one.total + some.total + rest.total).toBe(order.total);
    expect(one.tax + some.tax + rest.tax).toBe(order.quote.tax);
    await expect(credit({})).rejects.toMatchObject({ details: { left: 0 } });
    await expect(credit({ amount: 1, lines: [{ line: 0, quantity: 1 }] })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    await expect(
      owner().invoices.credit({ invoiceId: one.id, reason: 'A note of a note' }),
    ).rejects.toMatchObject({ code: 'not_found' });
    expect(await ticketi.invoices.get({ invoiceId })).toMatchObject({ credited: order.total });
    expect(await findings()).toEqual([]);
  });

  test('of a refund have one credit note each, with its amounts', async () => {
    const { order, tickets } = await aPaidOrder(ticketi, office, { quantity: 2 });
    const orderId = order.id;
    const notesOf = async () => {
      const { items } = await ticketi.invoices.list({ orderId, kind: 'credit_note' });
      return items.toReversed();
    };
    const invoice = await ticketi.invoices.issue({ orderId });
    const ticketIds = [tickets[0]?.id ?? ''];
    const first = await ticketi.refunds.create({ orderId, ticketIds, reason: 'Ill' });
    expect(await notesOf()).toMatchObject([
      { total: first.amount, refundId: first.id, invoiceId: invoice.id, reason: 'Ill' },
    ]);
    const rest = await ticketi.refunds.create({ orderId });
    expect(await notesOf()).toMatchObject([{ total: first.amount }, { total: rest.amount }]);
    expect(first.amount + rest.amount).toBe(order.total);
    expect((await ticketi.invoices.get({ invoiceId: invoice.id })).credited).toBe(order.total);
    expect(await findings()).toEqual([]);
  });

  test('of a refund credit what is left, where some was credited by hand', async () => {
    const { order } = await aPaidOrder(ticketi, office);
    const orderId = order.id;
    const { id: invoiceId } = await ticketi.invoices.issue({ orderId });
    await ticketi.invoices.credit({ invoiceId, reason: 'A part', amount: 500 });
    await ticketi.refunds.create({ orderId });
    expect((await ticketi.invoices.get({ invoiceId })).credited).toBe(order.total);
    expect(await findings()).toEqual([]);
  });

  test('of goodwill show the lines and taxes that it is taken from', async () => {
    const { order } = await aPaidOrder(ticketi, office, { quantity: 2 });
    const orderId = order.id;
    const invoice = await ticketi.invoices.issue({ orderId });
    await ticketi.refunds.create({ orderId, amount: 1190 });
    const { items } = await ticketi.invoices.list({ orderId, kind: 'credit_note' });
    expect(items).toMatchObject([{ total: 1190, net: 1000, tax: 190, rounding: 0 }]);
    expect(items[0]?.lines).toMatchObject([{ line: 0, quantity: 0, gross: 1190, tax: 190 }]);
    const rest = await owner().invoices.credit({ invoiceId: invoice.id, reason: 'The rest' });
    expect(rest).toMatchObject({ rounding: 0, tax: invoice.tax - 190, net: invoice.net - 1000 });
  });

  test('credit lines that nobody named never, also where a refund kept money', async () => {
    const items = [
      { ticketTypeId: office.standard.id, quantity: 2 },
      { ticketTypeId: office.vip.id, quantity: 1 },
    ];
    const { order, tickets } = await aPaidOrder(ticketi, office, { items });
    const orderId = order.id;
    const { id: invoiceId } = await ticketi.invoices.issue({ orderId });
    const standard = tickets.filter(({ ticketTypeId }) => ticketTypeId === office.standard.id);
    const ticketIds = standard.map(({ id }) => id);
    await ticketi.refunds.create({ orderId, ticketIds, feesKept: true });
    const vip = order.quote.lines[1]?.total;
    const note = await owner().invoices.credit({
      invoiceId,
      reason: 'The second line',
      lines: [{ line: 1, quantity: 1 }],
    });
    expect(note).toMatchObject({ total: vip, lines: [{ line: 1, quantity: 1, gross: vip }] });
  });

  test('are not issued anew once something is given back, however far its money has come', async () => {
    const placed = await aPlacedOrder(ticketi, office);
    const orderId = placed.order.id;
    await ticketi.orders.pay({ orderId, provider: 'sandbox', method: 'succeeds+refund_pending' });
    const invoice = await ticketi.invoices.issue({ orderId });
    await ticketi.refunds.create({ orderId });
    expect(await ticketi.orders.get({ orderId })).toMatchObject({ refunded: 0 });
    expect((await ticketi.invoices.issue({ orderId })).id).toBe(invoice.id);
    expect(await listed({ orderId })).toHaveLength(2);
  });

  test('of an order that was given back before say so, and of all of it there are none', async () => {
    const part = await aPaidOrder(ticketi, office, { quantity: 2 });
    const ticketIds = [part.tickets[0]?.id ?? ''];
    const back = await ticketi.refunds.create({ orderId: part.order.id, ticketIds });
    const invoice = await ticketi.invoices.issue({ orderId: part.order.id });
    expect(await listed({ orderId: part.order.id })).toMatchObject([
      { id: invoice.id, total: part.order.total },
      { kind: 'credit_note', total: back.amount, refundId: back.id, tax: back.taxes[0]?.amount },
    ]);

    await ticketi.invoices.setIssuer({ ...issuer, issue: 'when_paid' });
    const due = await aPaidOrder(ticketi, office, { quantity: 2 });
    await ticketi.refunds.create({ orderId: due.order.id, amount: 500 });
    const whole = await aPaidOrder(ticketi, office);
    await ticketi.refunds.create({ orderId: whole.order.id });
    expect(await ticketi.invoices.issueDue()).toEqual({ done: 1 });
    expect(await listed({ orderId: due.order.id })).toMatchObject([
      { total: due.order.total },
      { total: 500 },
    ]);
    expect(await listed({ orderId: whole.order.id })).toEqual([]);
    await expect(ticketi.invoices.issue({ orderId: whole.order.id })).rejects.toMatchObject({
      code: 'not_invoiceable',
      details: { reason: 'refunded' },
    });
    expect(await findings()).toEqual([]);
  });

  test('are not there for a refund of an order that has none', async () => {
    const { order } = await aPaidOrder(ticketi, office);
    await ticketi.refunds.create({ orderId: order.id });
    expect((await ticketi.invoices.list({ orderId: order.id })).items).toEqual([]);
  });

  test('never change, whatever becomes of all that they are about', async () => {
    const card = await aGiftCard(ticketi, office, { amount: 1000 });
    const paid = await aPaidOrder(ticketi, office, { quantity: 2, giftCards: [card.code] });
    const orderId = paid.order.id;
    const invoice = await ticketi.invoices.issue({ orderId, billing });
    expect(invoice).toMatchObject({ paidByGiftCards: 1000, paid: paid.order.total - 1000 });
    const before = (await base.contents()).get('invoices') ?? [];
    const pdf = await ticketi.invoices.pdf({ invoiceId: invoice.id });

    await ticketi.invoices.setIssuer({
      ...issuer,
      legalName: 'Other',
      invoiceFormat: 'X{year}-{number}',
    });
    await ticketi.organizers.update({ organizerId: office.organizer.id, name: 'Other' });
    await ticketi.events.update({ eventId: office.event.id, name: 'Other', venue: 'Elsewhere' });
    await ticketi.ticketTypes.update({ ticketTypeId: office.standard.id, name: 'Other', price: 1 });
    await ticketi.taxes.set({ organizerId: office.organizer.id, name: 'VAT', percent: '25' });
    await ticketi.giftCards.refund({ orderId });
    await ticketi.tickets.void({ ticketId: paid.tickets[0]?.id ?? '' });
    await ticketi.invoices.credit({ invoiceId: invoice.id, reason: 'A part', amount: 500 });
    await ticketi.invoices.issue({ orderId });
    await ticketi.events.cancel({ eventId: office.event.id });

    const after = (await base.contents()).get('invoices') ?? [];
    expect(after).toEqual(expect.arrayContaining([...before]));
    // The credit note of the gift card's refund, and the one by hand.
    expect(after).toHaveLength(before.length + 2);
    expect(await ticketi.invoices.pdf({ invoiceId: invoice.id })).toEqual(pdf);
    // Nothing that would change one is there to be called.
    const verbs = await storage.write(async (tx) => Object.keys(tx.invoices.invoices).sort());
    expect(verbs).toEqual([
      'creditNotesOf',
      'find',
      'findForCredit',
      'findMany',
      'insert',
      'list',
      'ofOrders',
    ]);
  });

  test('as a PDF are a file named by their number, for who may see them', async () => {
    const { order, actor } = await aPaidOrder(ticketi, office);
    const numbering = { invoiceFormat: 'Größe_{year}/{number}' };
    await ticketi.invoices.setIssuer({ ...issuer, ...numbering });
    const { id: invoiceId, year } = await ticketi.invoices.issue({ orderId: order.id });
    const { fileName, contentType, base64 } = await ticketi.as(actor).invoices.pdf({ invoiceId });
    expect([fileName, contentType]).toEqual([`Größe_${year}-1.pdf`, 'application/pdf']);
    expect(Buffer.from(base64, 'base64').subarray(0, 5).toString()).toBe('%PDF-');
    const stranger = ticketi.as({ type: 'user', id: 'stranger' });
    await expect(stranger.invoices.pdf({ invoiceId })).rejects.toMatchObject({
      code: 'not_allowed',
    });
    await expect(stranger.invoices.list({ orderId: order.id })).rejects.toMatchObject({
      code: 'not_allowed',
    });
    await expect(ticketi.invoices.list({})).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('that are gone, changed or credited too much are found by the doctor', async () => {
    const invoices: Invoice[] = [];
    for (let n = 0; n < 3; n += 1) {
      const { order } = await aPaidOrder(ticketi, office);
      invoices.push(await ticketi.invoices.issue({ orderId: order.id }));
    }
    const [first, second, third] = invoices;
    if (first === undefined || second === undefined || third === undefined) throw new Error();
    const note = await ticketi.invoices.credit({ invoiceId: third.id, reason: 'All of it' });
    expect(await findings()).toEqual([]);
    await base.execute(`DELETE FROM {t}invoices WHERE id = '${first.id}'`);
    await base.execute(`UPDATE {t}invoices SET total = total + 1 WHERE id = '${second.id}'`);
    await base.execute(`UPDATE {t}invoices SET total = total + 1 WHERE id = '${note.id}'`);
    const [message = ''] = await findings();
    const series = `${office.organizer.id} invoice ${first.year}`;
    expect(message).toContain(`gap ${series}: expected 3, found 2`);
    const { total } = second;
    expect(message).toContain(`total ${second.id}: expected ${total}, found ${total + 1}`);
    expect(message).toContain(`over_credited ${third.id}: expected ${total}, found ${total + 1}`);
    await base.execute(
      `DELETE FROM {t}invoices WHERE organizer_id = '${office.organizer.id}' AND kind = 'credit_note'`,
    );
    await base.execute(`DELETE FROM {t}invoices WHERE organizer_id = '${office.organizer.id}'`);
    await base.execute(
      `DELETE FROM {t}invoice_series WHERE organizer_id = '${office.organizer.id}'`,
    );
    expect(await findings()).toEqual([]);
  });
});
