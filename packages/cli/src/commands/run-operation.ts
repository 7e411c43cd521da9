import type { OperationName, Surface } from '@ticketi/core';
import { UsageError } from '../errors.ts';
import type { Flag } from '../flags/flag.ts';
import {
  assemble,
  type Fields,
  type Given,
  missingFlags,
  missingText,
  readInputFile,
} from '../flags/input.ts';
import { canAsk, type Io } from '../io.ts';
import { openSurface } from '../open.ts';
import { pageOf } from '../output/page.ts';
import { printAnswer } from '../output/print.ts';
import { isObject, type Settings } from '../settings.ts';
import { answerWithFile, filesOf, refuseBinary } from './answer-with-file.ts';
import { askForMissing } from './ask.ts';
import { confirm } from './confirm.ts';
import { currencyLookup } from './currency.ts';
import type { OperationCommand } from './operation-command.ts';
import { codesFromStdin, namedCode, serverDoor } from './scan.ts';
import { scanCodes } from './scanning.ts';
import { readSecrets } from './secret-fields.ts';

/** A call of an operation as the command line put it. */
export interface Call {
  readonly name: OperationName;
  readonly command: OperationCommand;
  readonly flags: readonly Flag[];
  readonly given: Given;
  readonly inputFile: string | undefined;
  readonly idempotencyKey: string | undefined;
  readonly confirmed: string | undefined;
  /** `--all`: every page of a list. */
  readonly all: boolean;
  /** `--output`: where a file goes; stdout when left out. */
  readonly outputFile: string | undefined;
  /** `--log`: the log of a door, in place of an input. */
  readonly logFile: string | undefined;
  /** `--no-sound`: a scan does not ring. */
  readonly sound: boolean;
}

/** Puts the input together, calls the operation, prints its answer. */
export async function runOperation(io: Io, settings: Settings, call: Call): Promise<number> {
  const { name, flags } = call;
  refuseBinary(io, settings, call);
  const told = await inputOf(io, call);
  const base = name === 'checkin.scan' ? codesFromStdin(call.given, told) : told;
  const asked = await completed(io, settings, call, base);
  const { surface, close } = await openSurface(settings, io);
  try {
    const fields = await assemble(base, asked, currencyLookup(surface));
    if (call.command.currencyFromEvent) delete fields.eventId;
    fillEmptyObjects(flags, fields);
    await readSecrets(io, name, fields);
    const { subject, irreversible } = call.command;
    if (irreversible && subject !== undefined) {
      await confirm(io, settings, { name, surface, subject, fields, confirmed: call.confirmed });
    }
    if (name === 'checkin.scan') {
      const door = serverDoor(surface, fields, call.sound);
      return await scanCodes(io, settings, door, namedCode(fields));
    }
    const answer = await answerOf(surface, call, fields);
    if (filesOf.has(name) && answerWithFile(io, settings, answer, call.outputFile)) return 0;
    await printAnswer(io, settings, name, answer);
    return 0;
  } catch (error) {
    throw inFlags(error, flags);
  } finally {
    await close();
  }
}

/** What the flags go over: the whole input, or the log of a door. */
async function inputOf(io: Io, { inputFile, logFile }: Call): Promise<Fields> {
  if (logFile === undefined) return inputFile === undefined ? {} : readInputFile(inputFile, io);
  if (inputFile !== undefined) throw new UsageError('Give --input or --log, not both.');
  const { logAsInput } = await import('../offline/merge.ts');
  return logAsInput(io, logFile);
}

/** The flags with what was still missing, asked for on a terminal; elsewhere a mistake. */
async function completed(io: Io, settings: Settings, call: Call, base: Fields): Promise<Given> {
  const { flags, given } = call;
  const told: Fields = structuredClone(base);
  for (const { path } of given.keys()) {
    const [first, second] = path;
    const inner = told[first];
    told[first] =
      second === undefined ? true : { ...(isObject(inner) ? inner : {}), [second]: true };
  }
  const missing = missingFlags(flags, told);
  if (missing.length === 0) return given;
  if (canAsk(io, settings.prompts)) return askForMissing(flags, told, given);
  const [example] = call.command.examples;
  throw new UsageError(
    `${missingText(missing)} needed.`,
    `For example: ${example.replaceAll(/\s*\\\n\s*/g, ' ')}`,
  );
}

/** An object that is needed, but all of whose parts have defaults, is given as an empty one. */
export function fillEmptyObjects(flags: readonly Flag[], fields: Fields): void {
  for (const { path, ofNeeded } of flags) {
    const [first, second] = path;
    if (ofNeeded && second !== undefined && fields[first] === undefined) fields[first] = {};
  }
}

async function answerOf(surface: Surface, call: Call, fields: Fields): Promise<unknown> {
  const { name, idempotencyKey, logFile } = call;
  if (logFile !== undefined) {
    const { mergeInParts } = await import('../offline/merge.ts');
    return mergeInParts(surface, fields);
  }
  if (!call.all)
    return surface.call(name, fields, idempotencyKey === undefined ? {} : { idempotencyKey });
  const items: unknown[] = [];
  let cursor: string | null = null;
  const pages: object[] = [];
  do {
    const page = await surface.call(name, {
      limit: 200,
      ...fields,
      ...(cursor === null ? {} : { cursor }),
    });
    const read = pageOf(page);
    if (read === undefined) return page;
    items.push(...read.items);
    cursor = read.nextCursor;
    if (isObject(page)) pages.push(page);
  } while (cursor !== null);
  return { ...aroundAll(pages), items, nextCursor: null };
}

/** What stands around the items: a statement opens as its first page does, and closes as its last. */
function aroundAll(pages: readonly object[]): object {
  const [first = {}] = pages;
  const opening = 'opening' in first ? { opening: first.opening } : {};
  return { ...pages.at(-1), ...opening };
}

/** What the SDK says of a field, said of its flag. */
function inFlags(error: unknown, flags: readonly Flag[]): unknown {
  if (!(error instanceof Error) || !('issues' in error) || !Array.isArray(error.issues))
    return error;
  const texts = error.issues.filter(isObject).map(({ path, message }) => {
    const place = String(path);
    const subject = flagsAt(flags, place) ?? place;
    return subject === '' ? String(message) : `${subject}: ${String(message)}`;
  });
  if (texts.length > 0) error.message = texts.join('; ');
  return error;
}

/** The flags that fill a place, or the nearest one around it: `--percent, --amount or --free`. */
function flagsAt(flags: readonly Flag[], place: string): string | undefined {
  const around = flags
    .map(({ long, path }) => ({ long, at: path.join('.') }))
    .filter(({ at }) => place === at || place.startsWith(`${at}.`))
    .toSorted((a, b) => b.at.length - a.at.length);
  const nearest = around.filter(({ at }) => at === around[0]?.at).map(({ long }) => `--${long}`);
  const last = nearest.pop();
  return nearest.length === 0 ? last : `${nearest.join(', ')} or ${last}`;
}
