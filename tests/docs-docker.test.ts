import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { root } from './docs/markdown.ts';
import { createDatabase } from './support/postgres.ts';

// There is no engine to build an image with here; what the image runs, runs.

interface Service {
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { condition: string }>>;
  readonly healthcheck?: object;
  readonly volumes?: readonly string[];
}

const { parse } = createRequire(join(root, 'packages/cli/package.json'))('yaml');
const compose: { services: Record<string, Service>; volumes: object } = parse(
  readFileSync(join(root, 'examples/docker/compose.yaml'), 'utf8'),
);

/** As compose does it: `${NAME:-default}` and `${NAME:?why}`. */
function filled(text: string, env: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_all, name, operator, rest) => {
    const value = env[name] ?? (operator === '-' ? rest : undefined);
    if (value === undefined) throw new Error(`${name} is not set: ${rest}`);
    return value;
  });
}

test('the services of compose.yaml fit each other', () => {
  const { services, volumes } = compose;
  for (const { depends_on: others = {}, volumes: mounts = [] } of Object.values(services)) {
    for (const [name, { condition }] of Object.entries(others)) {
      expect(Object.keys(services)).toContain(name);
      if (condition === 'service_healthy') expect(services[name]?.healthcheck).toBeDefined();
    }
    for (const mount of mounts) expect(Object.keys(volumes)).toContain(mount.split(':')[0]);
  }
});

test('the worker of compose.yaml works on the database until it is stopped', async () => {
  const database = await createDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'ticketi-docker-'));
  const cli = join(root, 'packages/cli/src/main.ts');
  const args = [...(compose.services.worker?.command ?? [])];
  const env = {
    TICKETI_DATABASE: database.url,
    TICKETI_SECRET: Buffer.alloc(32, 7).toString('base64'),
  };
  const worker = spawn(process.execPath, ['--conditions=ticketi-source', cli, ...args], {
    cwd: folder,
    env,
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  try {
    const [line] = await once(createInterface(worker.stderr), 'line');
    expect(line).toContain('Working');
    worker.kill('SIGTERM');
    expect(await once(worker, 'exit')).toEqual([0, null]);
  } finally {
    worker.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
    await database.drop();
  }
});

test('what the container runs serves the API, and believes nobody without a token', async () => {
  const service = compose.services.ticketi;
  const database = await createDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'ticketi-docker-'));
  const { publicKey } = generateKeyPairSync('ed25519');
  const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: '1', alg: 'EdDSA' }];
  writeFileSync(join(folder, 'jwks.json'), JSON.stringify({ keys }));
  const given = {
    TICKETI_JWKS: join(folder, 'jwks.json'),
    TICKETI_ISSUER: 'https://id.example.com',
    TICKETI_SECRET: Buffer.alloc(32, 7).toString('base64'),
    POSTGRES_PASSWORD: 'secret',
  };
  const variables = Object.entries(service?.environment ?? {}).map(([name, value]) => [
    name,
    filled(value, given),
  ]);
  const env = { ...Object.fromEntries(variables), TICKETI_DATABASE: database.url };
  const args = (service?.command ?? []).map((arg) => filled(arg, given));
  const cli = join(root, 'packages/cli/src/main.ts');
  const server = spawn(
    process.execPath,
    ['--conditions=ticketi-source', cli, ...args, '--port', '0'],
    { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    const [line] = await once(createInterface(server.stdout), 'line');
    const base = String(line).replace('0.0.0.0', '127.0.0.1');
    expect((await fetch(new URL('/readyz', base))).status).toBe(200);
    expect((await fetch(`${base}/events`)).status).toBe(200);
    const headers = { 'x-ticketi-actor': 'system', authorization: 'Bearer e30.e30.e30' };
    expect((await fetch(`${base}/organizers`, { headers })).status).toBe(401);
    server.kill('SIGTERM');
    expect(await once(server, 'exit')).toEqual([0, null]);
  } finally {
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
    await database.drop();
  }
});
