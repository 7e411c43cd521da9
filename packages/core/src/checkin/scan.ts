import * as z from 'zod';
import { Instant, idOf } from '../kernel/index.ts';

const ScanReason = z
  .enum([
    'unknown_code',
    'bad_signature',
    'key_revoked',
    'rotating_code_required',
    'code_expired',
    'wrong_event',
    'revoked',
    'already_in',
    'resale_in_progress',
    'event_cancelled',
  ])
  .meta({ id: 'ScanReason' });

/** What the door answers. */
export const Scan = z
  .object({
    id: idOf('scn'),
    scanId: z.string().nullable().meta({ description: 'The device’s own id of the scan.' }),
    eventId: idOf('evt'),
    admitted: z.boolean(),
    reason: ScanReason.nullable().meta({ description: 'Why not; null when admitted.' }),
    why: z.string().nullable().meta({ description: 'For `revoked`: what became of the ticket.' }),
    ticketId: idOf('tkt').nullable(),
    holderName: z.string().nullable(),
    ticketName: z.string().nullable(),
    gate: z.string().nullable(),
    firstAdmittedAt: Instant.nullable().meta({ description: 'For `already_in`: when.' }),
    firstAdmittedGate: z.string().nullable().meta({ description: 'For `already_in`: where.' }),
    at: Instant,
  })
  .meta({ id: 'Scan', description: 'One scan at the door and its answer.' });
export type Scan = z.output<typeof Scan>;

export type ScanRecord = Readonly<Scan> & {
  readonly organizerId: string;
  /** SHA-256 of the code, so that a scan id stands for one code. */
  readonly codeDigest: string;
};

export function scanResource({
  organizerId: _own,
  codeDigest: _digest,
  ...scan
}: ScanRecord): Scan {
  return scan;
}
