import * as z from 'zod';
import { idOf, isRefusal, pageInput, pageOf, pageRequest, read } from '../../kernel/index.ts';
import { members, namedOrganizer, OrganizerId } from '../../organizers/index.ts';
import { Delivery, deliveryResource } from '../delivery.ts';
import { EndpointId } from '../endpoint.ts';

export const listDeliveries = read({
  name: 'webhooks.deliveries',
  summary:
    'What was sent to the webhook endpoints of an organizer and how that went, newest first.',
  input: z.strictObject({
    organizerId: OrganizerId,
    endpointId: EndpointId.optional(),
    outboxId: idOf('obx').optional(),
    state: z.enum(['pending', 'delivered', 'exhausted']).optional(),
    ...pageInput,
  }),
  output: pageOf(Delivery, 'WebhookDeliveryPage'),
  allow: members('manage_members', namedOrganizer),
  run: async ({ tx }, { limit, cursor, ...filter }) => {
    const page = pageRequest({ limit, cursor });
    if (isRefusal(page)) return page;
    const { items, nextCursor } = await tx.webhooks.deliveries.list(filter, page);
    return { items: items.map(deliveryResource), nextCursor };
  },
});
