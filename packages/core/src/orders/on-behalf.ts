import * as z from 'zod';
import { EventId } from '../events/index.ts';
import {
  Codes,
  createHold,
  type Hold,
  HoldItem,
  holdExpired,
  holdNotActive,
  limitExceeded,
  notOnSale,
  pricingRefusals,
  releaseHold,
  seatRefusals,
  soldOut,
} from '../inventory/index.ts';
import { isRefusal, system, type WorkflowContext } from '../kernel/index.ts';
import { answersNotValid } from '../questions/index.ts';
import { SeatPreferences } from '../seating/index.ts';
import { said } from './place-input.ts';

/** What a member orders for somebody else, in one call. */
export const onBehalf = {
  eventId: EventId,
  items: z.array(HoldItem).min(1).max(50),
  codes: Codes.default([]),
  seating: SeatPreferences.optional(),
  ...said,
};

/** What may stand in the way of it. */
export const onBehalfRefusals = [
  soldOut,
  notOnSale,
  limitExceeded,
  ...pricingRefusals,
  ...seatRefusals,
  holdExpired,
  holdNotActive,
  answersNotValid,
];

/**
 * Holds places by the system, so that they count as the buyer's and not as the member's own,
 * and orders them. Places that come to no order are given back at once, unless the caller has
 * a key: its repeat goes on with this hold.
 */
export async function orderOnBehalf<Ordered>(
  { call, callAsSystem, keyed }: WorkflowContext,
  wanted: z.input<typeof createHold.input>,
  order: (hold: Hold) => Promise<Ordered>,
): Promise<Ordered> {
  const hold = await call(createHold, wanted, system);
  const giveBack = async () => {
    if (!keyed) await callAsSystem(releaseHold, { holdId: hold.id }).catch(() => undefined);
  };
  const ordered = await order(hold).catch(async (error: unknown) => {
    await giveBack();
    throw error;
  });
  if (isRefusal(ordered)) await giveBack();
  return ordered;
}
