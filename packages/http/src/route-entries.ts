import { type AnyOperation, operationsByName } from '@ticketi/core';
import { type InProcessOnly, type Route, routes } from './routes.ts';

/** Every operation that HTTP offers, with its route, in the table's order. */
export function routeEntries(): readonly (readonly [AnyOperation, Route])[] {
  return Object.entries<Route | InProcessOnly>(routes).flatMap(([name, route]) => {
    if ('inProcess' in route) return [];
    const operation = operationsByName.get(name);
    if (operation === undefined) throw new Error(`There is no operation ${name}.`);
    return [[operation, route] as const];
  });
}
