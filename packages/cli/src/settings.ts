import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from './errors.ts';
import type { Io } from './io.ts';
import { localeOf } from './locale.ts';

const formats = ['table', 'json', 'csv', 'yaml'] as const;
type Format = (typeof formats)[number];

/** The global flags as commander reads them. */
export interface GlobalFlags {
  readonly database?: string;
  readonly url?: string;
  readonly as?: string;
  readonly guest?: string;
  readonly json?: boolean;
  readonly format?: string;
  readonly quiet?: boolean;
  readonly input?: boolean;
  readonly yes?: boolean;
  readonly debug?: boolean;
  readonly profile?: string;
  readonly config?: string;
  readonly locale?: string;
}

/** What holds for this run, wherever it came from. */
export interface Settings {
  readonly database: string;
  /** Whether somebody chose the database, or it is the default. */
  readonly databaseNamed: boolean;
  readonly url: string | undefined;
  readonly token: string | undefined;
  readonly as: string | undefined;
  readonly guest: string | undefined;
  readonly secret: string | undefined;
  readonly secretFile: string;
  readonly format: Format;
  readonly quiet: boolean;
  readonly prompts: boolean;
  readonly yes: boolean;
  readonly debug: boolean;
  /** How amounts in sentences are written, as a BCP 47 tag; undefined: plainly. */
  readonly locale: string | undefined;
}

const keys = ['database', 'url', 'as', 'format', 'secretFile', 'tokenFile', 'locale'] as const;
type Key = (typeof keys)[number];
type Layer = Partial<Record<Key, string>>;

export const CONFIG_FILE = 'ticketi.config.json';
const SECRET_FILE = '.ticketi-secret';

/** Flags over `TICKETI_*` over the project's config over the user's config over the defaults. */
export function settingsOf(flags: GlobalFlags, io: Pick<Io, 'env' | 'cwd'>): Settings {
  const { env, cwd } = io;
  const profile = flags.profile ?? env.TICKETI_PROFILE;
  const named = flags.config ?? env.TICKETI_CONFIG;
  const projectFile = resolve(cwd, named ?? CONFIG_FILE);
  if (named !== undefined && !existsSync(projectFile)) {
    throw new UsageError(`There is no config file ${named}.`);
  }
  const files = [projectFile, userConfigFile(env)];
  const read = files.map((path) => layersOf(path, profile));
  if (profile !== undefined && !read.some(({ hasProfile }) => hasProfile)) {
    throw new UsageError(
      `There is no profile ${profile}.`,
      `Profiles are named under "profiles" in ${files.join(' or ')}.`,
    );
  }
  const fromFiles = read.flatMap(({ layers }) => layers);
  const fromFlags: Layer = {
    ...pick('database', flags.database ?? env.TICKETI_DATABASE),
    ...pick('url', flags.url ?? (flags.database === undefined ? env.TICKETI_URL : undefined)),
    ...pick('as', flags.as ?? env.TICKETI_AS),
    ...pick('format', flags.json ? 'json' : (flags.format ?? env.TICKETI_FORMAT)),
    ...pick('locale', flags.locale ?? env.TICKETI_LOCALE),
    ...pick('secretFile', env.TICKETI_SECRET_FILE && resolve(cwd, env.TICKETI_SECRET_FILE)),
    ...pick('tokenFile', env.TICKETI_TOKEN_FILE && resolve(cwd, env.TICKETI_TOKEN_FILE)),
  };
  const settings: Layer = Object.assign({}, ...fromFiles.toReversed(), fromFlags);
  // Whoever names a database on the command line does not mean the configured server.
  const url = flags.database !== undefined && flags.url === undefined ? undefined : settings.url;
  return {
    database: settings.database ?? 'ticketi.db',
    databaseNamed: settings.database !== undefined,
    url,
    token: env.TICKETI_TOKEN || fileText(settings.tokenFile),
    as: settings.as,
    guest: flags.guest ?? env.TICKETI_GUEST,
    secret: env.TICKETI_SECRET || undefined,
    secretFile: settings.secretFile ?? resolve(cwd, SECRET_FILE),
    format: formatOf(settings.format),
    quiet: flags.quiet === true || isOn(env.TICKETI_QUIET),
    prompts: flags.input !== false && !isOn(env.TICKETI_NO_INPUT) && !isOn(env.CI),
    yes: flags.yes === true,
    debug: flags.debug === true || isOn(env.TICKETI_DEBUG),
    locale: localeOf(settings.locale, env),
  };
}

function pick<K extends Key>(key: K, value: string | undefined): Layer {
  return value === undefined || value === '' ? {} : { [key]: value };
}

function isOn(value: string | undefined): boolean {
  return value !== undefined && !['', '0', 'false', 'no'].includes(value);
}

function formatOf(name: string | undefined): Format {
  if (name === undefined) return 'table';
  const format = formats.find((known) => known === name);
  if (format === undefined) {
    throw new UsageError(`There is no format ${name}.`, `Choose one of ${formats.join(', ')}.`);
  }
  return format;
}

function userConfigFile(env: Io['env']): string {
  return join(
    env.XDG_CONFIG_HOME || join(env.HOME || homedir(), '.config'),
    'ticketi',
    'config.json',
  );
}

/** The settings of one file, weakest last: its profile's, then its own. */
function layersOf(path: string, profile: string | undefined) {
  if (!existsSync(path)) return { layers: [], hasProfile: false };
  const content = parsed(path);
  const { profiles, ...own } = content;
  const chosen = profile === undefined ? undefined : entryOf(profiles, profile);
  const layers = [chosen, own]
    .filter((layer) => layer !== undefined)
    .map((layer) => checked(layer, path));
  return { layers, hasProfile: chosen !== undefined };
}

function parsed(path: string): Record<string, unknown> {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`${path} is not JSON: ${why}`, { cause });
  }
  if (isObject(content)) return content;
  throw new UsageError(`${path} should hold an object.`);
}

function entryOf(profiles: unknown, name: string): Record<string, unknown> | undefined {
  const entry = isObject(profiles) ? profiles[name] : undefined;
  return isObject(entry) ? entry : undefined;
}

function checked(layer: Record<string, unknown>, path: string): Layer {
  const known: readonly string[] = keys;
  const result: Record<string, string> = {};
  for (const [key, value] of Object.entries(layer)) {
    if (key === '$schema') continue;
    if (!known.includes(key)) {
      throw new UsageError(
        `${path} has the unknown setting ${key}.`,
        /secret|token|password/i.test(key)
          ? 'Secrets do not belong in a config file: use the environment, or name a file of their own (secretFile, tokenFile).'
          : `It may have ${keys.join(', ')} and profiles.`,
      );
    }
    if (typeof value !== 'string') throw new UsageError(`${key} in ${path} should be text.`);
    result[key] = isPath(key, value) ? resolve(dirname(path), value) : value;
  }
  return result;
}

/** Paths in a config file are meant from where the file is. */
function isPath(key: string, value: string): boolean {
  if (key === 'secretFile' || key === 'tokenFile') return true;
  return key === 'database' && !value.includes('://') && value !== ':memory:';
}

function fileText(path: string | undefined): string | undefined {
  return path === undefined ? undefined : readFileSync(path, 'utf8').trim();
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
