import * as z from 'zod';
import { Instant, idOf } from '../kernel/index.ts';
import { OrganizerId } from './organizer.ts';
import { publicBytesOf, type SigningKeyRecord } from './signing-key.ts';

export const SigningKeyId = idOf('key');

/** A public key as JWK (RFC 7517 and 8037), with when it was made and retired beside it. */
const PublicKey = z
  .object({
    kty: z.literal('OKP'),
    crv: z.literal('Ed25519'),
    alg: z.literal('EdDSA'),
    use: z.literal('sig'),
    kid: SigningKeyId.meta({ description: 'Its last 8 bytes are in every code.' }),
    x: z.string().meta({ description: 'The 32 bytes of the key, base64url.' }),
    createdAt: Instant,
    retiredAt: Instant.nullable().meta({
      description: 'Since when new tickets have another key. Codes under this one stay good.',
    }),
  })
  .meta({ id: 'PublicKey' });

/** What is served to everybody: a JWK set, and beside it the keys that are no longer in it. */
export const SigningKeySet = z
  .object({
    keys: z.array(PublicKey),
    revoked: z.array(z.object({ kid: SigningKeyId, revokedAt: Instant })).meta({
      description: 'Keys whose codes are refused.',
    }),
  })
  .meta({
    id: 'SigningKeySet',
    description: 'The public keys of an organizer’s tickets, newest first.',
  });

export const SigningKey = z
  .object({
    id: SigningKeyId,
    organizerId: OrganizerId,
    state: z.enum(['current', 'retired', 'revoked']),
    publicKey: z.string().meta({ description: 'The 32 bytes of the key, base64url.' }),
    createdAt: Instant,
    retiredAt: Instant.nullable(),
    revokedAt: Instant.nullable(),
  })
  .meta({ id: 'SigningKey', description: 'A key that signs the codes of an organizer’s tickets.' });

export function keySetOf(records: readonly SigningKeyRecord[]): z.output<typeof SigningKeySet> {
  return {
    keys: records.flatMap((key) =>
      key.revokedAt !== null
        ? []
        : {
            kty: 'OKP' as const,
            crv: 'Ed25519' as const,
            alg: 'EdDSA' as const,
            use: 'sig' as const,
            kid: key.id,
            x: publicBytesOf(key),
            createdAt: key.createdAt,
            retiredAt: key.retiredAt,
          },
    ),
    revoked: records.flatMap(({ id, revokedAt }) =>
      revokedAt === null ? [] : { kid: id, revokedAt },
    ),
  };
}

export function keyResource(key: SigningKeyRecord): z.output<typeof SigningKey> {
  const { id, organizerId, createdAt, retiredAt, revokedAt } = key;
  const state = revokedAt !== null ? 'revoked' : retiredAt !== null ? 'retired' : 'current';
  return { id, organizerId, state, publicKey: publicBytesOf(key), createdAt, retiredAt, revokedAt };
}
