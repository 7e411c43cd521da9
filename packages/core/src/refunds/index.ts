export { giveBack, lockTicketsOf } from './give-back.ts';
export { refundRefusals } from './operations/record.ts';
export { OrderRefund, type OrderRefundRecord } from './order-refund.ts';
export { type RefundPolicyRecord, RefundPolicyShown } from './policy.ts';
export { refundSeller } from './refund-seller.ts';
export {
  incompleteGroup,
  nothingToRefund,
  notRefundable,
  orderNotPaid,
  refundAbovePaid,
  refundNotAllowed,
} from './refusals.ts';
export { RefundOutcome, type RefundOutcomeRecord, type RefundRunRecord } from './run.ts';
export { RefundShown, shownRefunds } from './shown.ts';
export { startRun } from './start-run.ts';
export type { OutcomeCount, RefundDrift, RefundReads, RefundWrites } from './store.ts';
export { permittedWish } from './terms.ts';
