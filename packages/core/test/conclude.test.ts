import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVERYBODY } from '../src/checkin/checkin-list.ts';
import { concludePlace } from '../src/checkin/conclude.ts';
import type { Door, DoorRules } from '../src/checkin/decide.ts';
import type { ScanRecord } from '../src/checkin/scan.ts';
import { ticket } from './support/records.ts';

/** From the making of the ticket on; what is before it is a wrong clock. */
const minute = (n: number) => new Date(Date.parse(ticket.createdAt) + n * 60_000).toISOString();

const door = (rules: DoorRules): Door => ({
  eventId: ticket.eventId,
  timezone: 'Europe/Berlin',
  cancelledAt: null,
  sessions: [],
  rules,
});

const scans = fc.uniqueArray(
  fc.record({
    n: fc.nat({ max: 99 }),
    at: fc.integer({ min: -3, max: 5 }).map(minute),
    device: fc.constantFrom(null, 'a', 'b'),
    direction: fc.constantFrom('entry' as const, 'exit' as const),
    admitted: fc.boolean(),
    undone: fc.boolean(),
  }),
  { selector: ({ n }) => n, maxLength: 15 },
);
const rules = fc.record({
  entries: fc.constantFrom<DoorRules['entries']>('once', 'once_a_day', 'unlimited', 2),
  exits: fc.boolean(),
  reentry: fc.boolean(),
});

function recordOf(scan: typeof scans extends fc.Arbitrary<(infer T)[]> ? T : never): ScanRecord {
  const { n, at, device, direction, admitted, undone } = scan;
  return {
    id: `scn_${n}`,
    scanId: device === null ? null : `${device}/${n}`,
    deviceId: device,
    organizerId: ticket.organizerId,
    eventId: ticket.eventId,
    listId: null,
    codeDigest: '',
    direction,
    admitted,
    reason: admitted ? null : 'already_in',
    why: null,
    ticketId: ticket.id,
    admissionId: ticket.admissionId,
    ticketTypeId: ticket.ticketTypeId,
    holderName: null,
    attendeeName: null,
    ticketName: null,
    seat: null,
    gate: null,
    lastAdmittedAt: null,
    lastAdmittedGate: null,
    at,
    receivedAt: device === null ? null : at,
    counts: admitted,
    finding: null,
    findingWhy: null,
    undoneAt: undone && admitted ? at : null,
    undoneBy: null,
    undoReason: null,
    revision: 1,
  };
}

describe('what is concluded of a place', () => {
  const tickets = new Map([[ticket.id, ticket]]);

  it('does not depend on the order in which its scans came to be known', () => {
    fc.assert(
      fc.property(rules, scans, fc.infiniteStream(fc.nat()), (terms, all, keys) => {
        const on = door({ ...EVERYBODY, ...terms });
        const records = all.map(recordOf);
        const keyed = records.map((scan) => ({ scan, key: keys.next().value ?? 0 }));
        const shuffled = keyed.sort((a, b) => a.key - b.key).map(({ scan }) => scan);
        const [first, second] = [records, shuffled].map((some) =>
          concludePlace(() => on, tickets, some),
        );
        expect(second).toEqual(first);
        // Nor on what was concluded before.
        expect(concludePlace(() => on, tickets, first?.scans ?? [])).toEqual(first);
      }),
      { numRuns: 500 },
    );
  });

  it('never counts more entries than the rule allows, nor anything that was undone', () => {
    fc.assert(
      fc.property(rules, scans, (terms, all) => {
        const on = door({ ...EVERYBODY, ...terms });
        const concluded = concludePlace(() => on, tickets, all.map(recordOf));
        const counted = concluded.scans.filter(({ counts }) => counts);
        expect(counted.every(({ undoneAt, admitted }) => admitted && undoneAt === null)).toBe(true);
        const entries = counted.filter(({ direction }) => direction === 'entry').length;
        const exits = counted.length - entries;
        const most = { once: 1, once_a_day: 1, unlimited: Infinity }[String(terms.entries)] ?? 2;
        const returns = terms.exits && terms.reentry ? exits : 0;
        expect(entries).toBeLessThanOrEqual(most + returns);
        const presence = concluded.presences.get(null);
        if (terms.exits) expect(presence?.inside ?? false).toBe(entries > exits);
      }),
      { numRuns: 500 },
    );
  });
});
