import type { Refusal } from '../kernel/index.ts';
import type { ResaleTerms } from './policy.ts';
import { resaleLimitExceeded } from './refusals.ts';

/** What a seller has at an event already: tickets that are for sale, and those that were sold. */
export interface Listed {
  readonly open: number;
  readonly sold: number;
}

/** Why a seller who has listed so much may not list these too; undefined: they may. */
export function beyondLimits(
  facts: readonly { readonly terms: ResaleTerms }[],
  { open, sold }: Listed,
): Refusal<'resale_limit_exceeded'> | undefined {
  for (const {
    terms: { maxOpen, maxInAll },
  } of facts) {
    if (maxOpen !== null && open + facts.length > maxOpen) {
      return resaleLimitExceeded({ limit: 'open', max: maxOpen, listed: open });
    }
    if (maxInAll !== null && open + sold + facts.length > maxInAll) {
      return resaleLimitExceeded({ limit: 'in_all', max: maxInAll, listed: open + sold });
    }
  }
  return undefined;
}
