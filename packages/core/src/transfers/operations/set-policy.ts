import { EventId, membersOfEvent } from '../../events/index.ts';
import { notFound, write } from '../../kernel/index.ts';
import { TransferPolicy, TransferTerms } from '../policy.ts';
import { policyResource } from '../resource.ts';

export const setTransferPolicy = write({
  name: 'transfers.setPolicy',
  summary:
    'Sets the rules under which tickets of an event are passed on, renamed and given new codes. They hold for open offers, too.',
  input: TransferTerms.extend({ eventId: EventId }),
  output: TransferPolicy,
  allow: membersOfEvent('manage_events'),
  run: async ({ tx, emit }, { eventId, ...terms }) => {
    const [event] = await tx.events.events.findForUpdate([eventId]);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    const types = await tx.events.ticketTypes.ofEvent(eventId);
    const unknown = terms.ticketTypes.find(
      ({ ticketTypeId }) => !types.some(({ id }) => id === ticketTypeId),
    );
    if (unknown !== undefined) return notFound({ kind: 'ticket type', id: unknown.ticketTypeId });
    const { organizerId } = event;
    const was = await tx.transfers.policies.find(eventId);
    if (was === undefined) {
      await tx.transfers.policies.insert([{ id: eventId, organizerId, terms, revision: 1 }]);
    } else {
      await tx.transfers.policies.save({ ...was, terms }, was);
    }
    const set = policyResource(eventId, terms);
    emit({ type: 'transfer_policy.set', organizerId, eventId, subject: eventId, data: set });
    return set;
  },
});
