import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type AnyRefusalType, EVENT_TYPES, refusalTypes } from '@ticketi/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLab, type Lab } from './docs/lab.ts';
import { type Block, deadLinks, pageOf, pages, root } from './docs/markdown.ts';
import { priceVectors } from './docs/prices.ts';
import {
  accountTable,
  commandTable,
  factTable,
  jobTable,
  operationTables,
  presetTable,
  refusalTable,
  renewed,
  routeTables,
} from './docs/tables.ts';
import { typeErrors } from './docs/types.ts';

const all = pages();
const blocks = all.flatMap((page) => page.blocks);
const typescript = blocks.filter(({ language }) => language === 'ts');
const shell = (page: { blocks: readonly Block[] }) =>
  page.blocks.filter(({ language, code }) => language === 'bash' && /\bticketi\b/.test(code));
const name = ({ page, line }: Block) => `${page}:${line}`;

let lab: Lab;
beforeAll(() => {
  lab = createLab();
});
afterAll(() => lab?.remove());

test('there is something to check', () => {
  expect(typescript.length).toBeGreaterThan(30);
});

test('no block is exempt without a reason, and few are', () => {
  const exempt = blocks.filter(({ info }) => info.startsWith('no-run'));
  for (const { info } of exempt) expect(info).toMatch(/^no-run: \S/);
  expect(exempt.map(name)).toEqual([]);
});

test('every TypeScript block type-checks, strictly', { timeout: 120_000 }, () => {
  expect(typeErrors(lab, typescript)).toEqual([]);
});

test.concurrent.for(typescript.map((block) => [name(block), block] as const))(
  'runs: %s',
  { timeout: 120_000 },
  async ([, block]) => {
    const { code, stderr, stdout } = await lab.run(block);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const expected = outputAfter(block);
    if (expected !== undefined) expect(stdout).toBe(expected.code);
  },
);

test.concurrent.for(
  all.filter((page) => shell(page).length > 0).map((page) => [page.path, page] as const),
)('the commands of %s do what they say', { timeout: 240_000 }, async ([, page]) => {
  const commands = shell(page);
  const { code, stderr, outputs } = await lab.runShell(commands);
  expect(code, stderr).toBe(0);
  commands.forEach((block, index) => {
    const expected = outputAfter(block);
    if (expected !== undefined) expect(outputs[index]).toBe(expected.code);
  });
});

/** The block right after this one, when it shows what this one prints. */
function outputAfter(block: Block): Block | undefined {
  const own = all.find(({ path }) => path === block.page)?.blocks ?? [];
  const next = own[own.indexOf(block) + 1];
  return next?.info === 'output' ? next : undefined;
}

test.for(all.map((page) => [page.path, page] as const))(
  'links of %s lead somewhere',
  ([, page]) => {
    const exists = (path: string) => existsSync(join(root, path));
    const textOf = (path: string) => readFileSync(join(root, path), 'utf8');
    expect(deadLinks(page, exists, textOf)).toEqual([]);
  },
);

test('what npm is asked to run in the docs is in package.json', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const asked = all.flatMap(({ text }) => [
    ...text.matchAll(/npm (?:run )?(test|(?<=run )[\w-]+)/g),
  ]);
  for (const [, script = ''] of asked) expect(Object.keys(scripts)).toContain(script);
});

test.for(all.map((page) => [page.path, page] as const))(
  'what %s has from the code is what the code says',
  async ([, { path, text }]) => {
    const made = {
      operations: operationTables,
      refusals: refusalTable,
      routes: routeTables,
      commands: commandTable,
      jobs: jobTable,
      accounts: accountTable,
      facts: factTable,
      presets: presetTable,
    };
    // To write the tables anew: npm test -- tests/docs.test.ts -u
    await expect(renewed(text, made)).toMatchFileSnapshot(join(root, path));
  },
);

test('the tables made from the code are where they belong', () => {
  const having = (name: string) =>
    all.filter(({ text }) => text.includes(`<!-- made: ${name} `)).map(({ path }) => path);
  expect(
    ['operations', 'refusals', 'routes', 'commands', 'jobs', 'accounts', 'presets'].map(having),
  ).toEqual([
    ['docs/operations.md'],
    ['docs/errors.md'],
    ['docs/http.md'],
    ['docs/cli.md'],
    ['docs/worker.md'],
    ['docs/ledger.md'],
    ['docs/resale.md'],
  ]);
});

test('the refusals that pages explain are refusals', () => {
  const known = Object.keys(refusalTypes);
  for (const { path, text } of all) {
    const [, rows = ''] = /^\| refusal \| when \|\n\|---\|---\|\n((?:\|.*\n)*)/m.exec(text) ?? [];
    for (const row of rows.split('\n')) {
      const codes = (row.split('|')[1] ?? '').matchAll(/`(\w+)`/g);
      for (const [, code] of codes) expect(known, path).toContain(code);
    }
  }
});

test('an error shown as JSON is what the refusal says', () => {
  const shown = blocks.filter(({ language, code }) => language === 'json' && /"code"/.test(code));
  expect(shown.length).toBeGreaterThan(0);
  for (const { code } of shown) {
    const { error, code: name, details, hint } = JSON.parse(code);
    const made = new Map<string, AnyRefusalType>(Object.entries(refusalTypes)).get(name)?.(details);
    expect({ error, hint }).toEqual({ error: made?.message, hint: made?.hint });
  }
});

test('the page on errors names every code that is thrown', () => {
  const sources = globSync('packages/*/src/**/*.ts', { cwd: root });
  const thrown = sources.flatMap((source) =>
    [
      ...readFileSync(join(root, source), 'utf8').matchAll(
        /(?:code: '(\w+)',\s+kind:|status: \d+,\s+code: '(\w+)')/g,
      ),
    ].map(([, kind, status]) => kind ?? status ?? ''),
  );
  expect(thrown.length).toBeGreaterThan(10);
  const page = readFileSync(join(root, 'docs/errors.md'), 'utf8');
  for (const code of thrown) expect(page).toContain(`\`${code}\``);
});

test('the page on the outbox names every type of entry', () => {
  const page = readFileSync(join(root, 'docs/webhooks.md'), 'utf8');
  expect(EVENT_TYPES.length).toBeGreaterThan(30);
  for (const type of EVENT_TYPES) expect(page).toContain(`\`${type}\``);
});

test('the picture of the architecture has every package and room', () => {
  const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
  const picture = /```mermaid\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
  for (const folder of globSync('packages/*/src', { cwd: root })) {
    expect(picture).toContain(folder.replaceAll('\\', '/').replace('/src', ''));
  }
  const rooms = globSync('packages/core/src/*/', { cwd: root }).map((path) => basename(path));
  for (const room of rooms) expect(picture).toMatch(new RegExp(`\\b${room}\\b`));
});

describe('the worked examples of prices', () => {
  const page = readFileSync(join(root, 'docs/pricing.md'), 'utf8');

  test('are many', () => {
    expect(priceVectors(page).length).toBeGreaterThan(60);
  });

  test.for(priceVectors(page).map((vector) => [vector.row, vector] as const))(
    'come out as the page says: %s',
    async ([, { said, computed }]) => expect(await computed()).toEqual(said),
  );

  const table = (tickets: string, total: string) =>
    priceVectors(
      `<!-- vectors -->\n\n| tickets | arithmetic | total |\n|---|---|---|\n| ${tickets} | sum | ${total} |`,
    );

  test('fail when a figure is wrong', async () => {
    const [right] = table('2 x 49.00', '98.00');
    const [wrong] = table('2 x 49.00', '98.01');
    expect(await right?.computed()).toEqual(right?.said);
    expect(await wrong?.computed()).not.toEqual(wrong?.said);
  });

  test.each(['2 x 49', '2 × 49.00', '2 x 49.00 (half off)', '2 x 49.00; ', '49.00'])(
    'fail when a cell is not understood: `%s`',
    async (tickets) => {
      const [vector] = table(tickets, '98.00');
      await expect(vector?.computed()).rejects.toThrow(/not understood|no amount/);
    },
  );

  test('fail when a column is not understood', () => {
    const heading = '| tickets | arithmetics | total |';
    expect(() => priceVectors(`<!-- vectors -->\n\n${heading}\n|---|---|---|\n`)).toThrow(
      'No column is called "arithmetics".',
    );
  });
});

describe('the checker itself', () => {
  const wrong = (code: string, language = 'ts') => {
    const [block] = pageOf(
      'docs/wrong.md',
      `# Wrong\n\n\`\`\`${language}\n${code}\n\`\`\`\n`,
    ).blocks;
    if (block === undefined) throw new Error('The block was not found.');
    return block;
  };

  test('finds a wrong type, and where it is', { timeout: 120_000 }, () => {
    const block = wrong(
      "import { createTicketi } from '@ticketi/core';\nawait createTicketi({ storage: 42 });",
    );
    const errors = typeErrors(lab, [block]);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/^docs\/wrong\.md:5: error TS2322/);
  });

  test('finds a block that fails when it runs', async () => {
    const { code, stderr } = await lab.run(wrong("throw new Error('not so');"));
    expect(code).toBe(1);
    expect(stderr).toContain('not so');
  });

  test('finds a command that fails, also before the last', async () => {
    const { code } = await lab.runShell([wrong('ticketi no-such-noun\ntrue', 'bash')]);
    expect(code).not.toBe(0);
  });

  test('finds links to pages and headings that are not there', () => {
    const text = '# A page\n\n[a](#a-page) [b](#b) [c](nowhere.md) [d](other.md#two)';
    const exists = (path: string) => path !== 'docs/nowhere.md';
    expect(
      deadLinks(pageOf('docs/page.md', text), exists, (path) =>
        path === 'docs/page.md' ? text : '# One',
      ),
    ).toEqual(['#b', 'nowhere.md', 'other.md#two']);
  });
});
