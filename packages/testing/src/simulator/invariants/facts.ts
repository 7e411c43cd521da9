import type { ScanRecord } from '@ticketi/core';
import type { Change, Written } from '../journal.ts';
import { isDouble } from './doors.ts';
import type { CommitRule } from './invariant.ts';

/** A fact as the outbox should tell it. */
type Fact = `${string} ${string}`;

/**
 * What the outbox has to say of a transaction, from what it wrote: worked out
 * anew here, and not by the rooms that say it.
 */
function factsOf(written: Written): Fact[] {
  return [
    ...each(written.pool, ({ id }) => `pool.created ${id}`),
    ...each(written.hold, ({ id, listingId }) =>
      listingId === null ? `hold.created ${id}` : `listing.reserved ${listingId}`,
    ),
    ...turns(written.hold, ({ id, state }) => state === 'released' && `hold.released ${id}`),
    ...each(written.block, ({ id }) => `block.created ${id}`),
    ...each(written.order, ({ id }) => `order.placed ${id}`),
    ...turns(written.order, ({ id, state }) => `order.${state} ${id}`),
    ...each(written.payment, ({ id }) => `payment.created ${id}`),
    ...turns(written.payment, ({ id, state }) => `payment.${state} ${id}`),
    ...each(written.refund, ({ id }) => `refund.requested ${id}`),
    ...written.refund
      // Each attempt that fails is a fact of its own; that none could be made is only noted.
      .filter((change) => change.was !== undefined && !isNoteOnly(change))
      .map(({ next: { id, state } }): Fact => `refund.${state} ${id}`),
    ...each(written.orderRefund, ({ orderId }) => `order.refunded ${orderId}`),
    ...each(written.payout, ({ id }) => `payout.pending ${id}`),
    ...turns(written.payout, ({ id, state }) => `payout.${state} ${id}`),
    ...each(written.ticket, ({ id }) => `ticket.issued ${id}`),
    ...turns(written.ticket, ({ id, state }) => state === 'void' && `ticket.voided ${id}`),
    ...each(written.transfer, ({ id }) => `transfer.offered ${id}`),
    ...turns(written.transfer, ({ id, state }) => `transfer.${state} ${id}`),
    ...each(written.listing, ({ id }) => `listing.created ${id}`),
    ...turns(written.listing, ({ id, state }) => `listing.${state} ${id}`),
    ...written.listing.flatMap(({ was, next }): Fact[] => [
      ...(was !== undefined && was.price !== next.price
        ? [`listing.repriced ${next.id}` as const]
        : []),
      ...(was?.settleDueAt && next.settleDueAt === null
        ? [`listing.settled ${next.id}` as const]
        : []),
    ]),
    ...each(written.card, ({ id }) => `gift_card.issued ${id}`),
    ...each(written.cardRefund, ({ giftCardId }) => `gift_card.refunded ${giftCardId}`),
    ...each(written.entry, ({ id }) => `waitlist.joined ${id}`),
    ...turns(
      written.entry,
      ({ id, state, endedFor }) =>
        state === 'ended' && endedFor !== 'missed' && `waitlist.left ${id}`,
    ),
    ...each(written.offer, ({ id }) => `waitlist.offered ${id}`),
    ...turns(written.offer, ({ id, state }) => {
      if (state === 'accepted') return `waitlist.accepted ${id}`;
      return (state === 'expired' || state === 'declined') && `waitlist.passed_on ${id}`;
    }),
    ...each(written.scan, ({ id, admitted, direction, ticketId }): Fact => {
      const passed = direction === 'entry' ? 'ticket.checked_in' : 'ticket.checked_out';
      return `${admitted ? passed : 'scan.refused'} ${ticketId ?? id}`;
    }),
    ...written.scan
      .filter(({ was, next }) => was?.undoneAt === null && next.undoneAt !== null)
      .map(({ next: { id, ticketId } }): Fact => `checkin.undone ${ticketId ?? id}`),
    ...doublesOf(written).map(({ id }): Fact => `checkin.double_found ${id}`),
    ...each(written.key, ({ id }) => `signing_key.rotated ${id}`),
    ...written.key
      .filter(({ was, next }) => was?.revokedAt === null && next.revokedAt !== null)
      .map(({ next: { id } }): Fact => `signing_key.revoked ${id}`),
  ];
}

/** Scans that a merge finds to have let in once too often. Who takes one back is told of it. */
function doublesOf({ scan }: Written): ScanRecord[] {
  if (scan.some(({ next }) => next.undoneAt !== null)) return [];
  return scan.map(({ next }) => next).filter(isDouble);
}

/** Facts that are told of nothing but what `factsOf` sees. */
const KNOWN =
  /^(hold\.(created|released)|order\.(placed|paid|expired|cancelled|refunded)|payment\.created|refund\.\w+|payout\.\w+|ticket\.(issued|voided|checked_in|checked_out)|checkin\.(undone|double_found)|signing_key\.\w+|scan\.refused|(listing|transfer)\.\w+|gift_card\.(issued|refunded)|waitlist\.(joined|left|offered|accepted|passed_on)|(pool|block)\.created)$/;

export const outbox: CommitRule = {
  name: 'every change has its outbox row, and no row is without its change',
  find({ written }) {
    const told = new Map<string, number>();
    for (const { type, subject } of written.outbox) add(told, `${type} ${subject}`, 1);
    for (const fact of factsOf(written)) add(told, fact, -1);
    return [...told].flatMap(([fact, count]) => {
      if (count < 0) return [`nobody is told: ${fact}`];
      const [type = ''] = fact.split(' ');
      return count > 0 && KNOWN.test(type) ? [`is told, but is not so: ${fact}`] : [];
    });
  },
};

function each<Row>(changes: readonly Change<Row>[], tell: (row: Row) => Fact): Fact[] {
  return changes.filter(({ was }) => was === undefined).map(({ next }) => tell(next));
}

function isNoteOnly({ was, next }: Written['refund'][number]): boolean {
  const { state, attempt, failure } = next;
  const isSameTry = was?.state === state && was.attempt === attempt;
  return isSameTry && failure !== null && was.failure !== failure;
}

function turns<Row extends { readonly state: string }>(
  changes: readonly Change<Row>[],
  tell: (row: Row) => Fact | false,
): Fact[] {
  return changes.flatMap(({ was, next }) => {
    if (was === undefined || was.state === next.state) return [];
    return tell(next) || [];
  });
}

function add(counts: Map<string, number>, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}
