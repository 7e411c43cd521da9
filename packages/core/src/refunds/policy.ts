import * as z from 'zod';
import { TimeInput } from '../events/index.ts';
import {
  Amount,
  type Instant,
  Instant as InstantShown,
  idOf,
  Percent,
  plusMinutes,
} from '../kernel/index.ts';

/** `48h before start`, `7d before start`, `0h before start`. */
const BEFORE_START = /^(\d{1,5})(h|d) before start$/;

/** No more than 100 %. */
const UP_TO_ALL = /^(100(\.0+)?|\d{1,2}(\.\d+)?)$/;

/** Until when a step of a policy holds. */
const Until = z.union([
  TimeInput,
  z.string().regex(BEFORE_START, { error: 'Expected a time, or such as 48h before start.' }),
]);

const Step = z.strictObject({
  until: Until.meta({
    description:
      'A time, local in the event’s time zone, or `48h before start`, `7d before start` of the tickets’ first session.',
    examples: ['48h before start'],
  }),
  percent: Percent.regex(UP_TO_ALL, { error: 'Expected a percentage up to 100.' }).meta({
    description: 'What is given back until then, in percent.',
  }),
});

/** What buyers may give back by themselves, as data. */
export const RefundTerms = z.strictObject({
  selfService: z
    .boolean()
    .default(true)
    .meta({ description: 'Whether buyers refund their own orders.' }),
  steps: z
    .array(Step)
    .max(20)
    .default([{ until: '0h before start', percent: '100' }])
    .meta({
      description: 'The first step whose time is not over counts; after all of them nothing.',
    }),
  feesKept: z.boolean().default(true).meta({
    description: 'Whether fees, with the tax on them, stay paid.',
  }),
  minimum: Amount.default(0).meta({
    description: 'A refund that comes to less, in minor units, is not given.',
  }),
  to: z.enum(['original', 'credit', 'either']).default('either').meta({
    description: 'Where buyers may have it: as it was paid, as a gift card, or as they like.',
  }),
});
export type RefundTerms = z.output<typeof RefundTerms>;

export const RefundPolicyShown = RefundTerms.extend({
  eventId: idOf('evt'),
  since: InstantShown.nullable().meta({
    description:
      'When it was set: orders keep the one that they were bought under. Null: there is none.',
  }),
})
  .strip()
  .meta({ id: 'RefundPolicy', description: 'What buyers may give back by themselves.' });

/** Append-only: a policy that is set does not change the ones before it. */
export interface RefundPolicyRecord {
  readonly id: string;
  readonly organizerId: string;
  readonly eventId: string;
  readonly terms: RefundTerms;
  /** The instants of its steps, null where it depends on when the tickets’ session starts. */
  readonly instants: readonly (Instant | null)[];
  readonly createdAt: string;
}

/**
 * The policy that an order was bought under: the newest that was set before it; of an
 * order that is older than all of them, the first. Undefined: the event has none.
 */
export function policyOf(
  policies: readonly RefundPolicyRecord[],
  order: { readonly createdAt: Instant },
): RefundPolicyRecord | undefined {
  return policies.findLast(({ createdAt }) => createdAt <= order.createdAt) ?? policies[0];
}

/** When a step ends. `startsAt`: the start of the first session of what goes back; null: the event has none. */
function endOf(until: string, instant: Instant | null, startsAt: Instant | null): Instant | null {
  if (instant !== null) return instant;
  const [, count = '0', unit] = BEFORE_START.exec(until) ?? [];
  if (startsAt === null) return null;
  return plusMinutes(startsAt, -Number(count) * (unit === 'd' ? 24 * 60 : 60));
}

/** What a policy gives back at an instant. */
export interface Granted {
  readonly percent: string;
  /** The end of its last step: from then on nothing is given back. Null: it has no end yet. */
  readonly until: Instant | null;
}

/** The percent that counts now: that of the first step, by time, which is not over. */
export function grantedAt(
  { terms, instants }: Pick<RefundPolicyRecord, 'terms' | 'instants'>,
  startsAt: Instant | null,
  now: Instant,
): Granted {
  const steps = terms.steps
    .map(({ until, percent }, at) => ({
      percent,
      // Without any session there is nothing yet that it could end before.
      end: endOf(until, instants[at] ?? null, startsAt) ?? '9999-12-31T23:59:59.999Z',
    }))
    .sort((a, b) => (a.end < b.end ? -1 : a.end > b.end ? 1 : 0));
  const current = steps.find(({ end }) => now < end);
  return { percent: current?.percent ?? '0', until: steps.at(-1)?.end ?? null };
}

/** Whether a step's time is written as hours or days before the start. */
export function isBeforeStart(until: string): boolean {
  return BEFORE_START.test(until);
}

/** Where no policy was set, nothing is given back without a member. */
const noPolicy: RefundTerms = {
  selfService: false,
  steps: [],
  feesKept: true,
  minimum: 0,
  to: 'either',
};

export function policyResource(
  eventId: string,
  policy: Pick<RefundPolicyRecord, 'terms' | 'createdAt'> | undefined,
): z.output<typeof RefundPolicyShown> {
  return { eventId, ...(policy?.terms ?? noPolicy), since: policy?.createdAt ?? null };
}
