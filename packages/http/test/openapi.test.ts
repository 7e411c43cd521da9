import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { openApiDocument } from '../src/index.ts';
import type { ApiOperation, Parameter } from '../src/openapi/types.ts';
import { routeEntries } from '../src/route-entries.ts';
import type { Route } from '../src/routes.ts';

const document = openApiDocument();

function described({ method, path }: Route): ApiOperation {
  const found = Object.entries(document.paths[path] ?? {}).find(
    ([verb]) => verb === method.toLowerCase(),
  );
  if (found === undefined) throw new Error(`${method} ${path} is not described.`);
  return found[1];
}

test('the document passes the recommended rules of an independent linter without a remark', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ticketi-openapi-'));
  try {
    const file = join(folder, 'openapi.json');
    writeFileSync(file, JSON.stringify(document));
    const linter = fileURLToPath(
      new URL('../../../node_modules/@redocly/cli/bin/cli.js', import.meta.url),
    );
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [linter, 'lint', file, '--extends=recommended', '--format=json'],
      { cwd: folder, env: { ...process.env, REDOCLY_TELEMETRY: 'off' }, maxBuffer: 1 << 26 },
    );
    const { totals, problems } = JSON.parse(stdout.slice(stdout.indexOf('{')) || stderr);
    expect(problems).toEqual([]);
    expect(totals).toMatchObject({ errors: 0, warnings: 0 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);

test.each(routeEntries())('$name: its examples are what it takes and gives', (operation, route) => {
  const { parameters, requestBody, responses } = described(route);
  const named = parameters.filter(
    (parameter): parameter is Parameter => 'in' in parameter && parameter.in !== 'header',
  );
  const input = {
    ...Object.fromEntries(named.map(({ name, example }) => [name, example])),
    ...Object(requestBody?.content['application/json']?.example),
    ...(route.raw ? { body: requestBody?.content['*/*']?.example } : {}),
  };
  expect(operation.input.safeParse(input).error).toBeUndefined();
  const output = responses[route.status]?.content?.['application/json']?.example;
  expect(operation.output.safeParse(output).error).toBeUndefined();
});

test.each(routeEntries())('$name: every refusal stands at its status', (operation, route) => {
  const { responses } = described(route);
  const codes = Object.values(responses).flatMap(({ content }) =>
    Object.keys(content?.['application/json']?.examples ?? {}),
  );
  for (const { code } of operation.refusals) expect(codes).toContain(code);
  expect(codes).toContain('invalid_input');
  expect(responses).toHaveProperty('500');
  for (const code of codes) expect(document.components.examples).toHaveProperty(code);
});

test('every operation says who may call it and has a name of its own', () => {
  const all = routeEntries().map(([, route]) => described(route));
  expect(new Set(all.map(({ operationId }) => operationId)).size).toBe(all.length);
  for (const { summary, tags, security } of all) {
    expect(summary).not.toBe('');
    expect(tags).toHaveLength(1);
    expect(security.length).toBeGreaterThan(0);
  }
});

test('what is made twice is the same', () => {
  expect(JSON.stringify(openApiDocument())).toBe(JSON.stringify(document));
});
