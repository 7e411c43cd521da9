import { createHash } from 'node:crypto';
import type { EventRecord } from '../events/index.ts';
import type { ReadContext } from '../kernel/index.ts';
import {
  type CheckedCode,
  checkSignedCode,
  checkTicketCode,
  doorRulesOf,
  type SignedCheck,
} from '../tickets/index.ts';

/** A text that was shown, and when: codes that rotate are good for some seconds. */
export interface ShownText {
  readonly code: string;
  readonly at: string;
}

/** Checks texts with the keys and the code policy of an event, each as of its own instant. */
export async function readCodes(
  context: Pick<ReadContext, 'tx' | 'secrets'>,
  { id, organizerId }: Pick<EventRecord, 'id' | 'organizerId'>,
  texts: readonly ShownText[],
): Promise<CheckedCode[]> {
  const [keys, rules] = await Promise.all([
    context.tx.organizers.signingKeys.ofOrganizer(organizerId),
    doorRulesOf(context, id),
  ]);
  return Promise.all(texts.map(({ code, at }) => checkTicketCode(code, { keys, rules, now: at })));
}

/**
 * Checks codes that doors have judged already, by their signatures: neither a policy nor a door
 * key that changed since makes a visit undone.
 */
export async function readJudgedCodes<Entry extends { readonly entry: { readonly code: string } }>(
  { tx }: Pick<ReadContext, 'tx'>,
  organizerId: string,
  log: readonly Entry[],
): Promise<(Entry & { readonly read: SignedCheck })[]> {
  const keys = await tx.organizers.signingKeys.ofOrganizer(organizerId);
  return Promise.all(
    log.map(async (one) => ({ ...one, read: await checkSignedCode(one.entry.code, keys) })),
  );
}

/** What ties a scan id to its code, without keeping the code. */
export function digestOf(code: string): string {
  return createHash('sha256').update(code.trim()).digest('base64url');
}
