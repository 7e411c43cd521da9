import { EventId, membersOfEvent } from '../../events/index.ts';
import { notFound, write } from '../../kernel/index.ts';
import { ResalePolicy, SomeTerms, TypesTerms, termsFrom } from '../policy.ts';
import { PresetName, presetNamed } from '../presets.ts';
import { policyResource } from '../resource.ts';

export const setResalePolicy = write({
  name: 'resale.setPolicy',
  summary:
    'Sets the rules under which holders of an event may resell, all at once. Open listings keep the rules they were made under.',
  input: SomeTerms.extend({
    eventId: EventId,
    preset: PresetName.nullable().default(null).meta({
      description:
        'Rules to begin with (`resale.presets` lists them); what is given besides counts before theirs.',
    }),
    ticketTypes: TypesTerms.default([]),
  }),
  output: ResalePolicy,
  allow: membersOfEvent('manage_events'),
  run: async ({ tx, emit }, { eventId, preset, ticketTypes, ...given }) => {
    const [event] = await tx.events.events.findForUpdate([eventId]);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    const { organizerId } = event;
    const known = await tx.events.ticketTypes.findMany(
      ticketTypes.map(({ ticketTypeId }) => ticketTypeId),
    );
    for (const { ticketTypeId: id } of ticketTypes) {
      const type = known.find((own) => own.id === id);
      if (type?.eventId !== eventId) return notFound({ kind: 'ticket type', id });
    }
    const terms = termsFrom(preset === null ? {} : presetNamed(preset).terms, given);
    const policy = { preset, terms, ticketTypes };
    const was = await tx.resale.policies.find(eventId);
    if (was === undefined) {
      await tx.resale.policies.insert([{ id: eventId, organizerId, ...policy, revision: 1 }]);
    } else {
      await tx.resale.policies.save({ ...was, ...policy }, was);
    }
    const set = policyResource(eventId, policy);
    emit({ type: 'resale_policy.set', organizerId, eventId, subject: eventId, data: set });
    return set;
  },
});
