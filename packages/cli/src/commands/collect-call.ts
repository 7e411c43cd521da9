import type { OperationName } from '@ticketi/core';
import { UsageError } from '../errors.ts';
import type { Flag } from '../flags/flag.ts';
import type { OperationCommand } from './operation-command.ts';
import type { Call } from './run-operation.ts';

interface Parsed {
  readonly name: OperationName;
  readonly command: OperationCommand;
  readonly flags: readonly Flag[];
  /** What stands without a flag. */
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** What commander parsed, as a call: which flags were given, with which texts. */
export function collectCall({ name, command, flags, words, options }: Parsed): Call {
  const given = new Map<Flag, readonly string[]>();
  for (const flag of flags) {
    const value = options[attributeOf(flag.long)];
    if (Array.isArray(value)) given.set(flag, value.map(String));
    else if (typeof value === 'boolean') given.set(flag, [String(value)]);
  }
  const argument = argumentOf(command, words);
  const subject = flags.find(({ path }) => path[0] === command.subject);
  if (argument !== undefined && subject !== undefined) {
    if (given.has(subject)) {
      throw new UsageError(`Give ${argument} or --${subject.long}, not both.`);
    }
    given.set(subject, [argument]);
  }
  return {
    name,
    command,
    flags,
    given,
    inputFile: textOf(options.input),
    idempotencyKey: textOf(options.idempotencyKey),
    confirmed: textOf(options.confirm),
    all: options.all === true,
    outputFile: textOf(options.output),
    logFile: textOf(options.log),
    sound: options.sound !== false,
  };
}

/** The one word that may stand alone; a noun without verbs also hears to `get`. */
function argumentOf({ command, subject }: OperationCommand, words: readonly string[]) {
  const isNoun = !command.includes(' ');
  const [argument, extra] = isNoun && words[0] === 'get' ? words.slice(1) : words;
  if (argument === undefined) return undefined;
  const wrong = subject === undefined ? argument : extra;
  if (wrong === undefined) return argument;
  throw new UsageError(
    `ticketi ${command} does not know what to do with ${JSON.stringify(wrong)}.`,
    `See ticketi ${command} --help.`,
  );
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** `ticket-type` is `ticketType` among commander's options. */
function attributeOf(long: string): string {
  return long.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
