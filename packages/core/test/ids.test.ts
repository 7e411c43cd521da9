import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createIds,
  ID_PREFIXES,
  idBytes,
  idFromBytes,
  idOf,
  instantFromMillis,
} from '../src/kernel/index.ts';

const prefix = fc.constantFrom(...Object.values(ID_PREFIXES));
const uuid = fc.uint8Array({ minLength: 16, maxLength: 16 });

describe('ids', () => {
  it('are the same bytes again after a round trip', () => {
    fc.assert(
      fc.property(prefix, uuid, (kind, bytes) => {
        const id = idFromBytes(kind, bytes);
        expect([...idBytes(id)]).toEqual([...bytes]);
        expect(idOf(kind).parse(id)).toBe(id);
      }),
      { numRuns: 500 },
    );
  });

  it('sort as their bytes do', () => {
    fc.assert(
      fc.property(uuid, uuid, (a, b) => {
        const order = Math.sign(Buffer.compare(a, b));
        const [first, second] = [idFromBytes('ord', a), idFromBytes('ord', b)];
        expect(first < second ? -1 : first > second ? 1 : 0).toBe(order);
      }),
      { numRuns: 500 },
    );
  });

  it('ascend strictly, however the clock jumps and however many come at once', () => {
    const jumps = fc.array(fc.integer({ min: -5000, max: 5000 }), { maxLength: 200 });
    fc.assert(
      fc.property(jumps, fc.integer({ min: 1, max: 50 }), (steps, burst) => {
        let millis = 1_800_000_000_000;
        const ids = createIds({ now: () => instantFromMillis(millis) });
        let last = '';
        for (const step of steps) {
          millis += step;
          for (let count = 0; count < burst; count += 1) {
            const id = ids.next('clm');
            expect(id > last).toBe(true);
            last = id;
          }
        }
      }),
      { numRuns: 30 },
    );
  });
});
