import { expect, it } from 'vitest';
import { createKnownRoutes } from './known-routes.ts';

const route = (n: number) => ({ subject: `hld_${n}`, key: 'evt_1' });

it('remembers where records belong, and forgets the oldest beyond its bound', () => {
  const known = createKnownRoutes(3);
  known.remember([1, 2, 3, 4].map(route));
  expect([1, 2, 3, 4].map((n) => known.get(`hld_${n}`)?.key)).toEqual([
    undefined,
    'evt_1',
    'evt_1',
    'evt_1',
  ]);
});

it('keeps what is remembered again once', () => {
  const known = createKnownRoutes(2);
  known.remember([1, 1, 1, 2].map(route));
  expect(known.get('hld_1')).toEqual(route(1));
  expect(known.get('hld_2')).toEqual(route(2));
});
