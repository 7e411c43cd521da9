import {
  ambiguousTime,
  EventId,
  instantOf,
  invalidTime,
  membersOfEvent,
} from '../../events/index.ts';
import { type Instant, isRefusal, notFound, write } from '../../kernel/index.ts';
import { isBeforeStart, policyResource, RefundPolicyShown, RefundTerms } from '../policy.ts';

export const setRefundPolicy = write({
  name: 'refunds.setPolicy',
  summary:
    'Sets what buyers of an event may give back by themselves. Orders that were bought before keep the policy of then.',
  input: RefundTerms.extend({ eventId: EventId }),
  output: RefundPolicyShown,
  refusals: [ambiguousTime, invalidTime],
  allow: membersOfEvent('manage_events'),
  run: async ({ tx, ids, now, emit }, { eventId, ...terms }) => {
    const [event] = await tx.events.events.findForUpdate([eventId]);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    const instants: (Instant | null)[] = [];
    for (const { until } of terms.steps) {
      const instant = isBeforeStart(until) ? null : await instantOf(until, event.timezone);
      if (isRefusal(instant)) return instant;
      instants.push(instant);
    }
    const { organizerId } = event;
    const policy = { id: ids.next('rfp'), organizerId, eventId, terms, instants, createdAt: now };
    await tx.refunds.policies.insert([policy]);
    const set = policyResource(eventId, policy);
    emit({ type: 'refund_policy.set', organizerId, eventId, subject: eventId, data: set });
    return set;
  },
});
