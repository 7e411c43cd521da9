import { createHash } from 'node:crypto';
import type { EventRecord } from '../events/index.ts';
import type { ReadContext } from '../kernel/index.ts';
import { type CheckedCode, checkTicketCode, doorRulesOf } from '../tickets/index.ts';

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

/** What ties a scan id to its code, without keeping the code. */
export function digestOf(code: string): string {
  return createHash('sha256').update(code.trim()).digest('base64url');
}
