import type { Chance } from './chance.ts';

/**
 * What may go wrong, once, in the course of a step:
 * - `read_fails`, `begin_fails`: the database cannot be reached
 * - `statement_fails`: the connection breaks in the middle of a transaction
 * - `conflict`: another transaction was there first, so the storage runs it again
 * - `commit_undone`, `commit_unheard`: the connection breaks while it commits;
 *   the work is not there, or it is
 * - `dies_...`: the process is gone, with all that it had under way
 * - `provider_...`: the provider does not answer; it has acted, or it has not
 */
const FAULTS = [
  'read_fails',
  'begin_fails',
  'statement_fails',
  'conflict',
  'commit_undone',
  'commit_unheard',
  'dies_in_transaction',
  'dies_after_commit',
  'provider_unreached',
  'provider_unheard',
  'dies_before_provider',
  'dies_after_provider',
] as const;
export type FaultKind = (typeof FAULTS)[number];

/** Where a fault may strike. */
export type Occasion = 'read' | 'write' | 'provider';

export interface Fault {
  readonly kind: FaultKind;
  readonly occasion: Occasion;
  /** Occasions that pass before it strikes. */
  readonly after: number;
  /** For those inside a transaction: how many calls of the storage go well. */
  readonly calls: number;
}

const MOST_CALLS = 24;

export function drawFault(chance: Chance, occasions: readonly Occasion[]): Fault {
  const possible = FAULTS.filter((fault) => occasions.includes(occasionOf(fault)));
  const kind = chance.pick(possible) ?? 'conflict';
  return {
    kind,
    occasion: occasionOf(kind),
    after: chance.percent(60) ? 0 : chance.below(3),
    calls: chance.below(MOST_CALLS),
  };
}

function occasionOf(kind: FaultKind): Occasion {
  if (kind === 'read_fails') return 'read';
  return kind.includes('provider') ? 'provider' : 'write';
}

/** The fault of a step, until it has struck. */
export interface Danger {
  /** The fault, if it strikes at this occasion. */
  strikes(occasion: Occasion): Fault | undefined;
  /** What struck since it was set. */
  struck(): FaultKind | undefined;
  set(fault: Fault | undefined): void;
}

export function createDanger(): Danger {
  let armed: Fault | undefined;
  let left = 0;
  let struck: FaultKind | undefined;
  return {
    strikes(occasion) {
      if (armed?.occasion !== occasion) return undefined;
      if (left > 0) {
        left -= 1;
        return undefined;
      }
      const fault = armed;
      armed = undefined;
      struck = fault.kind;
      return fault;
    },
    struck: () => struck,
    set(fault) {
      armed = fault;
      left = fault?.after ?? 0;
      struck = undefined;
    },
  };
}
