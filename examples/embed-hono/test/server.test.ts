import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

let server: ChildProcess;
let base: string;

beforeAll(async () => {
  const script = fileURLToPath(new URL('../src/server.ts', import.meta.url));
  const started = spawn(process.execPath, ['--conditions=ticketi-source', script], {
    env: { ...process.env, PORT: '0', DATABASE: ':memory:' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  server = started;
  const [line] = await once(createInterface(started.stdout), 'line');
  base = String(line);
});
afterAll(async () => {
  if (server === undefined || server.exitCode !== null) return;
  server.kill('SIGTERM');
  await once(server, 'exit');
});

const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  fetch(`${base}/tickets${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

test('makes an organizer for somebody who is signed in, and for nobody else', async () => {
  const refused = await post('/organizers', { name: 'Harbour Sounds' });
  expect(refused.status).toBe(401);
  const made = await post('/organizers', { name: 'Harbour Sounds' }, { 'x-demo-user': 'nora' });
  expect(made.status).toBe(201);
  expect(await made.json()).toMatchObject({ name: 'Harbour Sounds' });
});

test('serves its own pages beside the API', async () => {
  const page = await fetch(base);
  expect([page.status, await page.text()]).toEqual([200, '']);
  expect((await fetch(`${base}/tickets/events`)).status).toBe(200);
});
