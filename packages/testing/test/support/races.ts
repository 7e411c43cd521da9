import { cancelledOnSale, releaseOrPlace } from './races-of-events.ts';
import { lateOrSpent, oneCardRefund, oneGiftCard } from './races-of-gift-cards.ts';
import {
  blockOrHold,
  buyersLimit,
  changeOrHold,
  extendOrTakeBack,
  limitAtPlacing,
  limitInAll,
  oneExtension,
} from './races-of-inventory.ts';
import {
  lastUnits,
  lastUse,
  oneKey,
  oneListing,
  oneOrder,
  onePayment,
  oneRefund,
  oneResale,
  twoGates,
} from './races-of-one.ts';
import { bestSeats, cancelledSeats, oneSeat } from './races-of-seats.ts';
import { movedOrChosen, movedOrHeld, movedOrNamed } from './races-of-series.ts';
import { cancelOrPay, lateOrResold, scanOrBuy, twoOwners, withdrawOrBuy } from './races-of-two.ts';

/** Races of which only the guards decide, with no unique key behind them. */
export const guardedRaces = [
  lastUnits,
  lastUse,
  oneListing,
  twoGates,
  oneKey,
  buyersLimit,
  limitAtPlacing,
  limitInAll,
  blockOrHold,
  changeOrHold,
  oneGiftCard,
  oneCardRefund,
  lateOrSpent,
];

export const races = [
  oneSeat,
  bestSeats,
  lastUnits,
  lastUse,
  oneListing,
  oneResale,
  twoGates,
  oneKey,
  oneOrder,
  onePayment,
  oneRefund,
  oneGiftCard,
  oneCardRefund,
  lateOrSpent,
  withdrawOrBuy,
  scanOrBuy,
  lateOrResold,
  cancelOrPay,
  twoOwners,
  releaseOrPlace,
  cancelledOnSale,
  cancelledSeats,
  movedOrHeld,
  movedOrChosen,
  movedOrNamed,
  buyersLimit,
  limitAtPlacing,
  limitInAll,
  blockOrHold,
  changeOrHold,
  oneExtension,
  extendOrTakeBack,
];
