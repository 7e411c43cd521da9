import * as z from 'zod';
import { cataloguesChanged } from '../../events/index.ts';
import { InstantInput, notFound, Percent, write } from '../../kernel/index.ts';
import { members, namedOrganizer, OrganizerId } from '../../organizers/index.ts';
import { Place } from '../policy.ts';
import { taxResource } from '../resource.ts';
import { Tax, type TaxRecord } from '../tax.ts';
import { TaxClass } from '../terms.ts';

export const setTax = write({
  name: 'taxes.set',
  summary:
    'Sets a tax rate of an organizer: of a name, a class, a place and a start there is one. Holds keep the tax they have.',
  input: z
    .strictObject({
      organizerId: OrganizerId,
      name: z.string().trim().min(1).max(100),
      taxClass: TaxClass.default('standard'),
      place: Place.nullable().default(null),
      percent: Percent,
      compound: z.boolean().default(false),
      position: z.int().min(0).max(100).default(0),
      validFrom: InstantInput.nullable().default(null),
      validUntil: InstantInput.nullable().default(null),
    })
    .refine(({ validFrom, validUntil }) => !validFrom || !validUntil || validFrom < validUntil, {
      path: ['validUntil'],
      message: '`validUntil` is after `validFrom`.',
    }),
  output: Tax,
  allow: members('manage_events', namedOrganizer),
  run: async (context, terms) => {
    const { tx, ids, emit } = context;
    const { organizerId } = terms;
    const [organizer] = await tx.organizers.organizers.findForUpdate([organizerId]);
    if (organizer === undefined) return notFound({ kind: 'organizer', id: organizerId });
    const was = (await tx.pricing.taxes.ofOrganizer(organizerId)).find(
      (tax) =>
        tax.name === terms.name &&
        tax.taxClass === terms.taxClass &&
        tax.place === terms.place &&
        tax.validFrom === terms.validFrom,
    );
    const tax: TaxRecord =
      was === undefined ? { ...terms, id: ids.next('tax'), revision: 1 } : { ...was, ...terms };
    if (was === undefined) await tx.pricing.taxes.insert([tax]);
    else await tx.pricing.taxes.save(tax, was);
    await cataloguesChanged(context, organizerId);
    const set = taxResource(tax);
    emit({ type: 'tax.set', organizerId, eventId: null, subject: tax.id, data: set });
    return set;
  },
});
