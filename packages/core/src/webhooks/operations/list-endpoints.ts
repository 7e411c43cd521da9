import * as z from 'zod';
import { isRefusal, pageInput, pageOf, pageRequest, read } from '../../kernel/index.ts';
import { members, namedOrganizer, OrganizerId } from '../../organizers/index.ts';
import { endpointResource, WebhookEndpoint } from '../endpoint.ts';

export const listEndpoints = read({
  name: 'webhooks.list',
  summary: 'The webhook endpoints of an organizer, newest first.',
  input: z.strictObject({ organizerId: OrganizerId, ...pageInput }),
  output: pageOf(WebhookEndpoint, 'WebhookEndpointPage'),
  allow: members('manage_members', namedOrganizer),
  run: async ({ tx }, { organizerId, ...input }) => {
    const page = pageRequest(input);
    if (isRefusal(page)) return page;
    const { items, nextCursor } = await tx.webhooks.endpoints.list(
      { organizerId, states: ['enabled', 'disabled'] },
      page,
    );
    return { items: items.map(endpointResource), nextCursor };
  },
});
