import { beforeAll, describe, expect, it } from 'vitest';
import { publishedEvent } from './support/box-office.ts';
import { folder } from './support/cli.ts';
import { linesOn } from './support/lines.ts';

const cwd = folder();
let event: Awaited<ReturnType<typeof publishedEvent>>;
const { json, run, said } = linesOn(cwd, () => event);

beforeAll(async () => {
  event = await publishedEvent(cwd, 1000);
});

/** Environment, flags, and how the first sentence writes its amounts. */
const locales: [Record<string, string>, string, string][] = [
  [{ LANG: 'de_DE.UTF-8' }, '', '39,00\u00a0€: 117,00\u00a0€.'],
  [{ LC_ALL: 'en_US.UTF-8', LANG: 'de_DE.UTF-8' }, '', '€39.00: €117.00.'],
  [{ LC_NUMERIC: 'fr_FR', LANG: 'C' }, '', '39,00\u00a0€: 117,00\u00a0€.'],
  [{ LANG: 'de_DE' }, '--locale en-GB', '€39.00: €117.00.'],
  [{ LANG: 'C.UTF-8' }, '', '39.00 EUR: 117.00 EUR.'],
  [{}, '', '39.00 EUR: 117.00 EUR.'],
  [{ LANG: 'not a locale' }, '', '39.00 EUR: 117.00 EUR.'],
];

describe('a quote', () => {
  const quote = 'quote --event EVT --item TYP=3 --code TENTH';

  beforeAll(async () => {
    await said('price set TYP --event EVT --price 49.00 --tier early=39.00@2037-03-01T00:00');
    await said('discount set --event EVT --name "3 for 2" --rule n_for_m:3:2');
    await said('code create --event EVT --code TENTH --percent 10');
    await said('fee set EVT --percent 5 --fixed 0.50');
    await said('tax set ORG --name "VAT 19 %" --percent 19 --place DE');
    await said('price set-policy EVT --tax-place DE --cash-step 0.05');
  });

  it('shows discounts, fees and taxes by their names, and cash rounding', async () => {
    const shown = await said(`${quote} --cash`);
    expect(shown.split('\n').slice(1)).toEqual([
      '       3  Standard (early)   39.00 EUR  46.80 EUR  5.01 EUR  75.21 EUR',
      '',
      'subtotal         117.00 EUR',
      '3 for 2          -39.00 EUR',
      'discount TENTH    -7.80 EUR',
      'Service fee        5.01 EUR',
      'cash rounding     -0.01 EUR',
      'total             75.20 EUR',
      'VAT 19 % inside   12.03 EUR',
    ]);
  });

  it('shows the tax on top, and relief from it', async () => {
    const relieved = '--tax-id FR83404833048 --buyer-place FR';
    await said('price set-policy EVT --reverse-charge abroad');
    expect(await said(`${quote} ${relieved}`)).toMatch(
      /no tax, reverse charge: FR83404833048 +-12\.03 EUR\ntotal +63\.18 EUR$/,
    );
    expect(await said(`${quote} --exemption "School trip"`)).toMatch(
      /no tax, exempt: School trip +-12\.03 EUR/,
    );
    await said('price set-policy EVT --prices-include no_tax');
    expect(await said(quote)).toMatch(/VAT 19 % on top +14\.31 EUR\ntotal +89\.52 EUR$/);
    expect(await said(`${quote} ${relieved}`)).toMatch(
      /no tax, reverse charge: FR83404833048 +0\.00 EUR\ntotal +75\.21 EUR$/,
    );
    await said('price set-policy EVT --prices-include tax');
  });

  it('takes what the buyer is, and what they want to pay', async () => {
    await said('discount set --event EVT --name Members --rule attribute:member:10%');
    const member = await json('quote --event EVT --item TYP=1 --attribute member');
    expect(member.discounts).toMatchObject([{ name: 'Members', amount: 390 }]);
    await said('discount set --event EVT --name Members --rule attribute:nobody:1%');
    const gift = '--name Gift --price 0 --own 5.00..50.00 --kind donation --quiet';
    const id = await said(`ticket-type create --event EVT ${gift}`);
    expect(await json(`quote --event EVT --item ${id}=2:25.00`)).toMatchObject({ total: 5000 });
    const hold = await json(`hold create --event EVT --item ${id}=1:7.50 --item TYP=1`);
    expect(hold.quote.lines[0]).toMatchObject({ unitPrice: 750 });
    const changed = await json(`hold change ${hold.id} --item ${id}=1:8.50`);
    expect(changed.quote).toMatchObject({ total: 850 });
  });

  it.each(locales)(
    'is explained in sentences, with amounts as in %o %s',
    async (env, flags, amounts) => {
      const { stdout } = await run(`${quote} --explain ${flags}`, { env });
      const [table = '', , sentences = ''] = stdout.split('\n\n');
      expect(table).toContain('39.00 EUR');
      expect(sentences.trimEnd().split('\n')).toHaveLength(6);
      expect(sentences).toContain(`3 x Standard (early) at ${amounts}`);
      expect((await json(`${quote} --explain`)).explanation).toHaveLength(6);
    },
  );

  it('is written with the digits that Ticketi counts in', async () => {
    const { amountWriter } = await import('../src/output/money.ts');
    const write = amountWriter('en-US');
    expect(write(123456, 'KWD')).toMatch(/^KWD\s123\.456$/);
    expect(write(999_999_999_999, 'EUR')).toBe('€9,999,999,999.99');
    expect(write(-1, 'EUR')).toBe('-€0.01');
    expect(write(500, 'JPY')).toBe('¥500');
    // A locale’s own table gives the forint no decimals.
    expect(write(12345, 'HUF')).toMatch(/123\.45$/);
  });
});
