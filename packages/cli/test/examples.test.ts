import { operationsByName } from '@ticketi/core';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { collectCall } from '../src/commands/collect-call.ts';
import type { OperationCommand } from '../src/commands/operation-command.ts';
import { operationFlags } from '../src/commands/operation-flags.ts';
import { fillEmptyObjects } from '../src/commands/run-operation.ts';
import { commands } from '../src/commands/table.ts';
import { assemble, missingFlags } from '../src/flags/input.ts';
import { wordsOf } from './support/lines.ts';

const GLOBAL = [
  '--as <actor>',
  '--guest <token>',
  '--json',
  '--format <format>',
  '--quiet',
  '--yes',
  '--locale <tag>',
];

/** Every example of an operation's own, one line each, without what the shell does with it. */
const examples = Object.entries(commands).flatMap(([name, command]: [string, OperationCommand]) =>
  command.examples.flatMap((example) =>
    example
      .replaceAll(/\\\n\s*/g, '')
      .split(' | ')
      .filter((piece) => piece.startsWith(`ticketi ${command.command}`))
      .map(
        (piece) =>
          [piece.replace(/ {3}#.*| > .*/, ''), name as keyof typeof commands, command] as const,
      ),
  ),
);

/** The input that a line makes, as the command reads it. */
async function inputOf(line: string, name: keyof typeof commands, command: OperationCommand) {
  const { flags, options } = await operationFlags(name, command);
  const parser = new Command().exitOverride().argument('[words...]').option('--input <file>');
  for (const flag of GLOBAL) parser.option(flag);
  for (const option of options) parser.addOption(option);
  const words = wordsOf(line).slice(1 + command.command.split(' ').length);
  parser.parse(
    words.map((word) => word.replace(/\b([a-z]{3})_…/g, '$1_01k0000000e008000000000000')),
    { from: 'user' },
  );
  const call = collectCall({ name, command, flags, words: parser.args, options: parser.opts() });
  const fields = await assemble({}, call.given, () => ({ currency: async () => 'EUR' }));
  // The rest stands in a file.
  if (call.inputFile !== undefined || call.logFile !== undefined) return undefined;
  expect(missingFlags(flags, fields).map(({ long }) => long)).toEqual([]);
  if (command.currencyFromEvent) delete fields.eventId;
  fillEmptyObjects(flags, fields);
  return fields;
}

describe('flags of several kinds of values', () => {
  const step = (until: string) => `{"until":"${until}","percent":"50"}`;
  it.each([
    ['outbox read 41', 'outbox.read', { after: 41 }],
    ['outbox read now', 'outbox.read', { after: 'now' }],
    ['outbox read 2027-07-10T00:00:00Z', 'outbox.read', { after: '2027-07-10T00:00:00Z' }],
    [
      `refund set-policy evt_… --steps '${step('7d')}' --steps '[${step('2d')},${step('1d')}]'`,
      'refunds.setPolicy',
      { steps: ['7d', '2d', '1d'].map((until) => JSON.parse(step(until))) },
    ],
  ] as const)('%s', async (line, name, input) => {
    expect(await inputOf(`ticketi ${line}`, name, commands[name])).toMatchObject(input);
  });
});

describe('the examples in the help', () => {
  it.each(examples)('%s', async (line, name, command) => {
    const fields = await inputOf(line, name, command);
    if (fields === undefined) return;
    const read = operationsByName.get(name)?.input.safeParse(fields);
    expect(read?.error?.issues ?? []).toEqual([]);
  });

  it('are there for each operation', () => {
    expect(new Set(examples.map(([, name]) => name)).size).toBe(operationsByName.size);
  });
});
