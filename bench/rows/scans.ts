import type { Ticketi } from '@ticketi/core';
import { aPaidOrder, type BoxOffice } from '@ticketi/testing';
import { middle } from '../contest.ts';
import { figuresOf } from '../crowd.ts';
import { capture } from '../pattern/capture.ts';
import { type Aim, atLeast, ceiling, type Figures, type Result } from '../result.ts';
import type { Base } from '../stage/base.ts';
import { hotEvent, open } from '../stage/event.ts';
import { proveRecords } from '../stage/proof.ts';
import {
  type Door,
  digestOf,
  GATES,
  limitDoor,
  naiveDoor,
  ourDoor,
  type ScanPattern,
  type Waiting,
} from '../yardsticks/doors.ts';
import type { BenchRow } from './row.ts';

const SCANNERS = 64;
const AN_ORDER = 10;
/** Connections of naive; the best of them counts. */
const CONNECTIONS = [20, 40];

/** Everybody comes in, each once, at two gates with many devices each. */
export const scans: BenchRow = {
  name: 'scans',
  async run({ effort, postgres, contenders }) {
    const base = await postgres();
    const size = effort.quick ? 100 : Math.max(500, effort.duration / 2);
    const { eventId, tickets, pattern } = await eventOn(base, size);
    const doors: Door[] = [
      ourDoor(await open(base), eventId, tickets),
      await limitDoor(base, pattern, tickets),
      ...CONNECTIONS.map((connections) => naiveDoor(base, pattern, tickets, connections)),
    ].filter(({ name }) => contenders?.some((wanted) => name.startsWith(wanted)) ?? true);
    try {
      const taken = new Map<string, Figures[]>();
      for (const door of doors) await everybody(base, eventId, door, Math.min(100, tickets.length));
      for (let round = 0; round < effort.rounds; round += 1) {
        const turn = round % doors.length;
        for (const door of [...doors.slice(turn), ...doors.slice(0, turn)]) {
          const figures = await everybody(base, eventId, door, tickets.length);
          taken.set(door.name, [...(taken.get(door.name) ?? []), figures]);
        }
      }
      const figures = Object.fromEntries([...taken].map(([name, each]) => [name, middle(each)]));
      const once = await bothGates(base, eventId, doors[0], Math.min(100, tickets.length));
      await proveRecords(base);
      const { aims, notes } = compared(figures);
      const result: Result = {
        row: `scans at one event, two gates, PostgreSQL, ${SCANNERS} devices`,
        unit: 'scans',
        figures,
        aims: [...aims, once],
        notes,
      };
      return [result];
    } finally {
      for (const door of doors) await door.close();
    }
  },
};

function compared(figures: Readonly<Record<string, Figures>>) {
  const naive = Object.entries(figures)
    .filter(([name]) => name.startsWith('naive'))
    .toSorted(([, a], [, b]) => b.perSecond - a.perSecond)[0];
  const { ours, limit } = figures;
  const aims: Aim[] = [];
  if (naive !== undefined) aims.push(atLeast(`of ${naive[0]}`, 15, ours, naive[1]));
  if (limit !== undefined) aims.push(atLeast('of limit', 0.5, ours, limit));
  return { aims, notes: ceiling(limit, naive?.[1]) };
}

/** Everybody once; nobody may be missing or let in twice. */
export async function everybody(
  base: Base,
  eventId: string,
  door: Door,
  people: number,
): Promise<Figures> {
  await outAgain(base, eventId);
  const latencies: number[] = [];
  let next = 0;
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: SCANNERS }, async () => {
      while (next < people) {
        const asked = performance.now();
        const admitted = await door.scan(next++);
        if (!admitted) throw new Error(`${door.name} turned somebody away.`);
        latencies.push(performance.now() - asked);
      }
    }),
  );
  const figures = figuresOf(latencies, performance.now() - begun);
  const inside = Number(
    await base.one(
      `SELECT count(*) FROM {t}tickets WHERE event_id = '${eventId}' AND checked_in_at IS NOT NULL`,
    ),
  );
  if (inside !== people) throw new Error(`${inside} of ${people} are inside with ${door.name}.`);
  return figures;
}

/** The same ticket at both gates in the same moment: one of them lets it in. */
async function bothGates(
  base: Base,
  eventId: string,
  door: Door | undefined,
  people: number,
): Promise<Aim> {
  await outAgain(base, eventId);
  const admitted = await Promise.all(
    Array.from({ length: people }, async (_, ticket) => {
      const answers = await Promise.all(GATES.map(() => door?.scan(ticket)));
      return answers.filter((answer) => answer === true).length;
    }),
  );
  const most = Math.max(...admitted);
  const fewest = Math.min(...admitted);
  return {
    what: 'admitted of two who show the same ticket at once',
    aim: '1',
    found: most === fewest ? `${most}` : `${fewest} to ${most}`,
    met: most === 1 && fewest === 1,
  };
}

async function outAgain(base: Base, eventId: string): Promise<void> {
  await base.execute(
    `UPDATE {t}tickets SET checked_in_at = NULL, checked_in_gate = NULL, revision = 1 WHERE event_id = '${eventId}'`,
  );
  await base.execute(`DELETE FROM {t}presences WHERE event_id = '${eventId}'`);
  await base.settle();
}

async function eventOn(base: Base, size: number) {
  const now = new Date().toISOString();
  const ticketi = await open(base, now);
  try {
    const office = await hotEvent(ticketi);
    const eventId = office.event.id;
    const tickets = await outside(ticketi, office, size);
    const [first] = tickets;
    if (first === undefined) throw new Error('There are no tickets.');
    const pattern: ScanPattern = await capture(
      base,
      eventId,
      now,
      {
        scan: () =>
          ticketi
            .as({ type: 'user', id: 'owner' })
            .checkin.scan({ eventId, code: first.code, gate: GATES[0] ?? null, scanId: SAMPLE }),
      },
      { ticketId: first.id, scanId: SAMPLE, digest: digestOf(first.code) },
    );
    return { eventId, tickets, pattern };
  } finally {
    await ticketi.close();
  }
}

const SAMPLE = 'the scan of the pattern-';

/** People with tickets and their codes, as they bought them. */
export async function outside(
  ticketi: Ticketi,
  office: BoxOffice,
  size: number,
): Promise<Waiting[]> {
  const orders = await Promise.all(
    Array.from({ length: Math.ceil(size / AN_ORDER) }, (_, n) =>
      aPaidOrder(ticketi, office, { userId: `u_${n}`, quantity: AN_ORDER }),
    ),
  );
  return Promise.all(
    orders
      .flatMap(({ tickets }) => tickets)
      .map(async ({ id }) => ({ id, code: (await ticketi.tickets.code({ ticketId: id })).code })),
  );
}
