export { sendBack } from './effects.ts';
export { manualProvider } from './manual.ts';
export { payOrder, payWith } from './operations/pay.ts';
export type { PaymentRecord, RefundRecord } from './payment.ts';
export type {
  PaymentProvider,
  PaymentProviders,
  PaymentRequest,
  PaymentResult,
  RefundRequest,
  RefundResult,
} from './provider.ts';
export { notEnoughTendered, notManual, providerUnreachable } from './refusals.ts';
export { keptPayment, requestRefund } from './request-refund.ts';
export { Refund, refundResource } from './resource.ts';
export { SANDBOX_METHODS, sandboxProvider } from './sandbox.ts';
export type {
  PaymentPlace,
  PaymentReads,
  PaymentWrites,
  StrandedMoney,
  UnsettledPayments,
} from './store.ts';
