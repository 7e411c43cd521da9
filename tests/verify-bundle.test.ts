import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import { build } from 'tsup';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = new URL('..', import.meta.url).pathname;
const vectors = readFileSync(join(root, 'docs/vectors/ticket-codes.json'), 'utf8');
const chromium = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
);

const lab = mkdtempSync(join(tmpdir(), 'ticketi-verify-'));
afterAll(() => rmSync(lab, { recursive: true, force: true }));

/** What every place runs: all vectors, and what came out otherwise than they say. */
const check = `
  const { keys, revoked, doorKey, revocations, valid, invalid } = vectors;
  const wrong = [];
  for (const vector of [...valid, ...invalid]) {
    const { name, code, now, rotating, reason, ticketId, issue, keyId } = vector;
    const verifier = createVerifier({
      keys: { keys, revoked },
      revocations,
      rotating: { required: rotating, doorKey },
    });
    const said = await verifier.verify(code, { now });
    const expected = reason ?? [ticketId, issue, keyId].join();
    const actual = said.ok ? [said.ticketId, said.issue, said.keyId].join() : said.reason;
    if (actual !== expected) wrong.push(name + ': ' + actual + ', not ' + expected);
  }
  const verifier = createVerifier({ keys: { keys } });
  const [{ code, now }] = valid;
  const begin = performance.now();
  await Promise.all(Array.from({ length: 2000 }, () => verifier.verify(code, { now })));
  const perSecond = Math.round(2_000_000 / (performance.now() - begin));
  const result = { checked: valid.length + invalid.length, wrong, perSecond };
`;

/** Silence about the figure: it is the machine's. It is printed for docs/ticket-codes.md. */
function expectSound(place: string, { checked, wrong, perSecond }: Result) {
  expect(wrong).toEqual([]);
  expect(checked).toBeGreaterThan(40);
  expect(perSecond).toBeGreaterThan(100);
  process.stdout.write(`${place}: ${perSecond} codes a second\n`);
}

interface Result {
  readonly checked: number;
  readonly wrong: readonly string[];
  readonly perSecond: number;
}

describe('@ticketi/core/verify, bundled for a browser', () => {
  const bundle = join(lab, 'verify.js');
  let text = '';
  beforeAll(async () => {
    await build({
      config: false,
      entry: { verify: join(root, 'packages/core/src/tickets/verify.ts') },
      outDir: lab,
      format: 'esm',
      target: 'es2022',
      platform: 'browser',
      minify: true,
      noExternal: [/.*/],
      silent: true,
      dts: false,
    });
    text = readFileSync(bundle, 'utf8');
  });

  test('is under 10 kB, gzipped, and asks for nothing else', () => {
    expect(gzipSync(text).length).toBeLessThan(10_000);
    expect(text).not.toMatch(/\bimport\b|\brequire\b|\bBuffer\b|\bprocess\b/);
  });

  test('says in Node what the vectors say', async () => {
    const script = `
      const { createVerifier } = await import('${pathToFileURL(bundle)}');
      const vectors = ${vectors};
      ${check}
      process.stdout.write(JSON.stringify(result));`;
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--input-type=module', '--eval', script],
      { encoding: 'utf8' },
    );
    expect(stdout, stderr).not.toBe('');
    expectSound('Node', JSON.parse(stdout));
  });

  test('says in a worker what the vectors say', async () => {
    const script = `(async () => {
      const { createVerifier } = await import('${pathToFileURL(bundle)}');
      const vectors = ${vectors};
      ${check}
      require('node:worker_threads').parentPort.postMessage(result);
    })()`;
    const worker = new Worker(script, { eval: true });
    const result = await new Promise<Result>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    await worker.terminate();
    expectSound('a worker of Node', result);
  });

  test.skipIf(chromium === undefined)(
    `says in Chromium what the vectors say${chromium === undefined ? ': none is installed here' : ''}`,
    async () => {
      const page = `<!doctype html><script type="module">
        try {
          const { createVerifier } = await import('/verify.js');
          const vectors = ${vectors};
          ${check}
          await fetch('/result', { method: 'POST', body: JSON.stringify(result) });
        } catch (error) {
          const result = { checked: 0, wrong: [String(error)], perSecond: 0 };
          await fetch('/result', { method: 'POST', body: JSON.stringify(result) });
        }
      </script>`;
      expectSound('Chromium', await inChromium(chromium ?? '', page, text));
    },
    120_000,
  );
});

/** Serves a page to a browser of its own, and gives what the page sends back. */
async function inChromium(binary: string, page: string, script: string): Promise<Result> {
  let answer: (result: Result) => void = () => {};
  const answered = new Promise<Result>((resolve) => {
    answer = resolve;
  });
  const server = createServer((request, response) => {
    if (request.url === '/result') {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        response.end();
        answer(JSON.parse(body));
      });
      return;
    }
    const isScript = request.url === '/verify.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
    response.end(isScript ? script : page);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  // The port of what was just listened on.
  const { port } = server.address() as AddressInfo;
  const browser = spawn(
    binary,
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      `--user-data-dir=${join(lab, 'profile')}`,
      `http://localhost:${port}/`,
    ],
    { stdio: 'ignore' },
  );
  try {
    return await answered;
  } finally {
    const gone = new Promise((resolve) => browser.once('exit', resolve));
    browser.kill('SIGKILL');
    await gone;
    server.close();
    server.closeAllConnections();
  }
}
