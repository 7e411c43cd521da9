import * as z from 'zod';
import { Instant, idOf } from '../kernel/index.ts';
import { CheckinListId } from './checkin-list.ts';

export const ScanReason = z
  .enum([
    'unknown_code',
    'bad_signature',
    'key_revoked',
    'rotating_code_required',
    'code_expired',
    'wrong_event',
    'revoked',
    'event_cancelled',
    'wrong_list',
    'wrong_gate',
    'wrong_session',
    'too_early',
    'too_late',
    'already_in',
    'entries_used',
    'no_reentry',
    'not_inside',
    'resale_in_progress',
  ])
  .meta({ id: 'ScanReason' });
export type ScanReason = z.output<typeof ScanReason>;

export const Direction = z.enum(['entry', 'exit']).meta({ id: 'ScanDirection' });

/** What the door answers. */
export const Scan = z
  .object({
    id: idOf('scn'),
    scanId: z.string().nullable().meta({ description: 'The device’s own id of the scan.' }),
    deviceId: z.string().nullable().meta({
      description: 'The device that decided without a connection; null: the server did.',
    }),
    eventId: idOf('evt'),
    listId: CheckinListId.nullable().meta({
      description: 'The check-in list; null: the event had none, and lets everybody in once.',
    }),
    direction: Direction,
    admitted: z.boolean().meta({
      description: 'What the door showed. An exit that was let out is admitted, too.',
    }),
    reason: ScanReason.nullable().meta({ description: 'Why not; null when admitted.' }),
    why: z.string().nullable().meta({
      description:
        'For `revoked`: what became of the ticket; for `too_early` and `too_late`: when it opens or closed; for `wrong_gate`: the right ones.',
    }),
    ticketId: idOf('tkt').nullable(),
    admissionId: idOf('tkt').nullable().meta({
      description: 'The place: it stays when the ticket changes hands, and so do its entries.',
    }),
    ticketTypeId: idOf('typ').nullable(),
    holderName: z.string().nullable(),
    attendeeName: z.string().nullable().meta({ description: 'Who comes, if somebody said so.' }),
    ticketName: z.string().nullable(),
    seat: z.string().nullable().meta({ description: 'Its numbered seat, in words.' }),
    gate: z.string().nullable(),
    lastAdmittedAt: Instant.nullable().meta({
      description: 'For `already_in`, `entries_used` and `no_reentry`: the last entry.',
    }),
    lastAdmittedGate: z.string().nullable().meta({ description: 'The same: where.' }),
    at: Instant.meta({ description: 'By the clock of the server, or of the device.' }),
    receivedAt: Instant.nullable().meta({
      description: 'When the log of the device was merged; null: the server decided.',
    }),
    counts: z.boolean().meta({
      description:
        'What the server concludes: whether it is an admission. False for refused, undone and doubled ones.',
    }),
    finding: ScanReason.nullable().meta({
      description: 'Why the server would not have admitted whom the door did.',
    }),
    findingWhy: z.string().nullable(),
    undoneAt: Instant.nullable(),
    undoneBy: z.string().nullable(),
    undoReason: z.string().nullable(),
  })
  .meta({ id: 'Scan', description: 'One scan at the door and its answer.' });
export type Scan = z.output<typeof Scan>;

export type ScanRecord = Readonly<Scan> & {
  readonly organizerId: string;
  /** SHA-256 of the code, so that a scan id stands for one code. */
  readonly codeDigest: string;
  readonly revision: number;
};

export function scanResource({
  organizerId: _own,
  codeDigest: _digest,
  revision: _revision,
  ...scan
}: ScanRecord): Scan {
  return scan;
}
