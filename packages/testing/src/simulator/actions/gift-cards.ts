import { OWNER } from '../office.ts';
import { type Action, some, textIn } from '../world.ts';

export const giftCards: readonly Action[] = [
  {
    weight: 3,
    plan: ({ chance, office: { organizerId }, cardCodes }) => ({
      operation: 'giftCards.issue',
      actor: OWNER,
      input: { organizerId, amount: chance.between(1, 120) * 100, currency: 'EUR' },
      learn(output) {
        cardCodes.set(textIn(output, 'id') ?? '', textIn(output, 'code') ?? '');
      },
    }),
  },
  {
    weight: 1,
    plan(world) {
      const card = some(world, 'card');
      const state = world.chance.percent(70) ? 'active' : 'disabled';
      const input = card && { giftCardId: card.id, state };
      return input && { operation: 'giftCards.update', actor: OWNER, input };
    },
  },
  {
    weight: 2,
    plan(world) {
      const order = some(world, 'order', ({ state, credited }) => state === 'paid' && credited > 0);
      const amount = world.chance.percent(50) ? 100 : undefined;
      const input = order && { orderId: order.id, amount };
      return input && { operation: 'giftCards.refund', actor: OWNER, input };
    },
  },
];
