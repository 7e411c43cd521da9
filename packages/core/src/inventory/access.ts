import { type Access, guestHold, type ReadContext } from '../kernel/index.ts';

/** Who a hold, an order or a ticket belongs to. */
export interface Owned {
  /** The signed-in owner; null: a guest. */
  readonly userId: string | null;
  /** The hold, or the transfer to a guest, whose access token opens it. */
  readonly holdId: string;
}

/** The buyer: the signed-in user that it belongs to, or the guest with its access token. */
export function owner<Input>(
  ownedBy: (context: ReadContext, input: Input) => Promise<Owned | undefined>,
): Access<Input> {
  return {
    who: 'the buyer',
    async check(context, input) {
      const { actor } = context;
      if (actor.type !== 'user' && actor.type !== 'guest') return false;
      const owned = await ownedBy(context, input);
      return owned === undefined || isOwner(context, owned);
    },
  };
}

export function isOwner(
  { actor, secrets }: Pick<ReadContext, 'actor' | 'secrets'>,
  owned: Owned,
): boolean {
  if (actor.type === 'user') return owned.userId === actor.id;
  // A signed-in buyer's order is theirs alone, whatever token somebody has.
  return owned.userId === null && guestHold(secrets, actor) === owned.holdId;
}

/** The owner of the hold that an input names. */
export async function ownerOfHold(
  { tx }: ReadContext,
  { holdId }: { holdId: string },
): Promise<Owned | undefined> {
  const hold = await tx.inventory.holds.find(holdId);
  return hold === undefined ? undefined : { userId: hold.userId, holdId: hold.id };
}

/** The organizer of the hold that an input names. */
export async function organizerOfHold(
  { tx }: ReadContext,
  { holdId }: { holdId: string },
): Promise<string | undefined> {
  return (await tx.inventory.holds.find(holdId))?.organizerId;
}
