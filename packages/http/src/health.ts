import type { Hono } from 'hono';
import type { Env } from './env.ts';
import { json } from './reply.ts';

/** Whether requests can be served: a false or a throw means no. */
export type Ready = () => unknown;

const PATIENCE = 5000;

/** `/healthz`: the process answers. `/readyz`: so does what it needs. Neither asks who is calling. */
export function addHealth(app: Hono<Env>, ready: Ready): void {
  app.get('/healthz', ({ env }) => json(200, { status: 'ok' }, env.requestId));
  app.get('/readyz', async ({ env }) =>
    (await isReady(ready))
      ? json(200, { status: 'ok' }, env.requestId)
      : json(503, { status: 'unavailable' }, env.requestId, { 'retry-after': '1' }),
  );
}

async function isReady(ready: Ready): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE);
  });
  try {
    return await Promise.race([patience, Promise.resolve(ready()).then((is) => is !== false)]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
