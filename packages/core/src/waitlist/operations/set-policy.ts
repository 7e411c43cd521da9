import { EventId, membersOfEvent } from '../../events/index.ts';
import { notFound, write } from '../../kernel/index.ts';
import { WaitlistPolicy, WaitlistTerms } from '../policy.ts';
import { policyResource } from '../resource.ts';

export const setWaitlistPolicy = write({
  name: 'waitlist.setPolicy',
  summary:
    'Opens or closes the waitlist of an event, and sets its rules. Offers that stand keep their time.',
  input: WaitlistTerms.extend({ eventId: EventId }),
  output: WaitlistPolicy,
  allow: membersOfEvent('manage_events'),
  run: async ({ tx, emit }, { eventId, ...terms }) => {
    const [event] = await tx.events.events.findForUpdate([eventId]);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    const { organizerId } = event;
    const was = await tx.waitlist.policies.find(eventId);
    if (was === undefined) {
      await tx.waitlist.policies.insert([{ id: eventId, organizerId, terms, revision: 1 }]);
    } else {
      await tx.waitlist.policies.save({ ...was, terms }, was);
    }
    const set = policyResource(eventId, terms);
    emit({ type: 'waitlist_policy.set', organizerId, eventId, subject: eventId, data: set });
    return set;
  },
});
