import { createVerifier, type Revocation } from '@ticketi/core/verify';
import type { RevocationDelta } from './world.ts';

/** A device that asks now and then which codes were revoked, a few at a time. */
export interface Listener {
  /** What it asks with next. */
  ask: { readonly after: number; readonly unnumberedAfter?: string | null };
  /** What it was told, by ticket. */
  readonly known: Map<string, Revocation>;
  hear(delta: RevocationDelta): void;
  /** What it was told that cannot be so. */
  readonly wrong: string[];
}

export function createListener(first: readonly Revocation[] = []): Listener {
  const known = new Map(first.map((revocation) => [revocation.ticketId, revocation]));
  const wrong: string[] = [];
  const verifier = createVerifier({ keys: { keys: [] }, revocations: first });
  const listener: Listener = {
    ask: { after: verifier.sequence },
    known,
    wrong,
    hear({ items, sequence, next }) {
      try {
        verifier.revoke(items);
      } catch (error) {
        wrong.push(String(error));
      }
      if (verifier.sequence !== sequence) {
        wrong.push(`was told that it has all up to ${sequence}, has ${verifier.sequence}`);
      }
      for (const item of items) {
        const before = known.get(item.ticketId)?.sequence ?? null;
        if (before !== null && before !== item.sequence) {
          wrong.push(`${item.ticketId} was ${before}, is ${item.sequence}`);
        }
        known.set(item.ticketId, item);
      }
      listener.ask = next ?? { after: sequence };
    },
  };
  return listener;
}
