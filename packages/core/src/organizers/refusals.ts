import * as z from 'zod';
import { refusal } from '../kernel/index.ts';

export const lastOwner = refusal('last_owner', {
  kind: 'conflict',
  meaning: 'An organizer keeps at least one owner.',
  details: z.object({ organizerId: z.string() }),
  hint: 'Make somebody else an owner first.',
  message: () => 'This is the last owner of the organizer.',
});

export const alreadyMember = refusal('already_member', {
  kind: 'conflict',
  meaning: 'The user is a member of the organizer already.',
  details: z.object({ userId: z.string(), role: z.string() }),
  hint: 'Remove the member first to give another role.',
  message: ({ userId, role }) => `${userId} is a member already, with the role ${role}.`,
});
