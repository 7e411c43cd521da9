export { claimCredit, grantCredit } from './claim.ts';
export { refundableOfAll } from './credit.ts';
export { GiftCard, GiftCardCodes, type GiftCardRecord } from './gift-card.ts';
export { giveBackToCards, lockPaidUses } from './give-back.ts';
export { announceGiftCard, makeGiftCard } from './make.ts';
export { giftCardNotValid, refundAboveCredit } from './refusals.ts';
export { releaseCredit } from './release.ts';
export { keepCredit, secureCredit } from './secure.ts';
export type {
  CreditDecision,
  GiftCardDrift,
  GiftCardReads,
  GiftCardWrites,
  UseRefund,
} from './store.ts';
export {
  type CardAmount,
  type GiftCardRefundRecord,
  type GiftCardUseRecord,
  type OrderCredit,
  OrderCreditShown,
} from './use.ts';
