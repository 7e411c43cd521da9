import type * as z from 'zod';
import * as checkin from './checkin/index.ts';
import * as documents from './documents/index.ts';
import * as events from './events/index.ts';
import * as giftCards from './gift-cards/index.ts';
import * as inventory from './inventory/index.ts';
import * as invoices from './invoices/index.ts';
import {
  busy,
  hasErrorMark,
  idempotencyInProgress,
  idempotencyKeyReused,
  invalidCursor,
  notAllowed,
  notFound,
  notInTransaction,
  type TicketiError,
  unauthenticated,
} from './kernel/index.ts';
import * as ledger from './ledger/index.ts';
import * as orders from './orders/index.ts';
import * as organizers from './organizers/index.ts';
import * as payments from './payments/index.ts';
import * as pricing from './pricing/index.ts';
import * as print from './print/index.ts';
import * as questions from './questions/index.ts';
import * as refunds from './refunds/index.ts';
import * as resale from './resale/index.ts';
import * as seating from './seating/index.ts';
import * as tickets from './tickets/index.ts';
import * as transfers from './transfers/index.ts';
import * as waitlist from './waitlist/index.ts';
import * as webhooks from './webhooks/index.ts';

/** Every refusal that an operation may answer with, by its code. */
export const refusalTypes = {
  not_found: notFound,
  not_allowed: notAllowed,
  unauthenticated,
  busy,
  not_in_transaction: notInTransaction,
  invalid_cursor: invalidCursor,
  idempotency_key_reused: idempotencyKeyReused,
  idempotency_in_progress: idempotencyInProgress,
  last_owner: organizers.lastOwner,
  already_member: organizers.alreadyMember,
  slug_taken: events.slugTaken,
  invalid_session: events.invalidSession,
  invalid_time: events.invalidTime,
  ambiguous_time: events.ambiguousTime,
  ambiguous_times: events.ambiguousTimes,
  invalid_rule: events.invalidRule,
  series_too_long: events.seriesTooLong,
  not_in_series: events.notInSeries,
  event_closed: events.eventClosed,
  wrong_event_state: events.wrongEventState,
  not_publishable: events.notPublishable,
  unknown_pool: events.poolOfOtherEvent,
  pool_of_other_session: events.poolOfOtherSession,
  unknown_session: events.sessionOfOtherEvent,
  wrong_part: events.wrongPart,
  invalid_seat_map: seating.invalidSeatMap,
  seat_map_assigned: seating.seatMapAssigned,
  no_seat_map: seating.noSeatMap,
  unknown_seat: seating.unknownSeat,
  wrong_category: seating.wrongCategory,
  companion_seat: seating.companionSeat,
  seat_taken: seating.seatTaken,
  no_seats_together: seating.noSeatsTogether,
  not_enough_seats: seating.notEnoughSeats,
  scan_id_reused: checkin.scanIdReused,
  scan_not_undoable: checkin.scanNotUndoable,
  checkin_list_not_named: checkin.checkinListNotNamed,
  checkin_list_archived: checkin.checkinListArchived,
  checkin_list_window: checkin.checkinListWindow,
  scanned_without_list: checkin.scannedWithoutList,
  sold_out: inventory.soldOut,
  limit_exceeded: inventory.limitExceeded,
  not_on_sale: inventory.notOnSale,
  hold_expired: inventory.holdExpired,
  hold_not_active: inventory.holdNotActive,
  hold_already_extended: inventory.holdAlreadyExtended,
  hold_not_changeable: inventory.holdNotChangeable,
  block_released: inventory.blockReleased,
  block_too_small: inventory.blockTooSmall,
  not_in_block: inventory.notInBlock,
  capacity_below_claimed: inventory.capacityBelowClaimed,
  not_reservable: inventory.notReservable,
  block_of_code: inventory.blockOfCode,
  amount_too_large: pricing.amountTooLarge,
  not_in_order: pricing.notInOrder,
  code_not_valid: pricing.codeNotValid,
  code_minimum: pricing.codeMinimum,
  codes_not_combinable: pricing.codesNotCombinable,
  code_exists: pricing.codeExists,
  batch_exists: pricing.batchExists,
  uses_below_used: pricing.usesBelowUsed,
  terms_conflict: pricing.termsConflict,
  price_not_allowed: pricing.priceNotAllowed,
  parent_missing: pricing.parentMissing,
  tax_place_missing: pricing.taxPlaceMissing,
  tax_id_not_valid: pricing.taxIdNotValid,
  buyer_not_vouched: pricing.buyerNotVouched,
  unknown_ticket_type: pricing.unknownTicketType,
  answers_not_valid: questions.answersNotValid,
  order_not_pending: orders.orderNotPending,
  members_only: orders.membersOnly,
  unknown_provider: orders.unknownProvider,
  provider_unreachable: payments.providerUnreachable,
  not_manual: payments.notManual,
  not_enough_tendered: payments.notEnoughTendered,
  webhooks_not_read: payments.webhooksNotRead,
  webhook_not_verified: payments.webhookNotVerified,
  discrepancy_resolved: payments.discrepancyResolved,
  gift_card_not_valid: giftCards.giftCardNotValid,
  refund_above_credit: giftCards.refundAboveCredit,
  order_not_paid: refunds.orderNotPaid,
  not_refundable: refunds.notRefundable,
  incomplete_group: refunds.incompleteGroup,
  refund_above_paid: refunds.refundAbovePaid,
  nothing_to_refund: refunds.nothingToRefund,
  refund_not_allowed: refunds.refundNotAllowed,
  issuer_missing: invoices.issuerMissing,
  not_invoiceable: invoices.notInvoiceable,
  invoice_issued: invoices.invoiceIssued,
  billing_tax_id: invoices.billingTaxId,
  credit_above_invoice: invoices.creditAboveInvoice,
  pdf_not_available: print.pdfNotAvailable,
  code_rotates: documents.codeRotates,
  no_tickets_left: documents.noTicketsLeft,
  wallet_not_configured: documents.walletNotConfigured,
  ticket_void: tickets.ticketVoid,
  ticket_checked_in: tickets.ticketCheckedIn,
  name_change_closed: tickets.nameChangeClosed,
  reissue_limited: tickets.reissueLimited,
  ticket_reserved: tickets.ticketReserved,
  reason_missing: tickets.reasonMissing,
  transfer_not_allowed: transfers.transferNotAllowed,
  outside_transfer_window: transfers.outsideTransferWindow,
  ticket_not_transferable: transfers.ticketNotTransferable,
  transfer_closed: transfers.transferClosed,
  recipient_is_holder: transfers.recipientIsHolder,
  resale_not_allowed: resale.resaleNotAllowed,
  price_above_cap: resale.priceAboveCap,
  price_below_floor: resale.priceBelowFloor,
  outside_resale_window: resale.outsideResaleWindow,
  ticket_not_resellable: resale.ticketNotResellable,
  listing_closed: resale.listingClosed,
  buyer_is_seller: resale.buyerIsSeller,
  waitlist_closed: waitlist.waitlistClosed,
  not_sold_out: waitlist.notSoldOut,
  not_waitable: waitlist.notWaitable,
  already_waiting: waitlist.alreadyWaiting,
  entry_closed: waitlist.entryClosed,
  offer_not_open: waitlist.offerNotOpen,
  offer_code_not_valid: waitlist.offerCodeNotValid,
  offer_code_used: waitlist.offerCodeUsed,
  resale_limit_exceeded: resale.resaleLimitExceeded,
  held_too_short: resale.heldTooShort,
  primary_not_sold_out: resale.primaryNotSoldOut,
  listing_sold_whole: resale.listingSoldWhole,
  listing_price_changed: resale.listingPriceChanged,
  ticket_not_returnable: resale.ticketNotReturnable,
  nothing_to_pay_out: ledger.nothingToPayOut,
  payout_above_balance: ledger.payoutAboveBalance,
  payout_not_due: ledger.payoutNotDue,
  payout_not_pending: ledger.payoutNotPending,
  currency_needed: ledger.currencyNeeded,
  webhook_url_not_allowed: webhooks.webhookUrlNotAllowed,
  too_many_endpoints: webhooks.tooManyEndpoints,
  endpoint_disabled: webhooks.endpointDisabled,
} as const;

export type RefusalCode = keyof typeof refusalTypes;

/** The error of a refusal, with the details that its code has. */
export type RefusedWith<Code extends RefusalCode> = TicketiError & {
  readonly code: Code;
  readonly details: z.output<(typeof refusalTypes)[Code]['details']>;
};

/**
 * Whether something caught is Ticketi's, thrown here or by `@ticketi/client`.
 * With a code it narrows `details`:
 * `isTicketiError(error, 'sold_out') && error.details.available`.
 */
export function isTicketiError(error: unknown): error is TicketiError;
export function isTicketiError<Code extends RefusalCode>(
  error: unknown,
  code: Code,
): error is RefusedWith<Code>;
export function isTicketiError(error: unknown, code?: string): boolean {
  return hasErrorMark(error) && (code === undefined || error.code === code);
}
