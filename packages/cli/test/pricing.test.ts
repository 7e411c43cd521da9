import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ok, publishedEvent } from './support/box-office.ts';
import { folder } from './support/cli.ts';
import { linesOn } from './support/lines.ts';

const cwd = folder();
let event: Awaited<ReturnType<typeof publishedEvent>>;
const { json, run, said } = linesOn(cwd, () => event);

beforeAll(async () => {
  event = await publishedEvent(cwd, 1000);
});

describe('the price of a ticket type', () => {
  it.each([
    ['--price 55.00', { price: 5500 }],
    [
      '--tier early=39.00',
      { tiers: [{ name: 'early', price: 3900, until: null, quantity: null }] },
    ],
    [
      '--tier early=39.00@2037-03-01T00:00 --tier "first ones=44.00#200" --tier a=40@2037-01-01T00:00#5',
      {
        tiers: [
          { name: 'early', price: 3900, until: '2037-02-28T23:00:00.000Z', quantity: null },
          { name: 'first ones', price: 4400, until: null, quantity: 200 },
          { name: 'a', price: 4000, until: '2036-12-31T23:00:00.000Z', quantity: 5 },
        ],
      },
    ],
    [
      '--tier none --own 5.00..50.00 --suggested 10.00',
      { tiers: [], ownPrice: { min: 500, max: 5000, suggested: 1000 } },
    ],
    ['--own 0', { ownPrice: { min: 0, max: null, suggested: null } }],
    [
      '--own none --floor 30.00 --ceiling 70 --demand-step 50%=+10% --demand-step 80=-5.00 --demand-step 90%=59.00 --time-step 2037-06-01T00:00=-12.5%',
      {
        ownPrice: null,
        dynamic: {
          floor: 3000,
          ceiling: 7000,
          demand: [
            { soldShare: '50', change: { type: 'percent', percent: '10' } },
            { soldShare: '80', change: { type: 'amount', amount: -500 } },
            { soldShare: '90', change: { type: 'price', price: 5900 } },
          ],
          time: [
            { from: '2037-05-31T22:00:00.000Z', change: { type: 'percent', percent: '-12.5' } },
          ],
        },
      },
    ],
    ['--dynamic none --tax-class reduced --price 49', { dynamic: null, taxClass: 'reduced' }],
  ])('%s', async (flags, set) => {
    expect(await json(`price set TYP --event EVT ${flags}`)).toMatchObject(set);
  });

  it('comes from a file as the SDK has it', async () => {
    writeFileSync(join(cwd, 'own.yaml'), 'price: 4900\ntaxClass: standard\ntiers: []\n');
    const set = await json('price set TYP --input own.yaml');
    expect(set).toMatchObject({ price: 4900, taxClass: 'standard' });
  });

  it('is shown in words', async () => {
    const shown = await said('price set TYP --event EVT --tier early=39.00#9');
    expect(shown).toMatch(/early +39\.00 EUR +– +9/);
    const own = await said('price set TYP --event EVT --tier none --own 5.00..50.00');
    expect(own).toMatch(/own price +5\.00 EUR to 50\.00 EUR\n/);
    const steps = '--own none --floor 30 --ceiling 70 --demand-step 50%=+10%';
    const moved = await said(`price set TYP --event EVT ${steps}`);
    expect(moved).toContain('30.00 EUR to 70.00 EUR, 50 %: +10 %');
    await said('price set TYP --event EVT --dynamic none');
  });
});

describe('a new ticket type', () => {
  const create = (flags: string) => json(`ticket-type create --event EVT --name X ${flags}`);

  it('may be a group, an add-on, a bundle, or hidden', async () => {
    const group = await create('--price 150.00 --draw POL=4 --admissions 4');
    expect(group).toMatchObject({ admissions: 4, price: 15000, draws: [{ units: 4 }] });
    const family = await create('--price 150.00 --draw POL --admissions 4');
    expect(family).toMatchObject({ draws: [{ units: 4 }] });
    const addOn = await create(
      '--price 8 --kind product --requires TYP --per-parent 2 --tax-class reduced',
    );
    expect(addOn).toMatchObject({
      kind: 'product',
      admissions: 0,
      taxClass: 'reduced',
      requires: { ticketTypeIds: [event.ticketTypeId], perParent: 2 },
    });
    const bundle = await create(`--price 55.00 --part TYP --part ${addOn.id}=2`);
    expect(bundle.parts).toEqual([
      { ticketTypeId: event.ticketTypeId, quantity: 1 },
      { ticketTypeId: addOn.id, quantity: 2 },
    ]);
    expect(await create('--price 0 --draw POL --hidden')).toMatchObject({ hidden: true });
    const tiered = '--tier early=39.00 --draw POL --price 49';
    expect(await create(tiered)).toMatchObject({ tiers: [{ name: 'early', price: 3900 }] });
    const freed = await json(`ticket-type update ${addOn.id} --requires none --no-hidden`);
    expect(freed).toMatchObject({ requires: null, hidden: false });
  });
});

describe('a discount', () => {
  it.each([
    ['n_for_m:3:2', { type: 'n_for_m', n: 3, m: 2 }, '3 for 2'],
    [
      'group:10:20%',
      { type: 'group', min: 10, off: { type: 'percent', percent: '20' } },
      '10 or more: 20 % each',
    ],
    [
      'group:10:5.00',
      { type: 'group', min: 10, off: { type: 'fixed', amount: 500 } },
      '10 or more: 5.00 EUR each',
    ],
    [
      'group:10:=30.00',
      { type: 'group', min: 10, off: { type: 'set_price', price: 3000 } },
      '10 or more: at 30.00 EUR each',
    ],
    [
      'minimum:100.00:10.00',
      { type: 'minimum_value', min: 10000, off: { type: 'fixed', amount: 1000 } },
      'from 100.00 EUR: 10.00 EUR',
    ],
    ['cheapest:5:1', { type: 'cheapest_free', min: 5, free: 1 }, '5 or more: cheapest 1 free'],
    [
      'attribute:club:gold:10%',
      { type: 'attribute', attribute: 'club:gold', off: { type: 'percent', percent: '10' } },
      'club:gold: 10 % each',
    ],
  ])('--rule %s', async (rule, set, words) => {
    const made = await json(`discount set --event EVT --name Rule --rule ${rule}`);
    expect(made).toMatchObject({ rule: set });
    expect(await said('discount list EVT')).toContain(words);
    expect(await said('discount list EVT --quiet')).toBe(made.id);
    await ok(cwd, 'discount', 'remove', made.id);
    expect(await said('discount list EVT')).toBe('none');
  });
});

describe('a code', () => {
  it.each([
    ['--percent 20', { discount: { type: 'percent', percent: '20' } }],
    ['--amount 5.00', { discount: { type: 'fixed', amount: 500 } }],
    ['--set-price 30.00', { discount: { type: 'set_price', price: 3000 } }],
    ['--free', { discount: { type: 'free' } }],
    ['--unlocks TYP', { discount: null }],
    ['--reserve TYP=20', { reserve: { quantity: 20 } }],
    [
      '--percent 5 --max-tickets 2 --max-uses 9 --max-per-buyer 1 --min-tickets 2 --min-value 50.00 --stacking alone',
      {
        maxTickets: 2,
        maxUses: 9,
        maxPerBuyer: 1,
        minTickets: 2,
        minValue: 5000,
        stacking: 'alone',
      },
    ],
  ])('%s', async (flags, set) => {
    const code = `C${Math.abs(flags.length * 7 + flags.charCodeAt(2))}`;
    const made = await json(`code create --event EVT --code ${code} ${flags}`);
    expect(made).toMatchObject(set);
    await ok(cwd, 'code', 'update', made.id, '--state', 'disabled');
  });

  it('of a lot has a line of its own', async () => {
    const lot = (batch: string, more: string) =>
      said(`code create-many --event EVT --batch ${batch} --count 3 --free ${more}`);
    for (const more of ['', '--quiet']) {
      const codes = (await lot(`press${more}`, `--prefix P- ${more}`)).split('\n');
      expect(codes).toHaveLength(3);
      for (const code of codes) expect(code).toMatch(/^P-[A-Z0-9]{12}$/);
    }
    expect(await lot('csv', '--format csv')).toMatch(/^batch,code\r\ncsv,\w{12}\r\n/);
    const { items } = await json('code list EVT --batch press');
    expect(items).toHaveLength(3);
  });
});

describe('fees, taxes and the policy', () => {
  it('take amounts, percentages and places', async () => {
    const fee = await json(
      'fee set EVT --name Card --percent 2.9 --fixed 0.30 --min 0.50 --max 9.00 --per order',
    );
    expect(fee).toMatchObject({ percent: '2.9', fixed: 30, min: 50, max: 900, per: 'order' });
    expect(await said('fee list EVT')).toMatch(
      /Card +2\.9 % +0\.30 EUR +0\.50 EUR +9\.00 EUR +order +passed_on +price +standard/,
    );
    expect(await json('fee set EVT --name Card --max none')).toMatchObject({ max: null });
    await ok(cwd, 'fee', 'remove', fee.id);
    const tax = await json('tax set ORG --name "VAT 19 %" --percent 19 --place DE --compound');
    expect(tax).toMatchObject({ percent: '19', place: 'DE', compound: true });
    expect(await said('tax list ORG')).toMatch(/VAT 19 % +standard +DE +19 % +yes/);
    await ok(cwd, 'tax', 'remove', tax.id);
    const policy = await json(
      'price set-policy EVT --prices-include no_tax --tax-place DE --tax-at 2037-01-01T00:00 --cash-step 0.05',
    );
    expect(policy).toMatchObject({
      pricesInclude: 'no_tax',
      taxPlace: 'DE',
      taxAt: '2036-12-31T23:00:00.000Z',
      cashStep: 5,
    });
    const back = '--prices-include tax --tax-place none --tax-at none --cash-step none';
    expect(await json(`price set-policy EVT ${back}`)).toMatchObject({
      taxPlace: null,
      cashStep: null,
    });
  });
});

describe('a mistake in a price', () => {
  it.each([
    ['price set TYP --event EVT --tier early', '--tier wants <name>=<price>'],
    ['price set TYP --event EVT --tier early=39.00@', '--tier wants <name>=<price>'],
    ['price set TYP --event EVT --tier early=39.00#many', '--tier wants a whole number'],
    ['price set TYP --event EVT --tier a=1 --tier none', '--tier is none, or something'],
    ['price set TYP --event EVT --tier early=39.001', '--tier 39.001 has too many digits for EUR'],
    ['price set TYP --event EVT --own 1..2..3', '--own wants <min>[..max]'],
    ['price set TYP --event EVT --own 5.00..1.00', '--own: `max` is not below'],
    ['price set TYP --event EVT --floor 9 --ceiling 1', '--ceiling: `ceiling` is not below'],
    ['price set TYP --event EVT --demand-step 50%', '--demand-step wants <share>=<change>'],
    ['price set TYP --event EVT --demand-step 50%=10%', '--demand-step wants a change such as'],
    ['price set TYP --event EVT --time-step 2037-06-01=x', '--time-step wants an amount'],
    ['price set TYP --price 5', 'The currency of the amount cannot be found out'],
    ['price set TYP --event EVT --tier a=1 --dynamic {', '--dynamic wants JSON'],
    ['discount set --event EVT --name X --rule buy:2', '--rule does not know "buy:2"'],
    ['discount set --event EVT --name X --rule n_for_m:x:2', '--rule wants a whole number'],
    ['discount set --event EVT --name X --rule n_for_m:2:3', '--rule: `m` is below `n`'],
    ['discount set --event EVT --name X --rule group:10:a%', '--rule wants a percentage'],
    ['discount set --event EVT --name X', '--rule is needed'],
    ['code create --event EVT --code X --free --percent 5', 'Give --percent or --free, not both'],
    ['code create --event EVT --code X', '--percent, --amount, --set-price or --free: A code'],
    ['code create --event EVT --code X --reserve TYP', '--reserve wants <id>=<number>'],
    ['fee set EVT --min 2.00 --max 1.00', '--max: `max` is not below `min`'],
    ['price set-policy EVT --tax-place Germany', '--tax-place: A place is a country'],
    ['price set-policy EVT --cash-step 0.01', '--cash-step: '],
    ['ticket-type create --event EVT --name X --price 1 --part TYP=x', '--part wants <id> or'],
    ['ticket-type create --event EVT --name X --price 1', '--draw: A type without seats'],
    ['quote --event EVT --item TYP', '--item wants <id>=<number>'],
    ['quote --event EVT --item TYP=1:x', '--item wants an amount'],
    ['quote --event EVT --item TYP=1 --locale xx_yy_zz_qq', 'There is no locale xx_yy_zz_qq'],
  ])('%s', async (text, message) => {
    const { code, stdout, stderr } = await run(text);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr.split('\n')[0]).toContain(message);
  });
});
