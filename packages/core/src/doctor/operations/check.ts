import * as z from 'zod';
import { type ReadContext, read, systemOnly } from '../../kernel/index.ts';
import { verifyBooks } from '../../ledger/index.ts';

const Check = z.object({
  name: z.string(),
  ok: z.boolean(),
  message: z.string(),
});

export const checkRecords = read({
  name: 'doctor.check',
  summary:
    'Proves the records against each other: counters, tickets, revocations, orders, payments, refunds, gift cards, waitlists, invoices, ledger.',
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
        'revocation_numbers',
        'the revocations of every event are numbered without gaps',
        await tx.tickets.revocations.wrongNumbers(),
        ({ eventId, numbered, last }) => `${eventId} has ${numbered} numbers, the last is ${last}`,
      ),
      finding(
        'custody',
        'every place has its holders one after the other, from the first issue on',
        await tx.tickets.tickets.brokenCustody(),
        ({ admissionId, ticketId }) => `${ticketId} of ${admissionId} is not the next link`,
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
        'refunds',
        'every order has given back what its refunds come to, and all of it is on its way',
        await tx.refunds.orderRefunds.drift(),
        ({ orderId, givenBack, refunds, moved }) =>
          `${orderId} says ${givenBack}, its refunds are ${refunds}, ${moved} is on its way`,
      ),
      finding(
        'discrepancies',
        'payment providers and the records agree, or somebody has looked',
        await openDiscrepancies(tx),
        ({ id, kind, provider, subject }) => `${id}: ${kind} of ${subject} at ${provider}`,
      ),
      finding(
        'gift_cards',
        'every gift card has spent what its live uses took',
        await tx.giftCards.drift(),
        ({ giftCardId, spent, uses }) => `${giftCardId} says ${spent}, its uses are ${uses}`,
      ),
      finding(
        'waitlists',
        'every entry waits for something or has its offer, and events know what is waited for',
        await tx.waitlist.drift(),
        ({ id, wrong }) => `${id}: ${wrong}`,
      ),
      finding(
        'trial_balance',
        'the accounts of every currency sum to zero',
        await tx.ledger.offBalance(),
        ({ currency, amount }) => `those in ${currency} come to ${amount}`,
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
        'what the records ask for is booked, once, and nothing else',
        await verifyBooks(tx, {}),
        ({ message }) => message,
      ),
    ];
    return { ok: checks.every(({ ok }) => ok), checks };
  },
});

/** Enough of them to see that there are any, and to count a few. */
async function openDiscrepancies(tx: ReadContext['tx']) {
  const page = { limit: 100, after: undefined };
  return (await tx.payments.discrepancies.list({ state: 'open' }, page)).items;
}

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
