import type { Actor } from '@ticketi/core';
import { aBoxOffice, aPaidOrder } from '../../src/index.ts';
import { call } from './crowd.ts';
import { type Race, strange, times } from './race.ts';

const user = (id: string): Actor => ({ type: 'user', id });

export const undoOrScan: Race = {
  name: 'a scan is undone ten times while its code is scanned 30 times: one is in, or nobody',
  expected: 0,
  async run({ ticketi, clock, crowd }) {
    const office = await aBoxOffice(ticketi);
    const eventId = office.event.id;
    const { tickets } = await aPaidOrder(ticketi, office);
    const ticketId = tickets[0]?.id ?? '';
    const { code } = await ticketi.tickets.code({ ticketId });
    const first = await ticketi.checkin.scan({ eventId, code });
    const actor = user(office.ownerId);
    const outcomes = await crowd.race(
      times(40, (index) =>
        index % 4 === 0
          ? call('checkin.undo', actor, { scanId: first.id, reason: 'By mistake' })
          : // One after another, so that some come just when it has been undone.
            call('checkin.scan', actor, { eventId, code }, { afterMillis: 3 * index }),
      ),
      clock.now(),
    );
    const { items } = await ticketi.checkin.list({ eventId, limit: 100 });
    const inside = items.filter(({ counts }) => counts).length;
    const { presences } = await ticketi.checkin.bundle({ eventId });
    const { checkedInAt } = await ticketi.tickets.get({ ticketId });
    const entries = presences[0]?.entries ?? 0;
    const contradictions = [inside > 1, entries !== inside, (checkedInAt !== null) !== inside > 0];
    return { count: contradictions.filter(Boolean).length, strange: strange(outcomes) };
  },
};

export const firstListOrScan: Race = {
  name: 'the first list is made while many come in without one: nobody comes in by both',
  expected: 0,
  async run({ ticketi, clock, crowd }) {
    const office = await aBoxOffice(ticketi);
    const eventId = office.event.id;
    const { tickets } = await aPaidOrder(ticketi, office, { quantity: 6 });
    const codes = await Promise.all(
      tickets.map(async ({ id }) => (await ticketi.tickets.code({ ticketId: id })).code),
    );
    const actor = user(office.ownerId);
    const at = clock.now();
    const log = (index: number) => ({
      eventId,
      deviceId: `device-${index}`,
      entries: [{ scanId: '1', code: codes[index % 6] ?? '', at, admitted: true }],
    });
    const outcomes = await crowd.race(
      times(40, (index) => {
        if (index === 2) return call('checkinLists.create', actor, { eventId, name: 'Main' });
        if (index % 4 === 3) return call('checkin.merge', actor, log(index));
        return call('checkin.scan', actor, { eventId, code: codes[index % 6] ?? '' });
      }),
      at,
    );
    const { items } = await ticketi.checkinLists.list({ eventId });
    const { items: scans } = await ticketi.checkin.list({ eventId, limit: 100 });
    const unlisted = scans.filter(({ counts, listId }) => counts && listId === null).length;
    return {
      count: items.length > 0 ? unlisted : 0,
      strange: strange(outcomes, 'scanned_without_list'),
    };
  },
};

export const twoDevices: Race = {
  name: 'two logs that both let ten places in are merged 20 times at once: ten doubles',
  expected: 10,
  async run({ ticketi, clock, crowd }) {
    const office = await aBoxOffice(ticketi);
    const eventId = office.event.id;
    const { tickets } = await aPaidOrder(ticketi, office, { quantity: 10 });
    const codes = await Promise.all(
      tickets.map(async ({ id }) => (await ticketi.tickets.code({ ticketId: id })).code),
    );
    const at = clock.now();
    const outcomes = await crowd.race(
      times(20, (index) =>
        call('checkin.merge', user(office.ownerId), {
          eventId,
          deviceId: index % 2 === 0 ? 'north' : 'south',
          entries: codes.map((code, n) => ({ scanId: `${n}`, code, at, admitted: true })),
        }),
      ),
      at,
    );
    const { items } = await ticketi.checkin.list({ eventId, limit: 100 });
    const inside = items.filter(({ counts }) => counts).length;
    const wrong = strange(outcomes);
    if (items.length !== 20) wrong.push(`${items.length} scans are kept`);
    return { count: inside, strange: wrong };
  },
};
