import * as z from 'zod';
import { anyOf, read } from '../../kernel/index.ts';
import { members, namedOrganizer, OrganizerId } from '../../organizers/index.ts';
import { Issuer, issuerResource } from '../issuer.ts';
import { issuerMissing } from '../refusals.ts';

export const getIssuer = read({
  name: 'invoices.getIssuer',
  summary: 'Who issues the invoices of an organizer, and how.',
  input: z.strictObject({ organizerId: OrganizerId }),
  output: Issuer,
  refusals: [issuerMissing],
  allow: anyOf(members('see_money', namedOrganizer), members('sell', namedOrganizer)),
  run: async ({ tx }, { organizerId }) => {
    const issuer = await tx.invoices.issuers.find(organizerId);
    return issuer === undefined ? issuerMissing({ organizerId }) : issuerResource(issuer);
  },
});
