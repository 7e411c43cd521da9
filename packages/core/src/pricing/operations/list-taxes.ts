import * as z from 'zod';
import { notFound, read } from '../../kernel/index.ts';
import { members, namedOrganizer, OrganizerId } from '../../organizers/index.ts';
import { taxResource } from '../resource.ts';
import { Tax } from '../tax.ts';

export const listTaxes = read({
  name: 'taxes.list',
  summary: 'The tax rates of an organizer, by class, place and position.',
  input: z.strictObject({ organizerId: OrganizerId }),
  output: z.object({ items: z.array(Tax) }).meta({ id: 'TaxList' }),
  allow: members('look_up', namedOrganizer),
  run: async ({ tx }, { organizerId }) => {
    const organizer = await tx.organizers.organizers.find(organizerId);
    if (organizer === undefined) return notFound({ kind: 'organizer', id: organizerId });
    const taxes = await tx.pricing.taxes.ofOrganizer(organizerId);
    return { items: taxes.map(taxResource) };
  },
});
