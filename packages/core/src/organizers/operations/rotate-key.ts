import * as z from 'zod';
import { notFound, write } from '../../kernel/index.ts';
import { members, namedOrganizer } from '../access.ts';
import { keyResource, SigningKey } from '../key-resource.ts';
import { OrganizerId } from '../organizer.ts';
import { replaceKey } from '../replace-key.ts';
import { currentKeyOf } from '../signing-key.ts';

export const rotateSigningKey = write({
  name: 'signingKeys.rotate',
  summary:
    'Makes a new key, which signs the tickets issued from now on. Codes under the keys before it stay good.',
  input: z.strictObject({ organizerId: OrganizerId }),
  output: SigningKey,
  allow: members('manage_keys', namedOrganizer),
  run: async (context, { organizerId }) => {
    const { tx } = context;
    const [organizer] = await tx.organizers.organizers.findForUpdate([organizerId]);
    if (organizer === undefined) return notFound({ kind: 'organizer', id: organizerId });
    const keys = await tx.organizers.signingKeys.ofOrganizer(organizerId);
    return keyResource(await replaceKey(context, currentKeyOf(keys)));
  },
});
