import { OWNER } from '../office.ts';
import { type Action, some, visitor } from '../world.ts';
import { cart } from './inventory.ts';

export const prices: readonly Action[] = [
  {
    weight: 1,
    plan(world) {
      const { chance } = world;
      const code = some(world, 'code');
      const change = chance.percent(50)
        ? { state: chance.percent(50) ? 'active' : 'disabled' }
        : { maxUses: chance.between(1, 4) };
      return (
        code && { operation: 'codes.update', actor: OWNER, input: { codeId: code.id, ...change } }
      );
    },
  },
  {
    weight: 1,
    plan({ chance, office }) {
      const ticketTypeId = chance.pick(office.types)?.id;
      const input = { ticketTypeId, price: chance.between(0, 80) * 100 + chance.below(100) };
      return { operation: 'prices.set', actor: OWNER, input };
    },
  },
  {
    weight: 1,
    plan({ chance, office: { eventId } }) {
      const mode = chance.percent(50) ? 'passed_on' : 'absorbed';
      const input = { eventId, percent: String(chance.below(12)), fixed: chance.below(200), mode };
      return { operation: 'fees.set', actor: OWNER, input };
    },
  },
  {
    weight: 1,
    plan({ chance, office: { organizerId } }) {
      const percent = chance.percent(50) ? '7' : '19';
      return { operation: 'taxes.set', actor: OWNER, input: { organizerId, name: 'VAT', percent } };
    },
  },
  {
    weight: 1,
    plan({ chance, office: { eventId } }) {
      const rule = chance.percent(50)
        ? { type: 'n_for_m', n: 3, m: 2 }
        : { type: 'group', min: 2, off: { type: 'percent', percent: '15' } };
      const input = { eventId, name: 'Together', rule };
      return { operation: 'discounts.set', actor: OWNER, input };
    },
  },
  {
    weight: 1,
    plan: (world) => ({
      operation: 'quotes.get',
      actor: visitor(world),
      input: { eventId: world.office.eventId, items: cart(world) },
    }),
  },
];
