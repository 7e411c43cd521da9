export { Discrepancy, type DiscrepancyRecord } from './discrepancy.ts';
export { sendBack } from './effects.ts';
export { manualProvider } from './manual.ts';
export { payOrder, payWith } from './operations/pay.ts';
export type { PaymentRecord } from './payment.ts';
export type {
  ListedPayments,
  ListRequest,
  PaymentName,
  PaymentProvider,
  PaymentProviders,
  PaymentRequest,
  PaymentResult,
  ProviderMessage,
  RefundName,
  RefundRequest,
  RefundResult,
  WebhookReading,
  WebhookRequest,
} from './provider.ts';
export type { RefundRecord } from './refund.ts';
export {
  discrepancyResolved,
  notEnoughTendered,
  notManual,
  providerUnreachable,
  webhookNotVerified,
  webhooksNotRead,
} from './refusals.ts';
export { keptPayment, requestRefund } from './request-refund.ts';
export { Payment, Refund, refundResource } from './resource.ts';
export { sandboxProvider } from './sandbox/provider.ts';
export { SANDBOX_METHODS, SANDBOX_REFUNDS } from './sandbox/reference.ts';
export { sandboxWebhook } from './sandbox/webhook.ts';
export type {
  PaymentPlace,
  PaymentReads,
  PaymentWrites,
  ProviderMessageRecord,
  SettledPayments,
  StrandedMoney,
  UnsettledPayments,
} from './store.ts';
