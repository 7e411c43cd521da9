import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../src/commands/table.ts';
import { pricing } from '../src/commands/table-pricing.ts';
import { ok, publishedEvent } from './support/box-office.ts';
import { cli, folder } from './support/cli.ts';
import { wordsOf } from './support/lines.ts';

const cwd = folder();

describe('the examples in the help of prices', () => {
  const made: Record<string, string> = {};

  beforeAll(async () => {
    const other = await publishedEvent(cwd, 1000);
    const { organizerId, eventId, ticketTypeId, poolId } = other;
    const list = async (...args: string[]) => (await ok(cwd, ...args, '--quiet')).split('\n')[0];
    const [o, e] = [organizerId, eventId];
    await ok(cwd, 'code', 'create', '--event', e, '--code', 'OWN', '--free');
    await ok(cwd, 'fee', 'set', e, '--name', 'Own', '--fixed', '1');
    await ok(cwd, 'discount', 'set', '--event', e, '--name', 'Own', '--rule', 'n_for_m:2:1');
    await ok(cwd, 'tax', 'set', o, '--name', 'Own', '--percent', '1', '--place', 'AT');
    const own = ['ticket-type', 'create', '--event', e, '--name', 'Own', '--price', '0'];
    made.own = await ok(cwd, ...own, '--draw', poolId, '--own', '0', '--quiet');
    Object.assign(made, { org: o, evt: e, typ: ticketTypeId, pol: poolId });
    made.cod = (await list('code', 'list', e)) ?? '';
    made.fee = (await list('fee', 'list', e)) ?? '';
    made.dsc = (await list('discount', 'list', e)) ?? '';
    made.tax = (await list('tax', 'list', o)) ?? '';
    const item = ['--item', `${ticketTypeId}=2`, '--buyer-place', 'AT'];
    const hold = await ok(cwd, 'hold', 'create', '--event', e, ...item, '--quiet');
    const buyer = ['--buyer-name', 'Ada', '--buyer-email', 'ada@example.com'];
    made.ord = await ok(cwd, 'order', 'place', '--hold', hold, ...buyer, '--quiet');
    writeFileSync(join(cwd, 'price.yaml'), 'price: 4900\ntiers: []\nownPrice: null\n');
  });

  const examples = [
    ...Object.values(pricing).flatMap(({ examples }) => [...examples]),
    ...commands['ticketTypes.create'].examples,
  ];
  // What is removed is removed last.
  it.each(examples.toSorted((a, b) => Number(/ remove /.test(a)) - Number(/ remove /.test(b))))(
    '%s',
    async (example) => {
      const [text = ''] = example.replaceAll(/\\\n\s*/g, '').split('   #');
      const isOwn = text.includes('typ_…=1:');
      const args = wordsOf(text).map((word) =>
        word.replace(
          /\b([a-z]{3})_…/g,
          (_, prefix) => made[isOwn && prefix === 'typ' ? 'own' : prefix] ?? '',
        ),
      );
      const { code, stderr } = await cli(args.slice(1), { cwd });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      if (text.includes('--own 5.00'))
        await ok(cwd, 'price', 'set', made.typ ?? '', '--input', 'price.yaml');
    },
  );
});
