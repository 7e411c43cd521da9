import * as z from 'zod';
import { EventId } from '../events/index.ts';
import { Instant, InstantInput } from '../kernel/index.ts';
import { CheckinListId } from './checkin-list.ts';
import { Direction, Scan, ScanReason } from './scan.ts';

const DeviceId = z.string().regex(/^[^/\0]{1,60}$/, {
  error: 'A device has a name of 1 to 60 characters, without a slash.',
});

export const LogEntryInput = z
  .strictObject({
    scanId: z.string().min(1).max(60).meta({ description: 'The device’s own id of the scan.' }),
    code: z.string().min(1).max(2000),
    direction: Direction.default('entry'),
    gate: z.string().trim().min(1).max(100).nullable().default(null),
    at: InstantInput.meta({ description: 'By the device’s clock.' }),
    admitted: z.boolean().meta({ description: 'What the door showed.' }),
    reason: ScanReason.nullable().default(null),
    why: z.string().max(500).nullable().default(null),
  })
  .refine(({ admitted, reason }) => admitted === (reason === null), {
    error: 'A scan is admitted, or has a reason.',
    path: ['reason'],
  });
export type LogEntryInput = z.output<typeof LogEntryInput>;

/** The log of a device: what `createDoor(...).log()` gives. */
export const MergeInput = z.strictObject({
  version: z.literal(1).default(1),
  eventId: EventId,
  listId: CheckinListId.nullable().default(null),
  deviceId: DeviceId,
  entries: z.array(LogEntryInput).max(1000).meta({
    description: 'Up to 1000 at a time; in any order, and as often as you like.',
  }),
});

export const Merged = z
  .object({
    eventId: EventId,
    listId: CheckinListId.nullable(),
    deviceId: z.string(),
    at: Instant,
    added: z.int().meta({ description: 'Scans that were not known yet.' }),
    repeated: z.int().meta({ description: 'Scans that were known already; they changed nothing.' }),
    clashing: z.array(z.string()).meta({
      description:
        'Ids of scans that the device gave to another code before, or whose answer by the server was another one than the door’s: they are left out, and somebody should look at them.',
    }),
    ahead: z.array(z.string()).meta({
      description: 'Ids of scans of the future: the clock of the device is wrong.',
    }),
    behind: z.array(z.string()).meta({
      description:
        'Ids of scans of a time at which there was no such ticket yet: the clock of the device is wrong.',
    }),
    doubles: z.array(Scan).meta({
      description:
        'Scans of the places in this log, by any door, that let in once too often: what the door showed did not count.',
    }),
    findings: z.array(Scan).meta({
      description: 'The same for other reasons, such as a code that was revoked.',
    }),
  })
  .meta({ id: 'CheckinMerge', description: 'What became of the log of a device.' });
export type Merged = z.output<typeof Merged>;

/** What is told of a merge: of scans their ids, of people nothing. */
export const MergeFact = Merged.omit({ doubles: true, findings: true })
  .extend({ doubles: z.array(z.string()), findings: z.array(z.string()) })
  .meta({ id: 'CheckinMergeFact', description: 'What became of the log of a device, by ids.' });

const DOUBLE: ReadonlySet<ScanReason | null> = new Set([
  'already_in',
  'entries_used',
  'no_reentry',
]);

/** Whether a door let in somebody once too often. */
export function isDouble({ finding, direction }: Pick<Scan, 'finding' | 'direction'>): boolean {
  return direction === 'entry' && DOUBLE.has(finding);
}
