import type { Route } from './context.ts';

/** Most routes that are remembered: a few minutes of a hot on-sale, about 2 MB. */
const REMEMBERED = 10_000;

/**
 * Where records belong that this process has just answered with: whoever makes a
 * hold places it soon, and pays. A record never moves to another event, so what
 * is remembered stays true; what is forgotten is read.
 */
export interface KnownRoutes {
  get(subject: string): Route | undefined;
  remember(routes: readonly Route[]): void;
}

export function createKnownRoutes(limit = REMEMBERED): KnownRoutes {
  const known = new Map<string, Route>();
  return {
    get: (subject) => known.get(subject),
    remember(routes) {
      for (const route of routes) {
        known.set(route.subject, route);
        const [oldest] = known.keys();
        if (known.size > limit && oldest !== undefined) known.delete(oldest);
      }
    },
  };
}
