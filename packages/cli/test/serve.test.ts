import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { ok } from './support/box-office.ts';
import { type Circumstances, cli, folder, start } from './support/cli.ts';

/** Starts a server and waits for the address that it prints. */
async function server(args: string[], given: Circumstances) {
  const running = start(['serve', '--port', '0', ...args], given);
  const [line] = await Promise.race([
    once(createInterface(running.child.stdout), 'line'),
    running.ended.then(({ stderr }) => Promise.reject(new Error(stderr))),
  ]);
  return { ...running, url: String(line) };
}

describe('serve', () => {
  it('does not start without keys, without identities, or open to others in --dev', async () => {
    const cwd = folder();
    const secret = Buffer.alloc(32, 7).toString('base64');
    const refused = async (args: string[], env = {}) => {
      const { code, stderr } = await cli(['serve', ...args], { cwd, env });
      expect(code).toBe(3);
      return stderr;
    };
    const identity = ['--jwks', 'jwks.json', '--issuer', 'i', '--audience', 'a'];
    expect(await refused(identity)).toContain('no keys');
    expect(await refused([], { TICKETI_SECRET: secret })).toContain('who calls');
    expect(await refused(['--jwks', 'x'], { TICKETI_SECRET: secret })).toContain('belong together');
    expect(await refused(['--dev', '--host', '0.0.0.0'])).toContain('this machine only');
    expect(await refused(['--dev', '--port', 'x'])).toContain('--port');
  });

  it('believes the header in --dev, warns loudly, and stops on SIGTERM', async () => {
    const cwd = folder();
    await ok(cwd, 'init', '--yes', '--organizer', 'Harbour', '--owner', 'nora', '--quiet');
    const { child, ended, output, url } = await server(['--dev'], { cwd });
    const list = (actor: string) =>
      fetch(`${url}/organizers`, { headers: { 'x-ticketi-actor': actor } });
    expect(await (await list('user:nora')).json()).toMatchObject({ items: [{ name: 'Harbour' }] });
    expect((await list('somebody')).status).toBe(401);
    expect((await fetch(`${url}/organizers`)).status).toBe(401);
    expect(output.stderr).toContain('DEVELOPMENT');

    const remote = await cli(['event', 'list', '--url', url, '--json'], { cwd });
    expect(JSON.parse(remote.stdout)).toEqual({ items: [], nextCursor: null });
    const denied = await cli(['organizer', 'list', '--url', url], { cwd });
    expect(denied.code).toBe(4);
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 0 });
  });

  it('lets in who has a token of the issuer, and nobody by header or sandbox', async () => {
    const cwd = folder();
    await ok(cwd, 'init', '--yes', '--quiet');
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const key = { ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'EdDSA' };
    writeFileSync(join(cwd, 'jwks.json'), JSON.stringify({ keys: [key] }));
    const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
    const exp = Math.floor(Date.now() / 1000) + 3600;
    const claims = { sub: 'nora', iss: 'https://id.example', aud: 'tickets', exp };
    const body = `${encoded({ alg: 'EdDSA', kid: 'one' })}.${encoded(claims)}`;
    const token = `${body}.${sign(null, Buffer.from(body), privateKey).toString('base64url')}`;
    const { child, ended, url } = await server(
      ['--jwks', 'jwks.json', '--issuer', 'https://id.example', '--audience', 'tickets'],
      { cwd },
    );
    const as = (headers: Record<string, string>) => fetch(`${url}/organizers`, { headers });
    expect((await as({ authorization: `Bearer ${token}` })).status).toBe(200);
    expect((await as({ 'x-ticketi-actor': 'system' })).status).toBe(401);
    const made = await cli(['organizer', 'create', '--name', 'Remote', '--url', url, '--json'], {
      cwd,
      env: { TICKETI_TOKEN: token },
    });
    expect(JSON.parse(made.stdout)).toMatchObject({ name: 'Remote' });
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 0 });
  });
});
