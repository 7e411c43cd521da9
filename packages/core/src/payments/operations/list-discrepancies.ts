import * as z from 'zod';
import {
  type Access,
  idOf,
  isRefusal,
  pageInput,
  pageOf,
  pageRequest,
  read,
} from '../../kernel/index.ts';
import { mayAt } from '../../organizers/index.ts';
import { Discrepancy, discrepancyResource } from '../discrepancy.ts';

/** Money that is nobody's yet is seen by who runs the installation. */
const ofOneOrganizer: Access<{ organizerId?: string | undefined }> = {
  who: 'members of the organizer that is named who may see money',
  check: (context, { organizerId }) =>
    organizerId !== undefined && mayAt(context, context.actor, organizerId, 'see_money'),
};

export const listDiscrepancies = read({
  name: 'payments.discrepancies',
  summary:
    'Where payment providers and the records disagree, newest first: of an organizer, or for the system of all.',
  input: z.strictObject({
    organizerId: idOf('org').optional(),
    state: z.enum(['open', 'resolved']).default('open'),
    ...pageInput,
  }),
  output: pageOf(Discrepancy, 'DiscrepancyPage'),
  allow: ofOneOrganizer,
  run: async ({ tx }, { limit, cursor, ...filter }) => {
    const page = pageRequest({ limit, cursor });
    if (isRefusal(page)) return page;
    const { items, nextCursor } = await tx.payments.discrepancies.list(filter, page);
    return { items: items.map(discrepancyResource), nextCursor };
  },
});
