import { readFileSync } from 'node:fs';
import type { CheckinBundle } from '@ticketi/core/checkin-offline';
import { UsageError } from '../errors.ts';

/** Reads what `checkin bundle --json` printed. */
export async function readBundle(path: string): Promise<CheckinBundle> {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`The bundle cannot be read: ${why}`, { hint: FETCH, cause });
  }
  const { operations } = await import('@ticketi/core');
  const read = operations.checkin.bundle.output.safeParse(content);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new UsageError(`${path} is no bundle: ${issue?.path.join('.')}: ${issue?.message}`, FETCH);
}

/** A bundle that has expired knows too little: of what was sold, revoked and let in since. */
export function refuseExpired({ expiresAt, eventId }: CheckinBundle, now: string): void {
  if (now < expiresAt) return;
  throw new UsageError(
    `The bundle expired at ${expiresAt}.`,
    `Fetch another: ticketi checkin bundle ${eventId} --json > bundle.json`,
  );
}

const FETCH = 'Fetch it with a connection: ticketi checkin bundle evt_… --json > bundle.json';
