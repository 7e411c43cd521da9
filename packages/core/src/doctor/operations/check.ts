import * as z from 'zod';
import { read, systemOnly } from '../../kernel/index.ts';

const Check = z.object({
  name: z.string(),
  ok: z.boolean(),
  message: z.string(),
});

export const checkRecords = read({
  name: 'doctor.check',
  summary:
    'Proves the records against each other: counters, tickets, revocations, orders, payments, gift cards, invoices, ledger.',
  input: z.strictObject({}),
  output: z.object({ ok: z.boolean(), checks: z.array(Check) }).meta({ id: 'RecordChecks' }),
  allow: systemOnly,
  run: async ({ tx }) => {
    const checks = [
      finding(
        'counters',
        'every counter is the sum of its claims',
        await tx.inventory.counterDrift(),
        ({ targetId, claimed, claims }) => `${targetId} says ${claimed}, its claims are ${claims}`,
      ),
      finding(
        'claims',
        'every live claim has a hold or a block that is live',
        await tx.inventory.strayClaims(),
        ({ claimantId, state, claims }) => `${claimantId} (${state}) has ${claims}`,
      ),
      finding(
        'admissions',
        'every place has one valid ticket at most',
        await tx.tickets.tickets.doubledAdmissions(),
        ({ admissionId, valid }) => `${admissionId} has ${valid}`,
      ),
      finding(
        'revocations',
        'the void tickets, and no others, are on the revocation list',
        await tx.tickets.tickets.wrongRevocations(),
        ({ ticketId, state }) => `${ticketId} is ${state}`,
      ),
      finding(
        'orders',
        'every paid order has the tickets that it bought',
        await tx.orders.orders.withWrongTickets(),
        ({ orderId, bought, tickets }) => `${orderId} bought ${bought}, has ${tickets}`,
      ),
      finding(
        'payments',
        'every payment has bought its order or is on its way back',
        await tx.payments.payments.strandedMoney(),
        ({ orderId, kept, due }) => `${orderId} kept ${kept} payments, should keep ${due}`,
      ),
      finding(
        'gift_cards',
        'every gift card has spent what its live uses took',
        await tx.giftCards.drift(),
        ({ giftCardId, spent, uses }) => `${giftCardId} says ${spent}, its uses are ${uses}`,
      ),
      finding(
        'invoices',
        'every number is there once, and every invoice comes to its order',
        await tx.invoices.findings(),
        ({ finding: what, id, expected, actual }) =>
          `${what} ${id}: expected ${expected}, found ${actual}`,
      ),
      finding(
        'ledger',
        'every posting balances and every sale is booked once',
        await tx.ledger.verify({}),
        ({ finding: what, id, expected, actual }) =>
          `${what} ${id}: expected ${expected}, found ${actual}`,
      ),
    ];
    return { ok: checks.every(({ ok }) => ok), checks };
  },
});

const SHOWN = 5;

function finding<T>(
  name: string,
  rule: string,
  wrong: readonly T[],
  describe: (one: T) => string,
): z.output<typeof Check> {
  if (wrong.length === 0) return { name, ok: true, message: `${rule}.` };
  const more = wrong.length > SHOWN ? `; and ${wrong.length - SHOWN} more` : '';
  const shown = wrong.slice(0, SHOWN).map(describe).join('; ');
  return { name, ok: false, message: `Not so: ${rule}. ${shown}${more}.` };
}
