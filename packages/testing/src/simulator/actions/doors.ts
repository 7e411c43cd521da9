import type { CheckinBundle, LogEntry } from '@ticketi/core/checkin-offline';
import { forged, given, type ShownCode, stranger } from '../codes.ts';
import { type Device, openDevice } from '../device.ts';
import { DOOR } from '../office.ts';
import { type Action, type Aside, isAnswer, type Planned, type World } from '../world.ts';
import { listOf } from './checkin.ts';

const MOST_DEVICES = 5;

/** A device whose bundle is good, by its own clock. */
function openOne({ chance, devices, clock }: World): Device | undefined {
  return chance.pick(devices.filter((device) => timeOf(clock.now(), device) < device.expiresAt));
}

function timeOf(now: string, { skewSeconds }: Device): string {
  return new Date(Date.parse(now) + skewSeconds * 1000).toISOString();
}

/** Mostly what the bundle has: whoever bought later comes to another door as a rule. */
function show({ chance, ticketCodes }: World, device: Device): ShownCode | undefined {
  const expected = ticketCodes.filter(({ ticketId }) => device.expects(ticketId));
  const known = chance.pick(chance.percent(75) && expected.length > 0 ? expected : ticketCodes);
  if (known === undefined || chance.percent(3)) return stranger;
  const other = ticketCodes.find(({ ticketId }) => ticketId !== known.ticketId);
  return other !== undefined && chance.percent(6) ? forged(known, other) : given(known);
}

function scan(world: World, device: Device, shown: ShownCode, scanId: string): Aside {
  const direction = world.chance.percent(25) ? 'exit' : 'entry';
  const at = timeOf(world.clock.now(), device);
  const what = shown.kind === 'stranger' ? shown.kind : `${shown.kind} ${shown.known.ticketId}`;
  return {
    aside: 'door.scan',
    about: `${device.id}/${scanId} ${direction} ${what} at ${at}`,
    happen: () => device.scan(shown, { scanId, direction, at }),
  };
}

/** The next of a device's own ids: none is given twice. */
function nextScanId({ asked, told }: Device, log: readonly LogEntry[]): string {
  const used = [...log.map(({ scanId }) => scanId), ...asked.keys(), ...told];
  return String(1 + Math.max(0, ...used.map(Number)));
}

/** A log as it is sent: whole, or a part of it, whether it was sent before or not. */
export function sending(world: World, device: Device, isWhole: boolean): Planned {
  const { chance, checkinLists, office } = world;
  const { version, eventId, deviceId, entries } = device.log();
  const from = isWhole ? 0 : chance.below(entries.length);
  const to = isWhole ? entries.length : chance.between(from + 1, entries.length);
  const sent = entries.slice(from, to);
  // Whoever had no list along when there was none says which it was, where there are several.
  const [first = null] = checkinLists.size > 1 ? checkinLists.keys() : [];
  const input = { version, eventId: eventId ?? office.eventId, deviceId, entries: sent };
  return {
    operation: 'checkin.merge',
    actor: DOOR,
    input: { ...input, listId: device.listId ?? first },
    learn(output) {
      for (const { scanId } of sent) device.told.add(scanId);
      if (!isAnswer<{ clashing: string[] }>(output, 'clashing')) return;
      for (const scanId of output.clashing) device.clashing.add(scanId);
    },
  };
}

export const doors: readonly Action[] = [
  {
    weight: 8,
    plan(world) {
      const { chance, checkinLists, devices, office, ticketCodes } = world;
      // Before there is anybody to be let in, a bundle would only say no.
      if (devices.length >= MOST_DEVICES || ticketCodes.length === 0) return undefined;
      return {
        operation: 'checkin.bundle',
        actor: DOOR,
        input: { eventId: office.eventId, listId: listOf(world), hours: chance.pick([1, 24, 168]) },
        learn(output) {
          if (!isAnswer<CheckinBundle>(output, 'presences')) return;
          const { listId, rules } = output;
          if (listId !== null) checkinLists.set(listId, Number(rules.entries));
          devices.push(openDevice(world, `door${devices.length + 1}`, output));
        },
      };
    },
  },
  {
    weight: 36,
    plan(world) {
      const device = openOne(world);
      const shown = device && show(world, device);
      if (device === undefined || shown === undefined) return undefined;
      return scan(world, device, shown, nextScanId(device, device.log().entries));
    },
  },
  {
    // With a connection it asks the server, under the name that the scan has in its log.
    weight: 2,
    plan(world) {
      const device = openOne(world);
      const known = world.chance.pick(world.ticketCodes);
      if (device === undefined || known === undefined) return undefined;
      const { id, listId, asked } = device;
      const scanId = nextScanId(device, device.log().entries);
      const { code } = known;
      const input = { eventId: world.office.eventId, listId, code, scanId: `${id}/${scanId}` };
      asked.set(scanId, known);
      return {
        operation: 'checkin.scan',
        actor: DOOR,
        input,
        learn: () => void device.told.add(scanId),
      };
    },
  },
  {
    // And when it hears nothing, it decides alone.
    weight: 4,
    plan(world) {
      const device = openOne(world);
      const [unheard] = device?.asked ?? [];
      if (device === undefined || unheard === undefined) return undefined;
      const [scanId, known] = unheard;
      device.asked.delete(scanId);
      return device.told.has(scanId) ? undefined : scan(world, device, given(known), scanId);
    },
  },
  {
    weight: 8,
    plan(world) {
      const { chance, devices } = world;
      const device = chance.pick(devices.filter((own) => own.log().entries.length > 0));
      if (device === undefined) return undefined;
      const isWhole = chance.percent(40);
      const sent = sending(world, device, isWhole);
      // Sent twice at once, or in two parts that overlap.
      return chance.percent(20) ? [sent, sending(world, device, chance.percent(50))] : sent;
    },
  },
  {
    weight: 1,
    plan(world) {
      const device = openOne(world);
      if (device === undefined) return undefined;
      const happen = async () => {
        device.restart();
        return 'done';
      };
      return { aside: 'door.restart', about: device.id, happen };
    },
  },
];
