import {
  amountTooLarge,
  buyerNotVouched,
  codeMinimum,
  codeNotValid,
  codesNotCombinable,
  parentMissing,
  priceNotAllowed,
  taxIdNotValid,
  taxPlaceMissing,
  unknownTicketType,
} from '../pricing/index.ts';

/** What whoever asks for a price may be told instead. */
export const pricingRefusals = [
  unknownTicketType,
  priceNotAllowed,
  parentMissing,
  codeNotValid,
  codeMinimum,
  codesNotCombinable,
  taxPlaceMissing,
  taxIdNotValid,
  buyerNotVouched,
  amountTooLarge,
] as const;
