export { buyerOfOrder, membersOfOrder } from './access.ts';
export { cancelOrdersOfEvent } from './cancel-event.ts';
export { canFulfil, fulfilOrder } from './fulfil.ts';
export { placeOrder } from './operations/place.ts';
export { amountDue, Buyer, Order, OrderId, type OrderRecord, refundStateOf } from './order.ts';
export { orderNotPending, unknownProvider } from './refusals.ts';
export { orderResource } from './resource.ts';
export type { OrderReads, OrderWrites } from './store.ts';
export { stateAt } from './transitions.ts';
