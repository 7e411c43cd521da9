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
 * Checks texts that doors have judged already, by their signatures: neither a policy nor a door
 * key that changed since makes a visit undone, and a key only if it was revoked by then.
 */
export async function readJudgedCodes(
  { tx }: Pick<ReadContext, 'tx'>,
  organizerId: string,
  texts: readonly ShownText[],
): Promise<SignedCheck[]> {
  const keys = await tx.organizers.signingKeys.ofOrganizer(organizerId);
  return Promise.all(texts.map(({ code, at }) => checkSignedCode(code, { keys, at })));
}

/** What ties a scan id to its code, without keeping the code. */
export function digestOf(code: string): string {
  return createHash('sha256').update(code.trim()).digest('base64url');
}
