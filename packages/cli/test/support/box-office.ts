import { cli } from './cli.ts';

/** Runs a command that has to succeed, and answers with what it printed, trimmed. */
export async function ok(cwd: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await cli(args, { cwd });
  if (code !== 0) throw new Error(`ticketi ${args.join(' ')} ended with ${code}: ${stderr}`);
  return stdout.replace(/\n$/, '');
}

/** A published event with one ticket type on one pool, made by commands alone. */
export async function publishedEvent(cwd: string, capacity = 10) {
  const organizerId = await ok(cwd, 'organizer', 'create', '--name', 'Harbour Sounds', '--quiet');
  const eventId = await ok(
    cwd,
    ...['event', 'create', '--organizer', organizerId, '--name', 'Summer Fest', '--quiet'],
    ...['--timezone', 'Europe/Berlin', '--currency', 'EUR', '--session', '2037-07-10T18:00/23:00'],
  );
  const pool = ['pool', 'create', '--event', eventId, '--name', 'Field', '--quiet'];
  const poolId = await ok(cwd, ...pool, '--capacity', String(capacity));
  const ticketTypeId = await ok(
    cwd,
    ...['ticket-type', 'create', '--event', eventId, '--name', 'Standard', '--quiet'],
    ...['--price', '49.00', '--draw', poolId],
  );
  await ok(cwd, 'event', 'publish', eventId);
  return { organizerId, eventId, poolId, ticketTypeId };
}

/** An order that the sandbox has paid, with the ids of its tickets. */
export async function paidOrder(
  cwd: string,
  { eventId, ticketTypeId }: { eventId: string; ticketTypeId: string },
  quantity = 1,
) {
  const item = `${ticketTypeId}=${quantity}`;
  const holdId = await ok(cwd, 'hold', 'create', '--event', eventId, '--item', item, '--quiet');
  const orderId = await ok(
    cwd,
    ...['order', 'place', '--hold', holdId, '--provider', 'sandbox', '--quiet'],
    ...['--buyer-name', 'Ada', '--buyer-email', 'ada@example.com'],
  );
  await ok(cwd, 'order', 'pay', orderId, '--provider', 'sandbox');
  const tickets = await ok(cwd, 'ticket', 'list', '--order', orderId, '--quiet');
  return { orderId, ticketIds: tickets.split('\n') };
}
