import type { OperationName } from '@ticketi/core';
import { Option } from 'commander';
import { UsageError } from '../errors.ts';
import { flagsOf } from '../flags/derive.ts';
import type { Flag } from '../flags/flag.ts';
import { inputSchemaOf } from '../flags/schema.ts';
import { filesOf } from './answer-with-file.ts';
import type { OperationCommand } from './operation-command.ts';

/** The flags of an operation, and the options that commander parses them with. */
export async function operationFlags(
  name: OperationName,
  { currencyFromEvent, irreversible, subject }: OperationCommand,
): Promise<{ flags: Flag[]; options: Option[] }> {
  const { operationsByName } = await import('@ticketi/core');
  const schema = await inputSchemaOf(name);
  const flags = flagsOf(schema);
  if (currencyFromEvent) flags.push(eventForCurrency);
  const options = flags.flatMap((flag) => optionsOf(flag, subject));
  if (schema.properties?.cursor !== undefined) {
    options.push(new Option('--all', 'Every page, not only the first.'));
  }
  if (filesOf.has(name)) {
    options.push(
      new Option('--output <file>', 'Where to save it. Default: stdout, if that is no terminal.'),
    );
  }
  if (name === 'checkin.scan') {
    options.push(new Option('--no-sound', 'Do not ring: once for in, three times for not.'));
  }
  if (name === 'checkin.merge') {
    options.push(new Option('--log <file>', 'The log of `checkin offline`, however long it is.'));
  }
  if (irreversible) {
    options.push(new Option('--confirm <name>', 'Names what is changed for good once more.'));
  }
  if (operationsByName.get(name)?.kind !== 'read') {
    options.push(
      new Option('--idempotency-key <key>', 'Repeat with the same key: it happens once.'),
    );
  }
  return { flags, options };
}

const eventForCurrency: Flag = {
  long: 'event',
  path: ['eventId'],
  placeholder: '<evt_…>',
  repeatable: false,
  required: false,
  help: 'Its event, whose currency amounts are in.',
  read: (text) => text,
};

function optionsOf(
  { long, placeholder, help, required, repeatable, path }: Flag,
  subject?: string,
) {
  const needed = required && path[0] !== subject ? ' (needed)' : '';
  const often = repeatable ? ' (may be repeated)' : '';
  const text = `${help}${often}${needed}`.trim();
  if (placeholder === undefined) {
    return [new Option(`--${long}`, text), new Option(`--no-${long}`).hideHelp()];
  }
  const collect = (value: string, before: unknown) => {
    // An empty variable in a script: `--event $EVENT --name x`.
    if (value.startsWith('--'))
      throw new UsageError(`--${long} wants ${placeholder}, not ${value}.`);
    return Array.isArray(before) ? [...before, value] : [value];
  };
  return [new Option(`--${long} ${placeholder}`, text).argParser(collect)];
}
