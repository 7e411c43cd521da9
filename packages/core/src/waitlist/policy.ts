import * as z from 'zod';
import { idOf } from '../kernel/index.ts';

const Priority = z.int().min(-1000).max(1000);

/** The rules of an event's waitlist, as data. */
export const WaitlistTerms = z.strictObject({
  open: z.boolean().default(true).meta({
    description: 'Whether anybody may join. Who waits already is served all the same.',
  }),
  offerMinutes: z.int().min(5).max(20_160).default(720).meta({
    description: 'How long an offer stands, in minutes; never after its session has begun.',
  }),
  maxQuantity: z.int().min(1).max(100).default(10).meta({
    description: 'Most tickets that one entry may ask for.',
  }),
  misses: z.int().min(1).max(10).default(1).meta({
    description:
      'Offers that somebody may let pass, or decline, before the entry ends. Until then it goes on, behind those of its priority.',
  }),
  priorities: z
    .array(z.strictObject({ attribute: z.string().min(1).max(100), priority: Priority }))
    .max(20)
    .default([])
    .meta({
      description:
        'The priority of signed-in users of whom the host vouches for an attribute, as `member`; the highest counts.',
    }),
});
export type WaitlistTerms = z.output<typeof WaitlistTerms>;

export const WaitlistPolicy = WaitlistTerms.extend({ eventId: idOf('evt') })
  .strip()
  .meta({ id: 'WaitlistPolicy', description: 'The rules of an event’s waitlist.' });
export type WaitlistPolicy = z.output<typeof WaitlistPolicy>;

export { Priority as WaitlistPriority };

export interface WaitlistPolicyRecord {
  /** The event's id. */
  readonly id: string;
  readonly organizerId: string;
  readonly terms: WaitlistTerms;
  readonly revision: number;
}

/** Of an event that has set none: nobody can join. */
export const noWaitlist: WaitlistTerms = WaitlistTerms.parse({ open: false });

/** The priority with which somebody joins: 0, or the highest that the rules give them. */
export function priorityOf(
  { priorities }: WaitlistTerms,
  attributes: readonly string[] = [],
): number {
  const own = priorities.filter(({ attribute }) => attributes.includes(attribute));
  return own.length === 0 ? 0 : Math.max(...own.map(({ priority }) => priority));
}
