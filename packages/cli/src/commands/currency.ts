import type { Surface } from '@ticketi/core';
import { UsageError } from '../errors.ts';
import type { FlagContext } from '../flags/flag.ts';
import type { Fields } from '../flags/input.ts';

/** Finds the currency that amounts of an input are in, once, from what the input names. */
export function currencyLookup(surface: Surface): (fields: Fields) => FlagContext {
  let found: Promise<string> | undefined;
  return (fields) => ({
    currency() {
      found ??= currencyOf(surface, fields);
      return found;
    },
  });
}

async function currencyOf(surface: Surface, fields: Fields): Promise<string> {
  const { currency, eventId, ticketTypeId, ticketId, paymentId, orderId, holdId } = fields;
  if (typeof currency === 'string') return currency;
  if (typeof eventId === 'string') {
    const event = await surface.events.get({ eventId });
    if (typeof ticketTypeId === 'string') await needType(surface, eventId, ticketTypeId);
    return event.currency;
  }
  if (typeof ticketId === 'string') return (await surface.tickets.get({ ticketId })).currency;
  if (typeof paymentId === 'string') return (await surface.payments.get({ paymentId })).currency;
  if (typeof orderId === 'string') return (await surface.orders.get({ orderId })).currency;
  if (typeof holdId === 'string') return (await surface.holds.get({ holdId })).quote.currency;
  throw new UsageError(
    'The currency of the amount cannot be found out.',
    'Name the event with --event.',
  );
}

async function needType(surface: Surface, eventId: string, ticketTypeId: string): Promise<void> {
  for await (const { id } of surface.ticketTypes.iterate({ eventId })) {
    if (id === ticketTypeId) return;
  }
  throw new UsageError(`Event ${eventId} has no ticket type ${ticketTypeId}.`);
}
