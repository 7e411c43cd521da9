import * as z from 'zod';
import { notFound, write } from '../../kernel/index.ts';
import { members, namedOrganizer, OrganizerId } from '../../organizers/index.ts';
import { Issuer, type IssuerRecord, issuerFields, issuerResource } from '../issuer.ts';
import { headOf } from '../number.ts';

export const setIssuer = write({
  name: 'invoices.setIssuer',
  summary:
    'Says who issues the invoices of an organizer, in place of what was said before. Issued ones stay as they are.',
  input: z
    .strictObject({ organizerId: OrganizerId, ...issuerFields })
    .refine(
      ({ invoiceFormat, creditNoteFormat }) => headOf(invoiceFormat) !== headOf(creditNoteFormat),
      {
        path: ['creditNoteFormat'],
        error: 'Credit notes need another beginning than invoices, such as CN{year}-{number:5}.',
      },
    ),
  output: Issuer,
  allow: members('manage_members', namedOrganizer),
  run: async ({ tx, ids, now, emit }, { organizerId, ...facts }) => {
    // Two that set it for the first time at once would both insert.
    const [organizer] = await tx.organizers.organizers.findForUpdate([organizerId]);
    if (organizer === undefined) return notFound({ kind: 'organizer', id: organizerId });
    const [was] = await tx.invoices.issuers.findForUpdate([organizerId]);
    const begins = facts.issue === 'when_paid' && was?.issue !== 'when_paid';
    const next: IssuerRecord = {
      id: organizerId,
      ...facts,
      followedTo: was === undefined || begins ? now : was.followedTo,
      beginsAfter: was === undefined || begins ? ids.next('pst') : was.beginsAfter,
      updatedAt: now,
      revision: was?.revision ?? 1,
    };
    if (was === undefined) await tx.invoices.issuers.insert([next]);
    else await tx.invoices.issuers.save(next, was);
    const issuer = issuerResource(next);
    emit({
      type: 'invoice_issuer.set',
      organizerId,
      eventId: null,
      subject: organizerId,
      data: issuer,
    });
    return issuer;
  },
});
