import { type Catalogue, collect, price, type Stage } from './stage.ts';

/** Chapter eight: what the lists, the ledger and the doctor say in the end. */
export async function theBooks(
  { nora, ticketi, tell }: Stage,
  { organizerId, eventId }: Catalogue,
) {
  tell.chapter('The books');
  const orders = await collect(nora.orders.iterate({ eventId }));
  const tickets = await collect(nora.tickets.iterate({ eventId }));
  const paid = orders.filter(({ state }) => state === 'paid');
  const valid = tickets.filter(({ state }) => state === 'valid');
  const { balances } = await nora.ledger.balances({ organizerId });
  const { balanced, findings } = await nora.ledger.verify({ organizerId });
  const doctor = await ticketi.diagnose();

  tell.fact('Orders paid', String(paid.length));
  tell.fact('Tickets', `${tickets.length} issued, ${valid.length} valid`);
  for (const { account, amount } of balances) {
    tell.fact(account.replaceAll('_', ' '), price(amount).padStart(11));
  }
  const sum = balances.reduce((total, { amount }) => total + amount, 0);
  tell.fact('sum', price(sum).padStart(11));
  if (balanced) tell.done('Every sale is booked once, to the cent: the ledger is in balance.');
  else tell.refused('The ledger does not balance.', `${findings.length} findings`);
  const sound = doctor.checks.filter(({ ok }) => ok).length;
  if (doctor.ok)
    tell.done(`The doctor finds all well: ${sound} checks of ${doctor.checks.length}.`);
  for (const { name, ok, message } of doctor.checks) {
    if (!ok) tell.refused(`The doctor on ${name}:`, message);
  }
  return {
    ordersPaid: paid.length,
    ticketsIssued: tickets.length,
    ticketsValid: valid.length,
    ledger: { balanced, findings: findings.length, balances },
    doctor: { ok: doctor.ok, checks: doctor.checks },
  };
}
