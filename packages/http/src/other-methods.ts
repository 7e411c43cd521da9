import type { Hono } from 'hono';
import type { Env } from './env.ts';
import { empty } from './reply.ts';
import { RequestError } from './request-error.ts';

/**
 * Whatever else is asked of the paths that are there by now: OPTIONS names
 * their methods, the rest is a 405.
 */
export function addOtherMethods(app: Hono<Env>): void {
  const methods = new Map<string, Set<string>>();
  for (const { path, method } of app.routes) {
    if (method === 'ALL') continue;
    const known = methods.get(path) ?? new Set();
    methods.set(path, known.add(method));
    if (method === 'GET') known.add('HEAD');
  }
  for (const [path, known] of methods) {
    const allowed = [...known, 'OPTIONS'];
    const allow = allowed.join(', ');
    app.all(path, (context) => {
      const { method } = context.req;
      if (method === 'OPTIONS') return empty(204, context.env.requestId, { allow });
      throw new RequestError({
        status: 405,
        code: 'method_not_allowed',
        message: `${method} is not possible here; ${allow} are.`,
        details: { allow: allowed },
        headers: { allow },
      });
    });
  }
}
