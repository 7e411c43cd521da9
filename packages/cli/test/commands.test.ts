import { operationsByName } from '@ticketi/core';
import { describe, expect, it } from 'vitest';
import { nounGroups } from '../src/commands/nouns.ts';
import type { OperationCommand } from '../src/commands/operation-command.ts';
import { operationFlags } from '../src/commands/operation-flags.ts';
import { commands } from '../src/commands/table.ts';
import { inputSchemaOf, plainOf } from '../src/flags/schema.ts';
import { isMoney } from '../src/flags/special.ts';
import { cli, folder } from './support/cli.ts';

const cwd = folder();
const table: [keyof typeof commands, OperationCommand][] = Object.entries(commands).map(
  ([name, command]) => [name as keyof typeof commands, command],
);
const GLOBAL = [
  ...['database', 'url', 'as', 'guest', 'json', 'format', 'quiet', 'no-input', 'yes', 'debug'],
  ...['profile', 'config', 'locale', 'help', 'input'],
];

describe('the table of commands', () => {
  it('has every operation, each under words of its own', () => {
    expect(Object.keys(commands).sort()).toEqual([...operationsByName.keys()].sort());
    const words = table.map(([, { command }]) => command);
    expect(new Set(words).size).toBe(words.length);
  });

  it('has help for every noun', () => {
    const helped = Object.values(nounGroups).flatMap((nouns) => Object.keys(nouns));
    const nouns = new Set(table.map(([, { command }]) => command.split(' ')[0]));
    nouns.delete('doctor');
    expect([...nouns].sort()).toEqual(helped.sort());
  });

  it.each(table)('%s: flags reach every field, and names are free', async (name, command) => {
    const schema = await inputSchemaOf(name);
    const { flags, options } = await operationFlags(name, command);
    const reached = new Set(flags.map(({ path }) => path[0]));
    expect(
      [...Object.keys(schema.properties ?? {})].filter((field) => !reached.has(field)),
    ).toEqual([]);
    const longs = options.map(({ long }) => long?.replace(/^--/, '') ?? '');
    expect(new Set(longs).size).toBe(longs.length);
    expect(longs.filter((long) => GLOBAL.includes(long))).toEqual([]);
    if (command.subject !== undefined) expect(reached).toContain(command.subject);
  });

  it.each(table)('%s: its examples use flags that there are', async (name, command) => {
    const { options } = await operationFlags(name, command);
    const known = [...options.map(({ long }) => long?.replace(/^--/, '') ?? ''), ...GLOBAL];
    for (const example of command.examples) {
      for (const piece of example.split(' | ')) {
        if (!piece.startsWith(`ticketi ${command.command}`)) continue;
        const used = [...piece.matchAll(/--([a-z-]+)/g)].map(([, long = '']) => long);
        expect(used.filter((long) => !known.includes(long))).toEqual([]);
      }
    }
  });

  it.each(table)('%s: reads every amount of minor units as a decimal', async (name, command) => {
    const schema = await inputSchemaOf(name);
    const { flags } = await operationFlags(name, command);
    for (const [first, own] of Object.entries(schema.properties ?? {})) {
      const { schema: outer } = plainOf(own, schema);
      for (const [second, part] of [
        ['', own] as const,
        ...Object.entries(outer.properties ?? {}),
      ]) {
        const { schema: field } = plainOf(part, schema);
        if (field.type !== 'integer') continue;
        const says = /minor units/i.test(field.description ?? '');
        if (!says && !isMoney(second || first, field)) continue;
        const at = second === '' ? first : `${first}.${second}`;
        const around = flags.filter(({ path }) => `${at}.`.startsWith(`${path.join('.')}.`));
        expect(
          around.filter(({ money }) => money),
          at,
        ).not.toEqual([]);
      }
    }
  });
});

describe('help', () => {
  it.each(table)('of %s begins with examples and ends well', async (_name, { command }) => {
    const { code, stdout, stderr } = await cli([...command.split(' '), '--help'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Examples:\n {2}\$ ticketi /);
    expect(stdout).toContain(`Usage: ticketi ${command}`);
  });

  it.each(['demo', 'init', 'serve', 'worker', 'migrate', 'doctor', 'event'])(
    'of %s begins with examples',
    async (word) => {
      const { code, stdout } = await cli(['help', word], { cwd });
      expect(code).toBe(0);
      expect(stdout).toMatch(/^Examples:\n {2}\$ ticketi /);
    },
  );

  it('is what somebody gets who says nothing', async () => {
    const { code, stdout } = await cli([], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('Start here:');
  });
});
