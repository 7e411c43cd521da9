import * as z from 'zod';
import { catalogueChanged, EventId, membersOfEvent } from '../../events/index.ts';
import { Amount, notFound, write } from '../../kernel/index.ts';
import { Fee, FeeName, type FeeRecord, feeTerms } from '../fee.ts';
import { unknownTicketType } from '../refusals.ts';
import { feeResource } from '../resource.ts';
import { strangerAmong } from '../stranger.ts';

export const setFee = write({
  name: 'fees.set',
  summary: 'Sets a fee of an event, which its name is the key of. Holds keep the fees they have.',
  input: z
    .strictObject({
      eventId: EventId,
      name: FeeName.default('Service fee'),
      percent: feeTerms.percent.default('0'),
      fixed: Amount.default(0),
      min: feeTerms.min.default(0),
      max: feeTerms.max.default(null),
      per: feeTerms.per.default('ticket'),
      mode: feeTerms.mode.default('passed_on'),
      basis: feeTerms.basis.default('price'),
      taxClass: feeTerms.taxClass.default('standard'),
      ticketTypeIds: feeTerms.ticketTypeIds.default(null),
    })
    .superRefine(({ min, max, basis, per, mode, percent }, { addIssue }) => {
      const say = (path: string, message: string) =>
        addIssue({ code: 'custom', path: [path], message });
      if (max !== null && max < min) say('max', '`max` is not below `min`.');
      if (basis === 'price') return;
      if (per !== 'order') say('per', 'A fee on the charge is one for the order.');
      if (mode !== 'passed_on') say('mode', 'A fee on the charge is passed on.');
      if (Number(percent.split('.')[0]) >= 50) {
        say('percent', 'A fee on the charge is below 50 percent.');
      }
    }),
  output: Fee,
  refusals: [unknownTicketType],
  allow: membersOfEvent('manage_events'),
  run: async (context, { eventId, ...terms }) => {
    const { tx, ids, emit } = context;
    const [event] = await tx.events.events.findForUpdate([eventId]);
    if (event === undefined) return notFound({ kind: 'event', id: eventId });
    const stranger = await strangerAmong(context, eventId, terms.ticketTypeIds);
    if (stranger !== undefined) return stranger;
    const was = (await tx.pricing.fees.ofEvent(eventId)).find(({ name }) => name === terms.name);
    const fee: FeeRecord =
      was === undefined
        ? { ...terms, id: ids.next('fee'), organizerId: event.organizerId, eventId, revision: 1 }
        : { ...was, ...terms };
    if (was === undefined) await tx.pricing.fees.insert([fee]);
    else await tx.pricing.fees.save(fee, was);
    await catalogueChanged(context, eventId);
    const set = feeResource(fee, event.currency);
    emit({
      type: 'fee.set',
      organizerId: event.organizerId,
      eventId,
      subject: fee.id,
      data: set,
    });
    return set;
  },
});
