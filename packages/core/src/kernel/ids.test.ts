import { describe, expect, it } from 'vitest';
import { createIds, idOf } from './ids.ts';
import { idBytes, idFromBytes } from './typeid.ts';

const at = (now: string) => ({ now: () => now });
const zeros = (into: Uint8Array) => void into.fill(0);

describe('ids', () => {
  it('are UUIDv7 with the time in front', () => {
    const ids = createIds(at('2027-07-10T18:00:00.000Z'), zeros);
    const id = ids.next('evt');
    expect(idOf('evt').parse(id)).toBe(id);
    const bytes = idBytes(id);
    const millis = Number(BigInt(`0x${Buffer.from(bytes.subarray(0, 6)).toString('hex')}`));
    expect(new Date(millis).toISOString()).toBe('2027-07-10T18:00:00.000Z');
    expect((bytes[6] ?? 0) >> 4).toBe(7);
    expect((bytes[8] ?? 0) >> 6).toBe(0b10);
    expect(idFromBytes('evt', bytes)).toBe(id);
  });

  it('encode as the TypeID specification says', () => {
    // The valid vectors of the specification.
    const hex = (uuid: string) => new Uint8Array(Buffer.from(uuid.replaceAll('-', ''), 'hex'));
    const suffix = (uuid: string) => idFromBytes('evt', hex(uuid)).slice(4);
    expect(suffix('00000000-0000-0000-0000-000000000000')).toBe('00000000000000000000000000');
    expect(suffix('00000000-0000-0000-0000-000000000020')).toBe('00000000000000000000000010');
    expect(suffix('ffffffff-ffff-ffff-ffff-ffffffffffff')).toBe('7zzzzzzzzzzzzzzzzzzzzzzzzz');
    expect(suffix('0110c853-1d09-52d8-d73e-1194e95b5f19')).toBe('0123456789abcdefghjkmnpqrs');
    expect(suffix('01890a5d-ac96-774b-bcce-b302099a8057')).toBe('01h455vb4pex5vsknk084sn02q');
  });

  it('ascend within a millisecond, past the counter, and when the clock steps back', () => {
    let now = '2027-07-10T18:00:00.000Z';
    const ids = createIds({ now: () => now });
    const made = Array.from({ length: 10_000 }, () => ids.next('tkt'));
    now = '2027-07-10T17:00:00.000Z';
    made.push(ids.next('tkt'));
    expect(made.toSorted()).toEqual(made);
    expect(new Set(made).size).toBe(made.length);
  });

  it('are refused with another prefix, another alphabet or another length', () => {
    const id = createIds(at('2027-07-10T18:00:00.000Z')).next('evt');
    for (const wrong of [
      `x${id}`,
      id.replace('evt', 'ord'),
      id.slice(0, -1),
      `${id}0`,
      'evt_',
      id.toUpperCase(),
    ]) {
      expect(idOf('evt').safeParse(wrong).success, wrong).toBe(false);
    }
  });
});
