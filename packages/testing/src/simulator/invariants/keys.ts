import type { Ticketi } from '@ticketi/core';
import { createVerifier, type Revocation } from '@ticketi/core/verify';
import { createListener, type Listener } from '../listener.ts';
import { instantOf } from './doors.ts';
import type { CommitRule, LookRule, StepRule } from './invariant.ts';

export const oneSigns: StepRule = {
  name: 'an organizer signs with one key, which nobody gave up',
  find({ journal: { books } }) {
    const current = [...books.key.values()].filter(({ retiredAt }) => retiredAt === null);
    const good = current.filter(({ revokedAt }) => revokedAt === null);
    return current.length === 1 && good.length === 1 ? [] : current.map(({ id }) => id);
  },
};

export const keysGivenUp: CommitRule = {
  name: 'a key that was given up lets nobody in',
  find({ written, ticketCodes, journal }) {
    const { books } = journal;
    const keys = new Map(ticketCodes.map(({ digest, keyId }) => [digest, books.key.get(keyId)]));
    return written.scan
      .filter(({ was, next }) => was === undefined && next.counts)
      .filter(({ next }) => {
        const revokedAt = keys.get(next.codeDigest)?.revokedAt;
        // A door that did not know it yet was right as of its time.
        return revokedAt && (next.deviceId === null || revokedAt <= instantOf(journal, next));
      })
      .map(({ next }) => next.id);
  },
};

export const codesGood: LookRule = {
  name: 'a code is good as long as its ticket and its key are',
  async find({ ticketi, office, ticketCodes, clock, journal: { books } }) {
    const { organizerId, eventId } = office;
    const keys = await ticketi.signingKeys.list({ organizerId });
    const revocations = await readOn(ticketi, eventId, createListener(), ALL);
    const verifier = createVerifier({ keys, revocations });
    const wrong: string[] = [];
    for (const { code, ticketId, keyId } of ticketCodes) {
      const { ok } = await verifier.verify(code, { now: Date.parse(clock.now()) });
      const isValid = books.ticket.get(ticketId)?.state === 'valid';
      const should = isValid && books.key.get(keyId)?.revokedAt === null;
      if (ok !== should) wrong.push(`the code of ${ticketId} is ${ok ? 'good' : 'refused'}`);
    }
    return wrong;
  },
};

const ALL: readonly [number, ...number[]] = [1000];
const FEW: readonly [number, ...number[]] = [1, 3, 2];

export const listed: LookRule = {
  name: 'the list of revocations is the same in whatever parts it is read',
  async find({ ticketi, office: { eventId }, listeners, journal: { books } }) {
    const whole = await readOn(ticketi, eventId, createListener(), ALL);
    const numbers = whole.flatMap(({ sequence }) => sequence ?? []);
    const wrong = numbers
      .filter((number, index) => number !== index + 1)
      .map((number) => `number ${number} is not where it should be`);
    if (whole.length !== books.revocation.size) {
      wrong.push(`${whole.length} of ${books.revocation.size} revocations are listed`);
    }
    const should = textOf(whole);
    for (const [index, listener] of listeners.entries()) {
      wrong.push(...listener.wrong);
      const continued = createListener([...listener.known.values()]);
      continued.ask = listener.ask;
      const parts = await readOn(ticketi, eventId, continued, FEW);
      wrong.push(...continued.wrong);
      if (textOf(parts) !== should) wrong.push(`device ${index} has another list`);
    }
    return wrong;
  },
};

/** Reads on in parts until there is no more, and once more what came meanwhile. */
async function readOn(
  ticketi: Ticketi,
  eventId: string,
  listener: Listener,
  limits: readonly [number, ...number[]],
): Promise<readonly Revocation[]> {
  for (let turn = 0, rounds = 0; rounds < 2; turn += 1) {
    const limit = limits[turn % limits.length] ?? limits[0];
    const delta = await ticketi.tickets.revocations({ eventId, ...listener.ask, limit });
    listener.hear(delta);
    if (delta.next === null) rounds += 1;
  }
  return [...listener.known.values()];
}

function textOf(revocations: readonly Revocation[]): string {
  return revocations
    .map(({ ticketId, reason, issue, sequence }) => `${ticketId} ${issue} ${reason} ${sequence}`)
    .sort()
    .join();
}
