import { EventId, membersOfEvent } from '../../events/index.ts';
import { notFound, write } from '../../kernel/index.ts';
import { ResalePolicy, ResaleTerms } from '../policy.ts';
import { policyResource } from '../resource.ts';

export const setResalePolicy = write({
  name: 'resale.setPolicy',
  summary:
    'Sets the rules under which holders of an event may resell. Open listings keep the rules they were made under.',
  input: ResaleTerms.extend({ eventId: EventId }),
  output: ResalePolicy,
  allow: membersOfEvent('manage_events'),
  run: async ({ tx, emit }, { eventId, ...terms }) => {
    const [event] = await tx.events.events.findForUpdate([eventId]);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    const { organizerId } = event;
    const was = await tx.resale.policies.find(eventId);
    if (was === undefined) {
      await tx.resale.policies.insert([{ id: eventId, organizerId, terms, revision: 1 }]);
    } else {
      await tx.resale.policies.save({ ...was, terms }, was);
    }
    const set = policyResource(eventId, terms);
    emit({ type: 'resale_policy.set', organizerId, eventId, subject: eventId, data: set });
    return set;
  },
});
