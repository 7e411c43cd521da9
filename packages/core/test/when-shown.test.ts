import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shownScan } from '../src/checkin/shown-scan.ts';
import { whenShown } from '../src/checkin/when-shown.ts';
import { ticket } from './support/records.ts';

const minute = (n: number) => new Date(Date.parse(ticket.createdAt) + n * 60_000).toISOString();

describe('when a code was shown', () => {
  it('lies between the making of its ticket and the coming of the log, and else as stated', () => {
    const moments = fc.integer({ min: -50, max: 50 });
    fc.assert(
      fc.property(moments, fc.nat({ max: 50 }), (stated, received) => {
        const bounds = { ticket, receivedAt: minute(received) };
        const instant = whenShown(minute(stated), bounds);
        expect(instant).toBe(minute(Math.min(Math.max(stated, 0), received)));
        // Judged again, it stays.
        expect(whenShown(instant, bounds)).toBe(instant);
      }),
    );
  });

  it('is what the server says where the server decided, and has no bound below without a ticket', () => {
    expect(whenShown(minute(-1), { ticket, receivedAt: null })).toBe(minute(-1));
    expect(whenShown(minute(-1), { ticket: undefined, receivedAt: minute(1) })).toBe(minute(-1));
    // Nothing comes before it is received, whatever the clocks of two servers say.
    expect(whenShown(minute(-2), { ticket, receivedAt: minute(-1) })).toBe(minute(-1));
  });

  it('brings back no key that was given up before there was the ticket', () => {
    const owner = { ...ticket, listId: null, deviceId: 'x' };
    const findingOf = (at: string, keyRevokedAt: string) => {
      const entry = { scanId: '1', code: 'X', direction: 'entry', gate: null, at } as const;
      const named = { scanId: 'x/1', entry: { ...entry, admitted: true, reason: null, why: null } };
      const { id: ticketId, issue, keyId } = ticket;
      const read = { genuine: true, ticketId, issue, keyId, keyRevokedAt } as const;
      const context = { ids: { next: () => 'scn_1' }, now: minute(9) };
      const tickets = new Map([[ticketId, ticket]]);
      return shownScan(context, owner, named, read, tickets).finding;
    };
    expect(findingOf(minute(-100), minute(-50))).toBe('key_revoked');
    expect(findingOf(minute(-100), minute(1))).toBeNull();
    expect(findingOf(minute(2), minute(1))).toBe('key_revoked');
  });
});
