import * as z from 'zod';
import { notFound, type ReadContext, write } from '../../kernel/index.ts';
import { members } from '../access.ts';
import { keyResource, SigningKey, SigningKeyId } from '../key-resource.ts';
import { replaceKey } from '../replace-key.ts';

/**
 * No ticket is written: a ticket whose key is revoked is signed with the current
 * one when its code is asked for. So it takes the same moment for ten tickets and
 * for ten million, and there is no time in which some have the new key and some
 * the old.
 */
export const revokeSigningKey = write({
  name: 'signingKeys.revoke',
  summary:
    'Gives a key up that somebody else may have: doors refuse every code under it, and its tickets get codes under the current key. A current key is replaced first.',
  input: z.strictObject({ keyId: SigningKeyId }),
  output: SigningKey,
  allow: members('manage_keys', organizerOfKey),
  run: async (context, { keyId }) => {
    const { tx, now, emit } = context;
    const found = await tx.organizers.signingKeys.find(keyId);
    if (found === undefined) return notFound({ kind: 'signing key', id: keyId });
    const { organizerId } = found;
    await tx.organizers.organizers.findForUpdate([organizerId]);
    let [was] = await tx.organizers.signingKeys.findMany([keyId]);
    if (was === undefined) throw new Error(`Signing key ${keyId} is gone.`);
    if (was.revokedAt !== null) return keyResource(was);
    if (was.retiredAt === null) {
      await replaceKey(context, was);
      was = { ...was, retiredAt: now, revision: was.revision + 1 };
    }
    const next = { ...was, revokedAt: now };
    await tx.organizers.signingKeys.save(next, was);
    const revoked = keyResource(next);
    emit({
      type: 'signing_key.revoked',
      organizerId,
      eventId: null,
      subject: keyId,
      data: revoked,
    });
    return revoked;
  },
});

async function organizerOfKey(
  { tx }: ReadContext,
  { keyId }: { keyId: string },
): Promise<string | undefined> {
  return (await tx.organizers.signingKeys.find(keyId))?.organizerId;
}
