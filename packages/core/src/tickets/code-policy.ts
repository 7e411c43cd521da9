import { createHmac } from 'node:crypto';
import * as z from 'zod';
import type { ReadContext, Secrets } from '../kernel/index.ts';
import { statedOf } from './code.ts';
import { secretMessage } from './rotating.ts';

/** How the codes of an event's tickets behave. An event without one has codes that stay the same. */
export interface CodePolicyRecord {
  /** The event's. */
  readonly id: string;
  readonly organizerId: string;
  readonly rotating: boolean;
  /** Counts the door keys of the event. */
  readonly doorKeyNumber: number;
  readonly revision: number;
}

export const CodePolicy = z
  .object({
    eventId: z.string(),
    rotating: z.boolean().meta({
      description: 'Whether doors admit only codes that change every 15 seconds.',
    }),
    doorKeyNumber: z.int().meta({ description: 'Counts the door keys of the event.' }),
  })
  .meta({ id: 'CodePolicy', description: 'How the codes of an event’s tickets behave.' });

export function codePolicyResource({
  id,
  rotating,
  doorKeyNumber,
}: Pick<CodePolicyRecord, 'id' | 'rotating' | 'doorKeyNumber'>): z.output<typeof CodePolicy> {
  return { eventId: id, rotating, doorKeyNumber };
}

/** What doors know of the codes of an event. */
export interface DoorRules {
  /** Codes that stay the same are refused. */
  readonly rotating: boolean;
  /** 24 bytes in base64url: whoever has it can make the rotating part of every ticket. */
  readonly doorKey: string;
}

/** What the doors of an event go by, now. */
export async function doorRulesOf(
  { tx, secrets }: Pick<ReadContext, 'tx' | 'secrets'>,
  eventId: string,
): Promise<DoorRules> {
  const policy = (await tx.tickets.codePolicies.find(eventId)) ?? unset(eventId);
  return { rotating: policy.rotating, doorKey: doorKeyOf(secrets, policy) };
}

/** The policy of an event for which nobody has set one. */
export function unset(eventId: string) {
  return { id: eventId, rotating: false, doorKeyNumber: 1 };
}

/**
 * Derived and stored nowhere, as codes are (docs/decisions/0005). It stays when the
 * secret of the installation changes, since applications keep what is made of it.
 */
function doorKeyOf(
  secrets: Secrets,
  { id, doorKeyNumber }: Pick<CodePolicyRecord, 'id' | 'doorKeyNumber'>,
): string {
  return secrets.lastingToken('door-key', `${id}:${doorKeyNumber}`);
}

/** What the application of a ticket's holder makes its rotating codes with. */
export function ticketSecretOf(doorKey: string, ticket: { id: string; issue: number }): Uint8Array {
  return hmac(Buffer.from(doorKey, 'base64url'), secretMessage(statedOf(ticket)));
}

export function hmac(key: Uint8Array, message: Uint8Array): Uint8Array {
  return createHmac('sha256', key).update(message).digest();
}
