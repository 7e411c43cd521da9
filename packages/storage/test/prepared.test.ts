import { expect, test } from 'vitest';
import { keepPrepared } from '../src/connections/prepared.ts';

function counting() {
  const compiled: string[] = [];
  const database = keepPrepared<object, { prepare(sql: string): object }>({
    prepare(sql) {
      compiled.push(sql);
      return { sql };
    },
  });
  return { compiled, database };
}

test('a statement is compiled once', () => {
  const { compiled, database } = counting();
  expect(database.prepare('SELECT 1')).toBe(database.prepare('SELECT 1'));
  expect(compiled).toEqual(['SELECT 1']);
});

test('of many statements, those used last are kept', () => {
  const { compiled, database } = counting();
  for (let n = 0; n < 1000; n++) {
    database.prepare(`SELECT ${n}`);
    database.prepare('SELECT 0');
  }
  expect(compiled).toHaveLength(1000);
  database.prepare('SELECT 999');
  expect(compiled).toHaveLength(1000);
  database.prepare('SELECT 1');
  expect(compiled).toHaveLength(1001);
});
