import { cancelledOnSale, releaseOrPlace } from './races-of-events.ts';
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
import { cancelOrPay, lateOrResold, scanOrBuy, twoOwners, withdrawOrBuy } from './races-of-two.ts';

/** Races of which only the guards decide, with no unique key behind them. */
export const guardedRaces = [lastUnits, lastUse, oneListing, twoGates, oneKey];

export const races = [
  lastUnits,
  lastUse,
  oneListing,
  oneResale,
  twoGates,
  oneKey,
  oneOrder,
  onePayment,
  oneRefund,
  withdrawOrBuy,
  scanOrBuy,
  lateOrResold,
  cancelOrPay,
  twoOwners,
  releaseOrPlace,
  cancelledOnSale,
];
