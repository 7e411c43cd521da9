import { type OperationName, operationsByName } from '@ticketi/core';
import { expect, test } from 'vitest';
import { routeEntries } from '../src/route-entries.ts';
import { type InProcessOnly, pathParameters, type Route, routes } from '../src/routes.ts';

const table: [string, Route | InProcessOnly][] = Object.entries(routes);

test('every operation of the registry has a row, and no row is of another', () => {
  expect(table.map(([name]) => name).sort()).toEqual([...operationsByName.keys()].sort());
});

test('the compiler refuses a table that lacks an operation', () => {
  const { 'events.create': _left, ...lacking } = routes;
  // @ts-expect-error events.create is missing
  const refused: Record<OperationName, Route | InProcessOnly> = lacking;
  expect(refused).not.toHaveProperty('events.create');
});

test('no two operations share a method and a path', () => {
  const places = routeEntries().map(
    ([, { method, path }]) => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`,
  );
  expect(new Set(places).size).toBe(places.length);
});

test.each(routeEntries())(
  '$name: its path names required fields of its input',
  (operation, route) => {
    for (const name of pathParameters(route.path)) {
      expect(operation.input.shape).toHaveProperty(name);
      expect(operation.input.shape[name].safeParse(undefined).success).toBe(false);
    }
  },
);

test.each(routeEntries())(
  '$name: its verb says whether it changes something',
  (operation, route) => {
    if (route.method === 'GET') expect(operation.kind).toBe('read');
    // A selection is too much for a query string, and the code of a gift card is no part of an
    // address: both are asked for with a body.
    else if (!['quotes.get', 'quotes.refund', 'giftCards.balance'].includes(operation.name))
      expect(operation.kind).not.toBe('read');
  },
);

/** Steps of workflows that run as the workflow's caller. */
const STEPS = ['payments.begin', 'refunds.record', 'webhooks.enqueueAgain'];

test('what only the system may do is not offered, and all else is', () => {
  for (const [name, row] of table) {
    const who = operationsByName.get(name)?.allow.who;
    if (who === 'trusted code in the same process') expect(row, name).toHaveProperty('inProcess');
    else if (!STEPS.includes(name)) expect(row, name).toHaveProperty('path');
  }
});

test('a Location leads to an operation that reads', () => {
  const read = new Set(
    routeEntries()
      .filter(([, { method }]) => method === 'GET')
      .map(([, { path }]) => path.replaceAll(/\{\w+\}/g, '{id}')),
  );
  for (const [, { location }] of routeEntries()) if (location) expect(read).toContain(location);
});
