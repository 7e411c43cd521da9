import * as z from 'zod';
import { everyone, notFound, read } from '../../kernel/index.ts';
import { keySetOf, SigningKeySet } from '../key-resource.ts';
import { OrganizerId } from '../organizer.ts';

export const listSigningKeys = read({
  name: 'signingKeys.list',
  summary:
    'The public keys under which the codes of an organizer’s tickets verify, for everybody: a JWK set.',
  input: z.strictObject({ organizerId: OrganizerId }),
  output: SigningKeySet,
  allow: everyone,
  run: async ({ tx }, { organizerId }) => {
    const keys = await tx.organizers.signingKeys.ofOrganizer(organizerId);
    // Every organizer is made with a key.
    if (keys.length === 0) return notFound({ kind: 'organizer', id: organizerId });
    return keySetOf(keys);
  },
});
