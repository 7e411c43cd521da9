import type { ReadContext } from '../kernel/index.ts';
import { members } from '../organizers/index.ts';

/** Who manages an organizer decides where its facts go, with the names of buyers in them. */
export function membersOfEndpoint() {
  return members(
    'manage_members',
    async ({ tx }: ReadContext, { endpointId }: { endpointId: string }) =>
      (await tx.webhooks.endpoints.find(endpointId))?.organizerId,
  );
}
