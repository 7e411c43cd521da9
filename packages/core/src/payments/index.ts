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
export { notManual, providerUnreachable } from './refusals.ts';
export { Payment, Refund } from './resource.ts';
export { SANDBOX_METHODS, sandboxProvider } from './sandbox.ts';
export type {
  PaymentPlace,
  PaymentReads,
  PaymentWrites,
  StrandedMoney,
  UnsettledPayments,
} from './store.ts';
