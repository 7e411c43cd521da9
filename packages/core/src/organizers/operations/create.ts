import * as z from 'zod';
import { signedIn, write } from '../../kernel/index.ts';
import { type MemberRecord, Organizer, type OrganizerRecord } from '../organizer.ts';
import { organizerResource } from '../resource.ts';
import { newSigningKey } from '../signing-key.ts';

export const createOrganizer = write({
  name: 'organizers.create',
  summary: 'Makes an organizer with a signing key; a user who does so becomes its owner.',
  input: z.strictObject({ name: z.string().trim().min(1).max(200) }),
  output: Organizer,
  allow: signedIn,
  run: async (context, { name }) => {
    const { tx, ids, now, actor, emit } = context;
    const organizer: OrganizerRecord = { id: ids.next('org'), name, createdAt: now, revision: 1 };
    await tx.organizers.organizers.insert([organizer]);
    await tx.organizers.signingKeys.insert([newSigningKey(context, organizer.id)]);
    if (actor.type === 'user') {
      const owner: MemberRecord = {
        id: ids.next('mbr'),
        organizerId: organizer.id,
        userId: actor.id,
        role: 'owner',
        createdAt: now,
        revision: 1,
      };
      await tx.organizers.members.insert([owner]);
    }
    const created = organizerResource(organizer);
    emit({
      type: 'organizer.created',
      organizerId: organizer.id,
      eventId: null,
      subject: organizer.id,
      data: created,
    });
    return created;
  },
});
