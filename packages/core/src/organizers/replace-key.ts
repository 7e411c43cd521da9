import type { WriteContext } from '../kernel/index.ts';
import { keyResource } from './key-resource.ts';
import { newSigningKey, type SigningKeyRecord } from './signing-key.ts';

/**
 * Puts a new key in the place of the current one, which retires. The caller holds
 * the organizer's lock, under which its keys change.
 */
export async function replaceKey(
  context: WriteContext,
  current: SigningKeyRecord,
): Promise<SigningKeyRecord> {
  const { tx, now, emit } = context;
  const next = newSigningKey(context, current.organizerId);
  await tx.organizers.signingKeys.save({ ...current, retiredAt: now }, current);
  await tx.organizers.signingKeys.insert([next]);
  emit({
    type: 'signing_key.rotated',
    organizerId: next.organizerId,
    eventId: null,
    subject: next.id,
    data: keyResource(next),
  });
  return next;
}
