import { Writable } from 'node:stream';
import {
  ACCOUNTS,
  type AnyOperation,
  eventTypes,
  operations,
  operationsByName,
  refusalTypes,
  TicketiError,
} from '@ticketi/core';
import type { OperationCommand } from '../../packages/cli/src/commands/operation-command.ts';
import { commands } from '../../packages/cli/src/commands/table.ts';
import { processIo } from '../../packages/cli/src/io.ts';
import { buildProgram } from '../../packages/cli/src/program.ts';
import { reportError } from '../../packages/cli/src/report.ts';
import { jobs } from '../../packages/core/src/jobs.ts';
import { PRESETS, type ResalePreset } from '../../packages/core/src/resale/presets.ts';
import { failure } from '../../packages/http/src/failure.ts';
import { type InProcessOnly, type Route, routes } from '../../packages/http/src/routes.ts';

type Cells = readonly string[];

/** A Markdown table. A bar inside a cell would end it. */
function table(head: Cells, rows: readonly Cells[]): string {
  const line = (cells: Cells) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

/** Puts what was made anew between `<!-- made: name -->` and `<!-- /made -->` of a page. */
export function renewed(text: string, made: Readonly<Record<string, () => string>>): string {
  return text.replace(
    /(<!-- made: ([\w-]+)[^>]*-->\n)[\s\S]*?(<!-- \/made -->)/g,
    (_all, begin: string, name: string, end: string) => {
      const make = made[name];
      if (make === undefined) throw new Error(`Nothing makes ${name}.`);
      return `${begin}\n${make()}\n\n${end}`;
    },
  );
}

const code = (text: string) => `\`${text}\``;
const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });

/** Which groups of the SDK belong to which room. */
const ROOMS: Readonly<Record<string, readonly (keyof typeof operations)[]>> = {
  organizers: ['organizers', 'members', 'signingKeys'],
  events: ['events', 'sessions', 'ticketTypes'],
  seating: ['seatMaps'],
  inventory: ['pools', 'blocks', 'availability', 'holds'],
  pricing: ['prices', 'discounts', 'codes', 'fees', 'taxes', 'quotes'],
  questions: ['questions'],
  orders: ['orders'],
  payments: ['payments'],
  refunds: ['refunds', 'refundRuns'],
  'gift-cards': ['giftCards'],
  invoices: ['invoices'],
  tickets: ['tickets'],
  documents: ['documents'],
  transfers: ['transfers'],
  checkin: ['checkinLists', 'checkin'],
  resale: ['resale'],
  waitlist: ['waitlist'],
  ledger: ['ledger', 'payouts'],
  webhooks: ['outbox', 'webhooks', 'audit'],
  idempotency: ['idempotency'],
  doctor: ['doctor'],
};

/** Every operation, room by room. */
export function operationTables(): string {
  const told = new Set<string>();
  const sections = Object.entries(ROOMS).map(([room, groups]) => {
    const rows = groups.flatMap((group) => {
      told.add(group);
      return Object.values<AnyOperation>(operations[group]).map(operationRow);
    });
    return `## ${room}\n\n${table(['operation', 'who may', 'input', 'refusals'], rows)}`;
  });
  const missing = Object.keys(operations).filter((group) => !told.has(group));
  if (missing.length > 0) throw new Error(`No room is named for ${missing.join(', ')}.`);
  return sections.join('\n\n');
}

function operationRow(operation: AnyOperation): Cells {
  const kind = operation.kind === 'write' && operation.lane ? 'write, in a lane' : operation.kind;
  return [
    `${code(operation.name)} (${kind})<br>${operation.summary}`,
    operation.allow.who,
    inputLine(operation.input.toJSONSchema({ io: 'input' })),
    operation.refusals.map((refused) => code(refused.code)).join(' ') || '–',
  ];
}

/** As much of JSON Schema as an input's line shows. */
interface Shape {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
}

function inputLine(shape: Shape): string {
  const fields = fieldsOf(shape);
  return fields === '' ? '–' : code(fields);
}

function fieldsOf({ properties = {}, required = [] }: Shape): string {
  return Object.entries(properties)
    .map(([name, field]) => `${name}${required.includes(name) ? '' : '?'}${inside(field)}`)
    .join(', ');
}

function inside({ properties, items, anyOf, oneOf }: Shape): string {
  if (properties) return ` { ${fieldsOf({ properties, required: Object.keys(properties) })} }`;
  if (items) return `[]${inside(items)}`;
  const object = [...(anyOf ?? []), ...(oneOf ?? [])].find((one) => one.properties ?? one.items);
  return object?.items ? inside(object) : '';
}

/** Every refusal of an operation, with what each surface makes of it. */
/** Every job of the worker, in the order of a pass. */
export function jobTable(): string {
  return table(
    ['job', 'seconds', 'what it does'],
    jobs.map(({ name, everySeconds }) => [
      code(name),
      String(everySeconds),
      operationsByName.get(name)?.summary ?? '',
    ]),
  );
}

export function refusalTable(): string {
  const rows = Object.entries(refusalTypes).map(([name, { kind, meaning, hint, details }]) => {
    const error = new TicketiError({ code: name, kind, message: meaning });
    const told = { stdout: nowhere, stderr: nowhere, env: {} };
    return [
      code(name),
      kind,
      String(failure(error, '', undefined).status),
      String(reportError(error, told, { json: true, debug: false })),
      meaning,
      Object.keys(details.shape).map(code).join(' ') || '–',
      hint ?? '–',
    ];
  });
  return table(['code', 'kind', 'HTTP', 'exit', 'meaning', 'details', 'hint'], rows);
}

/** The chart of accounts. */
export function accountTable(): string {
  const rows = Object.entries(ACCOUNTS).map(([account, { holds, normal, party }]) => [
    code(account),
    holds,
    normal,
    party ?? '–',
  ]);
  return table(['account', 'what it holds', 'as a rule', '`party`'], rows);
}

/** The presets of resale, with what they were compared with. */
export function presetTable(): string {
  const rows = PRESETS.map((preset): Cells => {
    const { name, terms, text, source, comparedWith, link }: ResalePreset = preset;
    const read = { law: 'its words', account: 'an account of it' };
    return [
      code(name),
      capText(terms),
      text,
      source ?? '–',
      comparedWith === null ? '–' : `[${read[comparedWith]}](${link})`,
    ];
  });
  return table(['preset', 'cap', 'what it is for', 'source', 'compared with'], rows);
}

function capText({ cap, feesIncluded, capOf }: ResalePreset['terms']): string {
  if (cap === null || cap === undefined) return 'none';
  const more = [feesIncluded && 'fees in', capOf === 'first_sale' && 'of the first sale'];
  return [`${cap} %`, ...more.filter((text) => typeof text === 'string')].join(', ');
}

/** Every kind of fact, with what its `data` is. */
export function factTable(): string {
  const rows = Object.entries(eventTypes).map(([type, { version, means, data }]) => [
    code(type),
    String(version),
    code(data.meta()?.id ?? ''),
    means,
  ]);
  return table(['type', 'version', 'data', 'what it tells'], rows);
}

/** Every operation's route, or why it has none. */
export function routeTables(): string {
  const entries = Object.entries<Route | InProcessOnly>(routes);
  const offered = entries.flatMap(([name, route]) =>
    'inProcess' in route
      ? []
      : [[code(name), route.method, code(route.path), String(route.status)]],
  );
  const kept = entries.flatMap(([name, route]) =>
    'inProcess' in route ? [[code(name), route.inProcess]] : [],
  );
  return [
    table(['operation', 'method', 'path', 'status'], offered),
    table(['not offered', 'because it is'], kept),
  ].join('\n\n');
}

/** Every command of the program that `ticketi` runs, and the operation behind it. */
export function commandTable(): string {
  const behind = new Map(
    Object.entries<OperationCommand>(commands).map(([name, { command }]) => [command, name]),
  );
  const { program } = buildProgram({ ...processIo(new AbortController().signal), env: {} });
  const rows = leaves(program).map(({ words, summary, flags }) => {
    const operation = behind.get(words);
    behind.delete(words);
    return [
      code(words),
      summary,
      operation === undefined ? flags.map(code).join(' ') : code(operation),
    ];
  });
  if (behind.size > 0) throw new Error(`No such command: ${[...behind.keys()].join(', ')}.`);
  return table(['command', 'what it does', 'operation, or flags'], rows);
}

interface Leaf {
  readonly words: string;
  readonly summary: string;
  readonly flags: readonly string[];
}

/** Under which heading the help lists what is more than one operation. */
const TOOLS = 'Start here:';

type Program = ReturnType<typeof buildProgram>['program'];

/** The commands that do something, by all of their words. */
function leaves(program: Program, before: readonly string[] = []): Leaf[] {
  return program.commands.flatMap((command) => {
    const words = [...before, command.name()];
    const verbs = leaves(command, words);
    // A noun does nothing without a verb, unless it takes words of its own, as `availability` does;
    // `doctor`, which is no noun, does something too.
    const acts = command.helpGroup() === TOOLS || command.registeredArguments.length > 0;
    if (verbs.length > 0 && !acts) return verbs;
    const flags = command.options.map(({ flags: own }) => own);
    return [{ words: words.join(' '), summary: command.summary(), flags }, ...verbs];
  });
}
