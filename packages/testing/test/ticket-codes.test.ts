import type { Ticketi } from '@ticketi/core';
import { createVerifier, rotatingCode } from '@ticketi/core/verify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aBoxOffice, aPaidOrder, type BoxOffice, testClock } from '../src/index.ts';
import { databases, type TestBase, ticketiOn } from './support/databases.ts';

const clock = testClock();
const millis = () => Date.parse(clock.now());
let base: TestBase;
let ticketi: Ticketi;
let office: BoxOffice;
afterEach(async () => {
  await ticketi.close();
  await base.drop();
});

describe.each(databases)('codes at the door, on %s', (_name, create) => {
  beforeEach(async () => {
    base = await create();
    ticketi = await ticketiOn(base.storage(), clock);
    office = await aBoxOffice(ticketi);
  });

  const organizer = () => ({ organizerId: office.organizer.id });
  const eventId = () => office.event.id;

  async function aTicket() {
    const [ticket] = (await aPaidOrder(ticketi, office)).tickets;
    if (ticket === undefined) throw new Error('An order has a ticket.');
    return { ticketId: ticket.id };
  }

  /** What the door says, and what a device says that has only the keys and the list. */
  async function told(code: string, doorKey?: string) {
    const { tickets } = ticketi;
    const { rotating } = await tickets.getCodePolicy({ eventId: eventId() });
    const { items } = await tickets.revocations({ eventId: eventId() });
    const device = createVerifier({
      keys: await ticketi.signingKeys.list(organizer()),
      revocations: items,
      rotating: { required: rotating, doorKey: doorKey ?? null },
    });
    const offline = await device.verify(code, { now: millis() });
    const online = await ticketi.checkin.scan({ eventId: eventId(), code });
    return {
      online: online.admitted ? 'admitted' : online.reason,
      offline: offline.ok ? 'admitted' : offline.reason,
    };
  }

  const admitted = { online: 'admitted', offline: 'admitted' };
  const both = (reason: string) => ({ online: reason, offline: reason });

  test('a new key signs new tickets, and the codes that are out stay good', async () => {
    const before = await ticketi.tickets.code(await aTicket());
    const rotated = await ticketi.signingKeys.rotate(organizer());
    const after = await ticketi.tickets.code(await aTicket());
    expect([after.keyId, rotated.state]).toEqual([rotated.id, 'current']);
    expect(before.keyId).not.toBe(after.keyId);
    expect(await told(before.code)).toEqual(admitted);
    expect(await told(after.code)).toEqual(admitted);
    const { keys, revoked } = await ticketi.signingKeys.list(organizer());
    expect(keys.map(({ kid, retiredAt }) => [kid, retiredAt !== null])).toEqual([
      [after.keyId, false],
      [before.keyId, true],
    ]);
    expect(revoked).toEqual([]);
  });

  test('a key that is given up opens nothing, and its tickets have new codes', async () => {
    const ticket = await aTicket();
    const stolen = await ticketi.tickets.code(ticket);
    const gone = await ticketi.signingKeys.revoke({ keyId: stolen.keyId });
    expect(gone).toMatchObject({ id: stolen.keyId, state: 'revoked' });
    expect(await told(stolen.code)).toEqual(both('key_revoked'));
    const fresh = await ticketi.tickets.code(ticket);
    expect(fresh.keyId).not.toBe(stolen.keyId);
    expect(await told(fresh.code)).toEqual(admitted);
    // Once more changes nothing, and a retired key is given up alone.
    expect(await ticketi.signingKeys.revoke({ keyId: stolen.keyId })).toEqual(gone);
    await ticketi.signingKeys.rotate(organizer());
    await ticketi.signingKeys.revoke({ keyId: fresh.keyId });
    const { keys, revoked } = await ticketi.signingKeys.list(organizer());
    expect(revoked.map(({ kid }) => kid)).toEqual([fresh.keyId, stolen.keyId]);
    expect(keys).toHaveLength(1);
    expect((await ticketi.tickets.code(ticket)).keyId).toBe(keys[0]?.kid);
  });

  test('keys that are replaced at once come one after another', async () => {
    const { keys: before } = await ticketi.signingKeys.list(organizer());
    const keyId = before[0]?.kid ?? '';
    await Promise.all([
      ...Array.from({ length: 4 }, () => ticketi.signingKeys.rotate(organizer())),
      ...Array.from({ length: 2 }, () => ticketi.signingKeys.revoke({ keyId })),
    ]);
    const { keys, revoked } = await ticketi.signingKeys.list(organizer());
    expect(keys.filter(({ retiredAt }) => retiredAt === null)).toHaveLength(1);
    expect(revoked).toHaveLength(1);
    expect([5, 6]).toContain(keys.length + revoked.length);
  });

  test('the code of a void ticket is refused, with what became of it', async () => {
    const ticket = await aTicket();
    const { code } = await ticketi.tickets.code(ticket);
    await ticketi.tickets.void(ticket);
    expect(await told(code)).toEqual(both('revoked'));
  });

  test('where codes rotate, one is good for its step and the ones beside it', async () => {
    await ticketi.tickets.setCodePolicy({ eventId: eventId(), rotating: true });
    const { code, rotating } = await ticketi.tickets.code(await aTicket());
    const secret = rotating?.secret ?? '';
    const now = millis();
    const shown = async (seconds: number) =>
      (await rotatingCode({ code, secret }, { now: now + seconds * 1000 })).code;
    const good = await shown(0);
    const forged = good.slice(0, -1) + (good.endsWith('0') ? '1' : '0');
    const checks = [
      [code, 'rotating_code_required'],
      [await shown(-31), 'code_expired'],
      [await shown(31), 'code_expired'],
      [forged, 'bad_signature'],
      [await shown(-15), 'admitted'],
      [await shown(15), 'already_in'],
    ] as const;
    for (const [given, expected] of checks) {
      const scan = await ticketi.checkin.scan({ eventId: eventId(), code: given });
      expect(scan.reason ?? 'admitted', expected).toBe(expected);
    }
    expect(rotating?.stepSeconds).toBe(15);
  });

  test('a door without the key can tell no rotating code from a forged one, and says so', async () => {
    await ticketi.tickets.setCodePolicy({ eventId: eventId(), rotating: true });
    const { code, rotating } = await ticketi.tickets.code(await aTicket());
    const now = millis();
    const shown = await rotatingCode({ code, secret: rotating?.secret ?? '' }, { now });
    expect(await told(shown.code)).toEqual({ online: 'admitted', offline: 'door_key_required' });
  });

  test('another door key makes the secrets of before worthless', async () => {
    const ticket = await aTicket();
    await ticketi.tickets.setCodePolicy({ eventId: eventId(), rotating: true });
    const shown = async () => {
      const { code, rotating } = await ticketi.tickets.code(ticket);
      return rotatingCode({ code, secret: rotating?.secret ?? '' }, { now: millis() });
    };
    const { code: before } = await shown();
    const set = await ticketi.tickets.setCodePolicy({
      eventId: eventId(),
      rotating: true,
      newDoorKey: true,
    });
    expect(set.doorKeyNumber).toBe(2);
    const scan = (code: string) => ticketi.checkin.scan({ eventId: eventId(), code });
    expect((await scan(before)).reason).toBe('bad_signature');
    expect((await scan((await shown()).code)).admitted).toBe(true);
  });

  test('where codes stay, one that rotates is held to its time all the same', async () => {
    await ticketi.tickets.setCodePolicy({ eventId: eventId(), rotating: true });
    const { code, rotating } = await ticketi.tickets.code(await aTicket());
    const shown = await rotatingCode(
      { code, secret: rotating?.secret ?? '' },
      { now: millis() - 60_000 },
    );
    await ticketi.tickets.setCodePolicy({ eventId: eventId(), rotating: false });
    const scan = await ticketi.checkin.scan({ eventId: eventId(), code: shown.code });
    expect(scan.reason).toBe('code_expired');
    expect(await told(code)).toEqual(admitted);
  });
});
