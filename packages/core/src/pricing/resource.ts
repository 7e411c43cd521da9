import type * as z from 'zod';
import type { Code, CodeRecord } from './code.ts';
import type { AutomaticDiscount, DiscountRecord } from './discount.ts';
import type { Fee, FeeRecord } from './fee.ts';
import type { Tax, TaxRecord } from './tax.ts';

export function codeResource(
  code: CodeRecord,
  currency: string,
  uses: { maxUses: number | null; used: number },
): z.output<typeof Code> {
  return {
    id: code.id,
    eventId: code.eventId,
    code: code.code,
    currency,
    maxUses: uses.maxUses,
    used: uses.used,
    validFrom: code.validFrom,
    validUntil: code.validUntil,
    ticketTypeIds: copied(code.ticketTypeIds),
    state: code.state,
    createdAt: code.createdAt,
    discount: code.discount,
    unlocks: copied(code.unlocks),
    maxTickets: code.maxTickets,
    maxPerBuyer: code.maxPerBuyer,
    minTickets: code.minTickets,
    minValue: code.minValue,
    stacking: code.stacking,
    reserve: code.reserve,
    batch: code.batch,
  };
}

export function feeResource(fee: FeeRecord, currency: string): z.output<typeof Fee> {
  const { organizerId: _organizerId, revision: _revision, ticketTypeIds, ...terms } = fee;
  return { ...terms, currency, ticketTypeIds: copied(ticketTypeIds) };
}

export function discountResource(
  discount: DiscountRecord,
  currency: string,
): z.output<typeof AutomaticDiscount> {
  const { organizerId: _organizerId, revision: _revision, ticketTypeIds, ...terms } = discount;
  return { ...terms, currency, ticketTypeIds: copied(ticketTypeIds) };
}

export function taxResource({ revision: _revision, ...tax }: TaxRecord): z.output<typeof Tax> {
  return tax;
}

function copied(ids: readonly string[] | null): string[] | null {
  return ids === null ? null : [...ids];
}
