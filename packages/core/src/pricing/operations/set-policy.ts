import {
  ambiguousTime,
  catalogueChanged,
  EventId,
  instantOf,
  invalidTime,
  membersOfEvent,
  TimeInput,
} from '../../events/index.ts';
import { given, isRefusal, notFound, write } from '../../kernel/index.ts';
import { PricePolicy } from '../policy.ts';

export const setPricePolicy = write({
  name: 'prices.setPolicy',
  summary:
    'Changes what is given of how an event’s prices are taxed and rounded. Holds keep the price they have.',
  input: PricePolicy.omit({ taxAt: true })
    .partial()
    .extend({ eventId: EventId, taxAt: TimeInput.nullable().optional() })
    .strict(),
  output: PricePolicy,
  refusals: [invalidTime, ambiguousTime],
  allow: membersOfEvent('manage_events'),
  run: async (context, { eventId, taxAt, ...changes }) => {
    const { tx, emit } = context;
    const [event] = await tx.events.events.findForUpdate([eventId]);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    const at =
      taxAt === undefined || taxAt === null ? taxAt : await instantOf(taxAt, event.timezone);
    if (isRefusal(at)) return at;
    const pricePolicy = { ...event.pricePolicy, ...given(changes), ...given({ taxAt: at }) };
    await tx.events.events.save({ ...event, pricePolicy }, event);
    await catalogueChanged(context, eventId);
    const { organizerId } = event;
    emit({
      type: 'price_policy.set',
      organizerId,
      eventId,
      subject: eventId,
      data: pricePolicy,
    });
    return pricePolicy;
  },
});
