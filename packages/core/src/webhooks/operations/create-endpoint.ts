import * as z from 'zod';
import { notFound, write } from '../../kernel/index.ts';
import { members, namedOrganizer, OrganizerId } from '../../organizers/index.ts';
import { urlProblem } from '../address.ts';
import { type EndpointRecord, endpointResource, WebhookEndpoint } from '../endpoint.ts';
import { endpointFields } from '../endpoint-input.ts';
import { tooManyEndpoints, webhookUrlNotAllowed } from '../refusals.ts';
import { newSecret } from '../secrets.ts';

/** Endpoints of an organizer: each gets a copy of every fact. */
const MOST = 50;

export const EndpointWithSecret = WebhookEndpoint.extend({
  secret: z.string().meta({
    description:
      'What the receiver checks signatures with: `whsec_` and base64. Shown this once: nobody can look it up later.',
  }),
}).meta({ id: 'WebhookEndpointWithSecret' });

export const createEndpoint = write({
  name: 'webhooks.createEndpoint',
  summary:
    'Sends the facts of an organizer to an address, from now on. The secret that signs them is in the answer, and nowhere else.',
  input: z.strictObject({
    organizerId: OrganizerId,
    url: endpointFields.url,
    types: endpointFields.types.default(null),
    ordered: endpointFields.ordered.default(true),
    description: endpointFields.description.default(null),
  }),
  output: EndpointWithSecret,
  refusals: [webhookUrlNotAllowed, tooManyEndpoints],
  allow: members('manage_members', namedOrganizer),
  run: async (context, { organizerId, url, types, ordered, description }) => {
    const { tx, ids, now, emit, secrets, settings } = context;
    const why = await urlProblem(url, settings.webhooks);
    if (why !== undefined) return webhookUrlNotAllowed({ url, why });
    // The organizer's row is the lock under which its endpoints come to be.
    const [organizer] = await tx.organizers.organizers.findForUpdate([organizerId]);
    if (organizer === undefined) return notFound({ kind: 'organizer', id: organizerId });
    const { items } = await tx.webhooks.endpoints.list(
      { organizerId, states: ['enabled', 'disabled'] },
      { limit: MOST, after: undefined },
    );
    if (items.length >= MOST) return tooManyEndpoints({ organizerId, most: MOST });
    const { text, sealed } = newSecret(secrets);
    const endpoint: EndpointRecord = {
      id: ids.next('whe'),
      organizerId,
      url,
      types,
      ordered,
      description,
      state: 'enabled',
      disabledReason: null,
      secret: sealed,
      previousSecret: null,
      previousUntil: null,
      createdAt: now,
      revision: 1,
    };
    await tx.webhooks.endpoints.insert([endpoint]);
    await tx.webhooks.queues.insert([
      {
        id: endpoint.id,
        organizerId,
        dueAt: null,
        leasedUntil: null,
        failingSince: null,
        restingUntil: null,
        revision: 1,
      },
    ]);
    const created = endpointResource(endpoint);
    emit({
      type: 'webhook_endpoint.created',
      organizerId,
      eventId: null,
      subject: endpoint.id,
      data: created,
    });
    return { ...created, secret: text };
  },
});
