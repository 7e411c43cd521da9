import { beforeAll, describe, expect, it } from 'vitest';
import { ok, paidOrder, publishedEvent } from './support/box-office.ts';
import { cli, folder } from './support/cli.ts';

describe('the books by commands', () => {
  const cwd = folder();
  let event: Awaited<ReturnType<typeof publishedEvent>>;

  beforeAll(async () => {
    event = await publishedEvent(cwd);
    await paidOrder(cwd, event, 2);
    await paidOrder(cwd, event, 1);
  });

  it('are exported whole, with decimals as CSV and minor units as JSON', async () => {
    const args = ['ledger', 'export', '--organizer', event.organizerId, '--limit', '1', '--all'];
    const csv = (await ok(cwd, ...args, '--format', 'csv')).trimEnd().split('\r\n');
    expect(csv[0]).toBe(
      'date,postingId,kind,sourceId,eventId,account,party,item,debit,credit,currency',
    );
    expect(csv.slice(1).map((line) => line.split(',').slice(5))).toEqual([
      ['provider_clearing', '', 'payment', '98.00', '', 'EUR'],
      ['organizer_payable', '', 'price', '', '98.00', 'EUR'],
      ['provider_clearing', '', 'payment', '49.00', '', 'EUR'],
      ['organizer_payable', '', 'price', '', '49.00', 'EUR'],
    ]);
    const { items } = JSON.parse(await ok(cwd, ...args, '--json'));
    expect(items[0]).toMatchObject({ debit: 9800, credit: 0 });
  });

  it('open and close a statement that is walked to its end', async () => {
    const args = ['ledger', 'statement', event.organizerId, '--limit', '1', '--all'];
    expect(JSON.parse(await ok(cwd, ...args, '--json'))).toMatchObject({
      opening: 0,
      items: [{ balance: -9800 }, { balance: -14_700 }],
      closing: -14_700,
      nextCursor: null,
    });
    const shown = await ok(cwd, ...args);
    expect(shown).toContain('opening 0.00 EUR');
    expect(shown).toMatch(/sale\s+ord_\w+\s+price\s+-49\.00 EUR\s+-147\.00 EUR/);
    expect(shown).toContain('closing -147.00 EUR');
  });

  it('agree with the records, in words', async () => {
    expect(await ok(cwd, 'ledger', 'verify', event.organizerId)).toBe(
      'The books and the records agree.',
    );
  });

  it('are paid out, never more than is owed', async () => {
    const create = ['payout', 'create', event.organizerId, '--currency', 'EUR'];
    const more = await cli([...create, '--amount', '147.01'], { cwd });
    expect([more.code, more.stderr]).toEqual([
      5,
      expect.stringContaining('At most 147.00 EUR can be paid out now.'),
    ]);
    const id = (await ok(cwd, ...create, '--amount', '100.00', '--quiet')).trim();
    expect(await ok(cwd, 'payout', 'list', event.organizerId)).toMatch(/100\.00 EUR\s+pending/);
    await ok(cwd, 'payout', 'settle', id, '--reference', 'SEPA-1');
    expect(JSON.parse(await ok(cwd, 'payout', 'show', id, '--json'))).toMatchObject({
      state: 'paid',
      reference: 'SEPA-1',
    });
    expect(await ok(cwd, 'ledger', 'balances', event.organizerId)).toMatch(
      /organizer_payable\s+-47\.00 EUR/,
    );
  });
});
