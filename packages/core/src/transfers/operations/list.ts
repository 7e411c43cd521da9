import * as z from 'zod';
import { EventId } from '../../events/index.ts';
import {
  type Access,
  guestHold,
  idOf,
  isRefusal,
  pageInput,
  pageOf,
  pageRequest,
  type ReadContext,
  read,
} from '../../kernel/index.ts';
import { mayAt } from '../../organizers/index.ts';
import { transferResource } from '../resource.ts';
import type { TransferFilter } from '../store.ts';
import { Transfer } from '../transfer.ts';

const ListTransfers = z.strictObject({
  organizerId: idOf('org').optional(),
  eventId: EventId.optional(),
  side: z.enum(['offered', 'received']).default('offered').meta({
    description: 'For a user or guest: the offers that they made, or those made to them.',
  }),
  state: z
    .enum(['open', 'accepted', 'declined', 'cancelled', 'expired', 'invalidated'])
    .optional()
    .meta({ description: 'As it was written down: `open` has those that just expired, too.' }),
  ...pageInput,
});
type ListTransfers = z.output<typeof ListTransfers>;

/** Users and guests ask for their own; members for those of an organizer or event. */
const partiesOrMembers: Access<ListTransfers> = {
  who: 'users and guests for their own; members who may look up, for an organizer or event',
  async check(context, input) {
    if (ownFilter(context, input) !== undefined) return true;
    return isInsider(context, input);
  },
};

export const listTransfers = read({
  name: 'transfers.list',
  summary:
    'Offers, newest first: the caller’s own, or those of an organizer or event for its members.',
  input: ListTransfers,
  output: pageOf(Transfer, 'TransferPage'),
  allow: partiesOrMembers,
  run: async (context, input) => {
    const { limit, cursor, side: _side, ...filter } = input;
    const page = pageRequest({ limit, cursor });
    if (isRefusal(page)) return page;
    const insider = await isInsider(context, input);
    const at = await organizerOf(context, input);
    const { items, nextCursor } = await context.tx.transfers.transfers.list(
      insider
        ? { ...filter, ...(at === undefined ? {} : { organizerId: at }) }
        : { ...filter, ...ownFilter(context, input) },
      page,
    );
    return { items: items.map((one) => transferResource(one, context.now)), nextCursor };
  },
});

async function isInsider(context: ReadContext, input: ListTransfers): Promise<boolean> {
  if (context.actor.type === 'system') return true;
  const at = await organizerOf(context, input);
  return at !== undefined && mayAt(context, context.actor, at, 'look_up');
}

async function organizerOf(
  { tx }: ReadContext,
  { organizerId, eventId }: ListTransfers,
): Promise<string | undefined> {
  if (organizerId !== undefined) return organizerId;
  return eventId === undefined ? undefined : (await tx.events.events.find(eventId))?.organizerId;
}

/** The offers that are the caller's own; undefined when callers of this kind have none. */
function ownFilter(
  { actor, secrets }: ReadContext,
  { side }: ListTransfers,
): TransferFilter | undefined {
  if (actor.type === 'user') {
    return side === 'offered' ? { fromUserId: actor.id } : { toUserId: actor.id };
  }
  const accessId = guestHold(secrets, actor);
  if (accessId === undefined) return undefined;
  return side === 'offered' ? { fromAccessId: accessId } : { id: accessId };
}
