import { archiveCheckinList } from './checkin/operations/archive-list.ts';
import { readAttendance } from './checkin/operations/attendance.ts';
import { bundleForDoor } from './checkin/operations/bundle.ts';
import { createCheckinList } from './checkin/operations/create-list.ts';
import { getCheckinList } from './checkin/operations/get-list.ts';
import { listCheckinLists } from './checkin/operations/list-lists.ts';
import { listScans } from './checkin/operations/list-scans.ts';
import { mergeLog } from './checkin/operations/merge.ts';
import { scanTicket } from './checkin/operations/scan.ts';
import { undoScan } from './checkin/operations/undo.ts';
import { updateCheckinList } from './checkin/operations/update-list.ts';
import { checkRecords } from './doctor/operations/check.ts';
import { getApplePass } from './documents/operations/apple-wallet.ts';
import { getTicketCalendar } from './documents/operations/calendar.ts';
import { getGooglePass } from './documents/operations/google-wallet.ts';
import { composeLetters } from './documents/operations/letters.ts';
import { getTicketPdf } from './documents/operations/pdf.ts';
import { getTicketQr } from './documents/operations/qr.ts';
import { addSeries } from './events/operations/add-series.ts';
import { addSession } from './events/operations/add-session.ts';
import { cancelEvent } from './events/operations/cancel.ts';
import { createEvent } from './events/operations/create.ts';
import { createTicketType } from './events/operations/create-ticket-type.ts';
import { getEvent } from './events/operations/get.ts';
import { getSeries } from './events/operations/get-series.ts';
import { listEvents } from './events/operations/list.ts';
import { listSessions } from './events/operations/list-sessions.ts';
import { listTicketTypes } from './events/operations/list-ticket-types.ts';
import { publishEvent } from './events/operations/publish.ts';
import { updateEvent } from './events/operations/update.ts';
import { updateSeries } from './events/operations/update-series.ts';
import { updateSession } from './events/operations/update-session.ts';
import { updateTicketType } from './events/operations/update-ticket-type.ts';
import { getBalance } from './gift-cards/operations/balance.ts';
import { getGiftCard } from './gift-cards/operations/get.ts';
import { issueGiftCard } from './gift-cards/operations/issue.ts';
import { listGiftCards } from './gift-cards/operations/list.ts';
import { refundToGiftCards } from './gift-cards/operations/refund.ts';
import { updateGiftCard } from './gift-cards/operations/update.ts';
import { sweepAnswers } from './idempotency/operations/sweep.ts';
import { changeHold } from './inventory/operations/change-hold.ts';
import { createBlock } from './inventory/operations/create-block.ts';
import { createHold } from './inventory/operations/create-hold.ts';
import { createPool } from './inventory/operations/create-pool.ts';
import { explainAvailability } from './inventory/operations/explain-availability.ts';
import { extendHold } from './inventory/operations/extend-hold.ts';
import { getAvailability } from './inventory/operations/get-availability.ts';
import { getHold } from './inventory/operations/get-hold.ts';
import { getPool } from './inventory/operations/get-pool.ts';
import { listBlocks } from './inventory/operations/list-blocks.ts';
import { listPools } from './inventory/operations/list-pools.ts';
import { releaseBlock } from './inventory/operations/release-block.ts';
import { releaseHold } from './inventory/operations/release-hold.ts';
import { sweepHolds } from './inventory/operations/sweep-holds.ts';
import { updatePool } from './inventory/operations/update-pool.ts';
import { creditInvoice } from './invoices/operations/credit.ts';
import { getInvoice } from './invoices/operations/get.ts';
import { getIssuer } from './invoices/operations/get-issuer.ts';
import { issueInvoice } from './invoices/operations/issue.ts';
import { issueDueInvoices } from './invoices/operations/issue-due.ts';
import { listInvoices } from './invoices/operations/list.ts';
import { getInvoicePdf } from './invoices/operations/pdf.ts';
import { setBilling } from './invoices/operations/set-billing.ts';
import { setIssuer } from './invoices/operations/set-issuer.ts';
import type { AnyOperation } from './kernel/index.ts';
import { getBalances } from './ledger/operations/balances.ts';
import { cancelPayout } from './ledger/operations/cancel-payout.ts';
import { createPayout } from './ledger/operations/create-payout.ts';
import { exportLedger } from './ledger/operations/export.ts';
import { failPayout } from './ledger/operations/fail-payout.ts';
import { getPayout } from './ledger/operations/get-payout.ts';
import { listPayouts } from './ledger/operations/list-payouts.ts';
import { getSellerStatement } from './ledger/operations/seller-statement.ts';
import { settlePayout } from './ledger/operations/settle-payout.ts';
import { getStatement } from './ledger/operations/statement.ts';
import { verifyLedger } from './ledger/operations/verify.ts';
import { addNote } from './orders/operations/add-note.ts';
import { cancelOrder } from './orders/operations/cancel.ts';
import { expireOrders } from './orders/operations/expire.ts';
import { getOrder } from './orders/operations/get.ts';
import { giveAway } from './orders/operations/give-away.ts';
import { listOrders } from './orders/operations/list.ts';
import { placeOrder } from './orders/operations/place.ts';
import { sendAccess } from './orders/operations/send-access.ts';
import { addMember } from './organizers/operations/add-member.ts';
import { createOrganizer } from './organizers/operations/create.ts';
import { getOrganizer } from './organizers/operations/get.ts';
import { listOrganizers } from './organizers/operations/list.ts';
import { listSigningKeys } from './organizers/operations/list-keys.ts';
import { listMembers } from './organizers/operations/list-members.ts';
import { removeMember } from './organizers/operations/remove-member.ts';
import { revokeSigningKey } from './organizers/operations/revoke-key.ts';
import { rotateSigningKey } from './organizers/operations/rotate-key.ts';
import { updateOrganizer } from './organizers/operations/update.ts';
import { beginPayment } from './payments/operations/begin.ts';
import { checkPayment } from './payments/operations/check.ts';
import { comparePayment } from './payments/operations/compare.ts';
import { confirmPayment } from './payments/operations/confirm.ts';
import { getPayment } from './payments/operations/get.ts';
import { leaseDuePayments } from './payments/operations/lease-due.ts';
import { listDiscrepancies } from './payments/operations/list-discrepancies.ts';
import { listSettled } from './payments/operations/list-settled.ts';

import { payOrder } from './payments/operations/pay.ts';
import { receiveWebhook } from './payments/operations/receive.ts';
import { reconcilePayments } from './payments/operations/reconcile.ts';
import { recordPayment } from './payments/operations/record.ts';
import { recordMessage } from './payments/operations/record-message.ts';
import { recordRefund } from './payments/operations/record-refund.ts';
import { resolveDiscrepancy } from './payments/operations/resolve-discrepancy.ts';
import { sellTickets } from './payments/operations/sell.ts';
import { sendRefunds } from './payments/operations/send-refunds.ts';
import { settleDuePayments } from './payments/operations/settle-due.ts';
import { createCode } from './pricing/operations/create-code.ts';
import { createCodes } from './pricing/operations/create-codes.ts';
import { getPricePolicy } from './pricing/operations/get-policy.ts';
import { listCodes } from './pricing/operations/list-codes.ts';
import { listDiscounts } from './pricing/operations/list-discounts.ts';
import { listFees } from './pricing/operations/list-fees.ts';
import { listTaxes } from './pricing/operations/list-taxes.ts';
import { quotePrice } from './pricing/operations/quote.ts';
import { removeDiscount } from './pricing/operations/remove-discount.ts';
import { removeFee } from './pricing/operations/remove-fee.ts';
import { removeTax } from './pricing/operations/remove-tax.ts';
import { setDiscount } from './pricing/operations/set-discount.ts';
import { setFee } from './pricing/operations/set-fee.ts';
import { setPricePolicy } from './pricing/operations/set-policy.ts';
import { setPrices } from './pricing/operations/set-prices.ts';
import { setTax } from './pricing/operations/set-tax.ts';
import { updateCode } from './pricing/operations/update-code.ts';
import { listQuestions } from './questions/operations/list.ts';
import { removeQuestion } from './questions/operations/remove.ts';
import { setQuestion } from './questions/operations/set.ts';
import { claimRefunds } from './refunds/operations/claim-run.ts';
import { createRefund } from './refunds/operations/create.ts';
import { getRefund } from './refunds/operations/get.ts';
import { getRefundPolicy } from './refunds/operations/get-policy.ts';
import { getRefundRun } from './refunds/operations/get-run.ts';
import { listRefunds } from './refunds/operations/list.ts';
import { listRefundRuns } from './refunds/operations/list-runs.ts';
import { quoteRefund } from './refunds/operations/quote.ts';
import { recordOrderRefund } from './refunds/operations/record.ts';
import { refundInRun } from './refunds/operations/refund-in-run.ts';
import { reportRefundRun } from './refunds/operations/report-run.ts';
import { retryRefundRun } from './refunds/operations/retry-run.ts';
import { setRefundPolicy } from './refunds/operations/set-policy.ts';
import { startRefundRun } from './refunds/operations/start-run.ts';
import { dropRefunds, workRefundRuns } from './refunds/operations/work-runs.ts';
import { browseListings } from './resale/operations/browse.ts';
import { buyListing } from './resale/operations/buy.ts';
import { expireListings } from './resale/operations/expire.ts';
import { getListing } from './resale/operations/get.ts';
import { getResalePolicy } from './resale/operations/get-policy.ts';
import { listTicket } from './resale/operations/list.ts';
import { listGroup } from './resale/operations/list-group.ts';
import { listPresets } from './resale/operations/list-presets.ts';
import { reserveListing } from './resale/operations/reserve.ts';
import { returnTicket } from './resale/operations/return.ts';
import { setResalePolicy } from './resale/operations/set-policy.ts';
import { setListingPrice } from './resale/operations/set-price.ts';
import { settleListings } from './resale/operations/settle.ts';
import { getResaleStatistics } from './resale/operations/statistics.ts';
import { getResaleTerms } from './resale/operations/terms.ts';
import { withdraw } from './resale/operations/withdraw.ts';
import { assignSeatMap } from './seating/operations/assign-map.ts';
import { createSeatMap } from './seating/operations/create-map.ts';
import { drawSeatMap } from './seating/operations/draw.ts';
import { getSeatMap } from './seating/operations/get-map.ts';
import { getSeatState } from './seating/operations/get-state.ts';
import { listSeatMaps } from './seating/operations/list-maps.ts';
import { getCustody } from './tickets/operations/custody.ts';
import { getTicket } from './tickets/operations/get.ts';
import { getTicketCode } from './tickets/operations/get-code.ts';
import { getCodePolicy } from './tickets/operations/get-code-policy.ts';
import { listTickets } from './tickets/operations/list.ts';
import { listRevocations } from './tickets/operations/list-revocations.ts';
import { numberRevocations } from './tickets/operations/number-revocations.ts';
import { reissueTicket } from './tickets/operations/reissue.ts';
import { setAttendee } from './tickets/operations/set-attendee.ts';
import { setCodePolicy } from './tickets/operations/set-code-policy.ts';
import { voidTicket } from './tickets/operations/void.ts';
import { acceptTransferOffer } from './transfers/operations/accept.ts';
import { cancelTransfer } from './transfers/operations/cancel.ts';
import { declineTransfer } from './transfers/operations/decline.ts';
import { expireTransfers } from './transfers/operations/expire.ts';
import { getTransfer } from './transfers/operations/get.ts';
import { getTransferPolicy } from './transfers/operations/get-policy.ts';
import { listTransfers } from './transfers/operations/list.ts';
import { offerTransfer } from './transfers/operations/offer.ts';
import { setTransferPolicy } from './transfers/operations/set-policy.ts';
import { claimOffer } from './waitlist/operations/claim.ts';
import { declineOffer } from './waitlist/operations/decline.ts';
import { getEntry } from './waitlist/operations/get.ts';
import { getOffer } from './waitlist/operations/get-offer.ts';
import { getWaitlistPolicy } from './waitlist/operations/get-policy.ts';
import { joinWaitlist } from './waitlist/operations/join.ts';
import { leaveWaitlist } from './waitlist/operations/leave.ts';
import { listEntries } from './waitlist/operations/list.ts';
import { listWaitlists } from './waitlist/operations/list-due.ts';
import { offerTickets } from './waitlist/operations/offer.ts';
import { offerDue } from './waitlist/operations/offer-due.ts';
import { setWaitlistPolicy } from './waitlist/operations/set-policy.ts';
import { setPriority } from './waitlist/operations/set-priority.ts';
import { getWaitlistStatistics } from './waitlist/operations/statistics.ts';
import { claimWebhooks } from './webhooks/operations/claim.ts';
import { claimFeed } from './webhooks/operations/claim-feed.ts';
import { createEndpoint } from './webhooks/operations/create-endpoint.ts';
import { deliverWebhooks } from './webhooks/operations/deliver.ts';
import { dispatchOutbox } from './webhooks/operations/dispatch.ts';
import { enqueueWebhooks } from './webhooks/operations/enqueue.ts';
import { enqueueAgain } from './webhooks/operations/enqueue-again.ts';
import { getEndpoint } from './webhooks/operations/get-endpoint.ts';
import { listAudit } from './webhooks/operations/list-audit.ts';
import { listDeliveries } from './webhooks/operations/list-deliveries.ts';
import { listEndpoints } from './webhooks/operations/list-endpoints.ts';
import { listFailures } from './webhooks/operations/list-failures.ts';
import { listOutbox } from './webhooks/operations/list-outbox.ts';
import { listSubscribers } from './webhooks/operations/list-subscribers.ts';
import { numberOutbox } from './webhooks/operations/number-outbox.ts';
import { prepareTest } from './webhooks/operations/prepare-test.ts';
import { readFeed } from './webhooks/operations/read-feed.ts';
import { recordDeliveries } from './webhooks/operations/record-deliveries.ts';
import { recordFeed } from './webhooks/operations/record-feed.ts';
import { removeEndpoint } from './webhooks/operations/remove-endpoint.ts';
import { replayWebhooks } from './webhooks/operations/replay.ts';
import { retryDelivery } from './webhooks/operations/retry-delivery.ts';
import { retryParked } from './webhooks/operations/retry-parked.ts';
import { rotateSecret } from './webhooks/operations/rotate-secret.ts';
import { sendTest } from './webhooks/operations/send-test.ts';
import { sweepOutbox } from './webhooks/operations/sweep-outbox.ts';
import { updateEndpoint } from './webhooks/operations/update-endpoint.ts';

/**
 * Every operation, by group and verb: the SDK's typed surface, and what HTTP,
 * the client and the CLI have a row for each of. A room is in Ticketi by its
 * lines here.
 */
export const operations = {
  organizers: {
    create: createOrganizer,
    get: getOrganizer,
    list: listOrganizers,
    update: updateOrganizer,
  },
  members: { add: addMember, list: listMembers, remove: removeMember },
  signingKeys: { list: listSigningKeys, rotate: rotateSigningKey, revoke: revokeSigningKey },
  events: {
    create: createEvent,
    get: getEvent,
    list: listEvents,
    update: updateEvent,
    publish: publishEvent,
    cancel: cancelEvent,
  },
  sessions: {
    add: addSession,
    addSeries,
    getSeries,
    list: listSessions,
    update: updateSession,
    updateSeries,
  },
  ticketTypes: { create: createTicketType, list: listTicketTypes, update: updateTicketType },
  seatMaps: {
    create: createSeatMap,
    get: getSeatMap,
    list: listSeatMaps,
    assign: assignSeatMap,
    state: getSeatState,
    svg: drawSeatMap,
  },
  pools: { create: createPool, get: getPool, list: listPools, update: updatePool },
  blocks: { create: createBlock, list: listBlocks, release: releaseBlock },
  availability: { get: getAvailability, explain: explainAvailability },
  prices: { set: setPrices, getPolicy: getPricePolicy, setPolicy: setPricePolicy },
  discounts: { set: setDiscount, list: listDiscounts, remove: removeDiscount },
  codes: { create: createCode, createMany: createCodes, list: listCodes, update: updateCode },
  fees: { set: setFee, list: listFees, remove: removeFee },
  taxes: { set: setTax, list: listTaxes, remove: removeTax },
  questions: { set: setQuestion, list: listQuestions, remove: removeQuestion },
  quotes: { get: quotePrice, refund: quoteRefund },
  holds: {
    create: createHold,
    get: getHold,
    extend: extendHold,
    change: changeHold,
    release: releaseHold,
    sweep: sweepHolds,
  },
  orders: {
    place: placeOrder,
    sell: sellTickets,
    giveAway,
    pay: payOrder,
    get: getOrder,
    list: listOrders,
    cancel: cancelOrder,
    expire: expireOrders,
    addNote,
    sendAccess,
  },
  payments: {
    get: getPayment,
    begin: beginPayment,
    check: checkPayment,
    confirm: confirmPayment,
    record: recordPayment,
    recordRefund,
    receive: receiveWebhook,
    recordMessage,
    due: leaseDuePayments,
    settleDue: settleDuePayments,
    sendRefunds,
    reconcile: reconcilePayments,
    settled: listSettled,
    compare: comparePayment,
    discrepancies: listDiscrepancies,
    resolve: resolveDiscrepancy,
  },
  refunds: {
    create: createRefund,
    record: recordOrderRefund,
    get: getRefund,
    list: listRefunds,
    setPolicy: setRefundPolicy,
    getPolicy: getRefundPolicy,
  },
  refundRuns: {
    start: startRefundRun,
    get: getRefundRun,
    list: listRefundRuns,
    report: reportRefundRun,
    retry: retryRefundRun,
    work: workRefundRuns,
    claim: claimRefunds,
    refund: refundInRun,
    drop: dropRefunds,
  },
  giftCards: {
    issue: issueGiftCard,
    list: listGiftCards,
    get: getGiftCard,
    balance: getBalance,
    update: updateGiftCard,
    refund: refundToGiftCards,
  },
  invoices: {
    setIssuer,
    getIssuer,
    setBilling,
    issue: issueInvoice,
    issueDue: issueDueInvoices,
    credit: creditInvoice,
    get: getInvoice,
    list: listInvoices,
    pdf: getInvoicePdf,
  },
  tickets: {
    get: getTicket,
    list: listTickets,
    code: getTicketCode,
    setAttendee,
    reissue: reissueTicket,
    custody: getCustody,
    void: voidTicket,
    revocations: listRevocations,
    numberRevocations,
    setCodePolicy,
    getCodePolicy,
  },
  documents: {
    qr: getTicketQr,
    pdf: getTicketPdf,
    calendar: getTicketCalendar,
    appleWallet: getApplePass,
    googleWallet: getGooglePass,
    letters: composeLetters,
  },
  transfers: {
    setPolicy: setTransferPolicy,
    getPolicy: getTransferPolicy,
    offer: offerTransfer,
    accept: acceptTransferOffer,
    decline: declineTransfer,
    cancel: cancelTransfer,
    get: getTransfer,
    list: listTransfers,
    expire: expireTransfers,
  },
  checkinLists: {
    create: createCheckinList,
    update: updateCheckinList,
    get: getCheckinList,
    list: listCheckinLists,
    archive: archiveCheckinList,
  },
  checkin: {
    scan: scanTicket,
    list: listScans,
    undo: undoScan,
    attendance: readAttendance,
    bundle: bundleForDoor,
    merge: mergeLog,
  },
  resale: {
    setPolicy: setResalePolicy,
    getPolicy: getResalePolicy,
    list: listTicket,
    withdraw,
    reserve: reserveListing,
    buy: buyListing,
    get: getListing,
    browse: browseListings,
    presets: listPresets,
    terms: getResaleTerms,
    listGroup,
    setPrice: setListingPrice,
    return: returnTicket,
    statistics: getResaleStatistics,
    expire: expireListings,
    settle: settleListings,
  },
  waitlist: {
    setPolicy: setWaitlistPolicy,
    getPolicy: getWaitlistPolicy,
    join: joinWaitlist,
    get: getEntry,
    list: listEntries,
    leave: leaveWaitlist,
    setPriority,
    offer: offerTickets,
    getOffer,
    claim: claimOffer,
    decline: declineOffer,
    statistics: getWaitlistStatistics,
    due: listWaitlists,
    offerDue,
  },
  ledger: {
    balances: getBalances,
    statement: getStatement,
    sellerStatement: getSellerStatement,
    export: exportLedger,
    verify: verifyLedger,
  },
  payouts: {
    create: createPayout,
    settle: settlePayout,
    fail: failPayout,
    cancel: cancelPayout,
    get: getPayout,
    list: listPayouts,
  },
  outbox: {
    list: listOutbox,
    number: numberOutbox,
    read: readFeed,
    dispatch: dispatchOutbox,
    claim: claimFeed,
    record: recordFeed,
    subscribers: listSubscribers,
    failures: listFailures,
    retryParked,
    sweep: sweepOutbox,
  },
  webhooks: {
    createEndpoint,
    get: getEndpoint,
    list: listEndpoints,
    update: updateEndpoint,
    remove: removeEndpoint,
    rotateSecret,
    sendTest,
    prepareTest,
    replay: replayWebhooks,
    enqueueAgain,
    deliveries: listDeliveries,
    retry: retryDelivery,
    enqueue: enqueueWebhooks,
    deliver: deliverWebhooks,
    claim: claimWebhooks,
    record: recordDeliveries,
  },
  audit: { list: listAudit },
  idempotency: { sweep: sweepAnswers },
  doctor: { check: checkRecords },
} as const;

export type Operations = typeof operations;

/** `events.create` and all its like. */
export type OperationName = {
  [Group in keyof Operations]: `${Group}.${keyof Operations[Group] & string}`;
}[keyof Operations];

/** Every operation by its name, in the registry's order. */
export const operationsByName: ReadonlyMap<string, AnyOperation> = new Map(
  Object.values(operations)
    .flatMap((group): AnyOperation[] => Object.values(group))
    .map((operation) => [operation.name, operation]),
);
