import type * as z from 'zod';
import type { Code, CodeRecord } from './code.ts';
import type { Fee, FeeRecord } from './fee.ts';

export function codeResource(
  code: CodeRecord,
  currency: string,
  uses: { maxUses: number | null; used: number },
): z.output<typeof Code> {
  return {
    id: code.id,
    eventId: code.eventId,
    code: code.code,
    discount: code.discount,
    currency,
    maxUses: uses.maxUses,
    used: uses.used,
    validFrom: code.validFrom,
    validUntil: code.validUntil,
    ticketTypeIds: code.ticketTypeIds === null ? null : [...code.ticketTypeIds],
    state: code.state,
    createdAt: code.createdAt,
  };
}

export function feeResource(fee: FeeRecord, currency: string): z.output<typeof Fee> {
  const { id, eventId, name, percent, fixed, per, mode } = fee;
  return { id, eventId, name, percent, fixed, currency, per, mode };
}
