import { describe, expect, it } from 'vitest';
import { NOW, publishedEvent, ticket as someTicket } from '../../test/support/records.ts';
import type { EventRecord } from '../events/index.ts';
import type { TicketRecord } from '../tickets/index.ts';
import { decideScan } from './decide.ts';

const event = publishedEvent;
const ticket: TicketRecord = { ...someTicket, issue: 2 };

const genuine = (more: TicketRecord = ticket, issue = 2) =>
  ({ genuine: true, ticket: more, issue }) as const;

describe('a scan', () => {
  it('admits a valid ticket of this event', () => {
    expect(decideScan(event, genuine())).toMatchObject({ admitted: true });
  });

  it.each([
    [
      'a resold ticket',
      genuine({ ...ticket, state: 'void', voidReason: 'resold', voidedAt: NOW }),
      'revoked',
      'resold',
    ],
    ['an old issue of the code', genuine(ticket, 1), 'revoked', 'reissued'],
    ['a ticket that is in', genuine({ ...ticket, checkedInAt: NOW }), 'already_in', null],
    ['a ticket of another event', genuine({ ...ticket, eventId: 'evt_2' }), 'wrong_event', null],
  ])('refuses %s', (_case, code, reason, why) => {
    expect(decideScan(event, code)).toMatchObject({ admitted: false, reason, why });
  });

  it.each(['unknown_code', 'bad_signature'] as const)(
    'refuses what is no code of ours: %s',
    (reason) => {
      expect(decideScan(event, { genuine: false, reason })).toEqual({
        admitted: false,
        reason,
        why: null,
        ticket: null,
      });
    },
  );

  it('admits nobody to a cancelled event, and says revoked before cancelled', () => {
    const cancelled: EventRecord = { ...event, state: 'cancelled', cancelledAt: NOW };
    expect(decideScan(cancelled, genuine())).toMatchObject({ reason: 'event_cancelled' });
    const gone = genuine({ ...ticket, state: 'void', voidReason: 'cancelled', voidedAt: NOW });
    expect(decideScan(cancelled, gone)).toMatchObject({ reason: 'revoked' });
  });
});
