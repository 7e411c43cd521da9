import { describe, expect, it } from 'vitest';
import { draftEvent, NOW, session } from '../../test/support/records.ts';
import { isRefusal } from '../kernel/index.ts';
import { plainTerms } from '../pricing/index.ts';
import type { EventRecord } from './event.ts';
import type { TicketTypeRecord } from './ticket-type.ts';
import { cancelEvent, publishEvent } from './transitions.ts';

const draft: EventRecord = draftEvent;

const type: TicketTypeRecord = {
  id: 'typ_1',
  organizerId: 'org_1',
  eventId: 'evt_1',
  name: 'Standard',
  description: '',
  price: 4900,
  draws: [{ poolId: 'pol_1', units: 1 }],
  sessionIds: null,
  saleFrom: null,
  saleUntil: null,
  maxPerOrder: 10,
  maxPerBuyer: null,
  maxInAll: null,
  terms: plainTerms,
  seating: null,
  state: 'on_sale',
  revision: 1,
};

const complete = { sessions: [session], ticketTypes: [type] };

function problems(catalogue: Parameters<typeof publishEvent>[1]) {
  const refused = publishEvent(draft, catalogue, NOW);
  return isRefusal(refused) ? refused : undefined;
}

describe('publishing', () => {
  it('opens a draft that has all that buyers need', () => {
    expect(publishEvent(draft, complete, NOW)).toMatchObject({
      state: 'published',
      publishedAt: NOW,
    });
  });

  it('names everything that is missing at once', () => {
    expect(problems({ sessions: [], ticketTypes: [] })).toMatchObject({
      code: 'not_publishable',
      details: { problems: [{ code: 'no_session' }, { code: 'no_ticket_type' }] },
    });
  });

  it.each([
    [
      'sessions that are over',
      { ...complete, sessions: [{ ...session, endsAt: NOW }] },
      'all_sessions_past',
    ],
    [
      'types that are off sale',
      { ...complete, ticketTypes: [{ ...type, state: 'off_sale' as const }] },
      'never_on_sale',
    ],
    [
      'types whose sale is over',
      { ...complete, ticketTypes: [{ ...type, saleUntil: NOW }] },
      'never_on_sale',
    ],
    ['a type without a pool', { ...complete, ticketTypes: [{ ...type, draws: [] }] }, 'no_pool'],
  ])('refuses %s', (_case, catalogue, code) => {
    expect(problems(catalogue)).toMatchObject({ details: { problems: [{ code }] } });
  });

  it('is for drafts only', () => {
    const published = publishEvent(draft, complete, NOW);
    if (isRefusal(published)) throw new Error(published.message);
    expect(publishEvent(published, complete, NOW)).toMatchObject({ code: 'wrong_event_state' });
  });
});

describe('cancelling', () => {
  it('ends a draft and a published event, with the reason', () => {
    expect(cancelEvent(draft, 'storm', NOW)).toMatchObject({
      state: 'cancelled',
      cancelledAt: NOW,
      cancelReason: 'storm',
    });
  });

  it('happens once', () => {
    const cancelled = cancelEvent(draft, null, NOW);
    if (isRefusal(cancelled)) throw new Error(cancelled.message);
    expect(cancelEvent(cancelled, null, NOW)).toMatchObject({ code: 'wrong_event_state' });
  });
});
