import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { beforeEach, expect, test } from 'vitest';
import { CAPACITY, openPool, sold } from './support/claiming.ts';
import { sqliteFile, type TestStorage } from './support/databases.ts';

const PROCESSES = 4;
const BUYERS = 50;
const claimer = fileURLToPath(new URL('./support/claimer.ts', import.meta.url));

let made: TestStorage;
beforeEach(async () => {
  made = await sqliteFile();
  await openPool(made.storage);
  return () => made.drop();
});

/** What all buyers of all processes heard, started at the same moment. */
async function sell(mode: 'guarded' | 'unguarded'): Promise<string[]> {
  const children = Array.from({ length: PROCESSES }, (_, at) =>
    fork(claimer, [made.at, mode, String(10_000 * (at + 1)), String(BUYERS)]),
  );
  await Promise.all(children.map((child) => once(child, 'message')));
  const answers = children.map((child) => once(child, 'message'));
  const ends = children.map((child) => once(child, 'exit'));
  for (const child of children) child.send('go');
  const heard = (await Promise.all(answers)).flat(2);
  await Promise.all(ends);
  return heard;
}

test(`${PROCESSES} processes of ${BUYERS} buyers sell ${CAPACITY} units, and everybody is answered`, async () => {
  const heard = await sell('guarded');
  const of = (answer: string) => heard.filter((each) => each === answer).length;
  expect([of('claimed'), of('sold_out')]).toEqual([CAPACITY, PROCESSES * BUYERS - CAPACITY]);
  expect(await sold(made.storage)).toEqual({ counter: CAPACITY, claims: CAPACITY });
});

test('control: without transactions and guards the same processes oversell', async () => {
  await sell('unguarded');
  expect((await sold(made.storage)).claims).toBeGreaterThan(CAPACITY);
});
