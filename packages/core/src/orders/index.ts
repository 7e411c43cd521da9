export { buyerOfOrder, membersOfOrder } from './access.ts';
export type { AccessRequestRecord } from './access-request.ts';
export { Address, Billing, Country } from './billing.ts';
export { cancelOrdersOfEvent } from './cancel-event.ts';
export { canFulfil, fulfilOrder } from './fulfil.ts';
export type { OrderNoteRecord } from './note.ts';
export { onBehalf, onBehalfRefusals, orderOnBehalf } from './on-behalf.ts';
export { placeOrder } from './operations/place.ts';
export {
  amountDue,
  Buyer,
  Order,
  OrderId,
  type OrderRecord,
  plainOrder,
  refundStateOf,
} from './order.ts';
export { membersOnly, orderNotPending, unknownProvider } from './refusals.ts';
export { orderResource } from './resource.ts';
export type { OrderReads, OrderWrites } from './store.ts';
export { stateAt } from './transitions.ts';
