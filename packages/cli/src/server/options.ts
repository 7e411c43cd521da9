import { UsageError } from '../errors.ts';

/** What `ticketi serve` was told. */
export interface ServeOptions {
  readonly port: number;
  readonly host: string;
  readonly basePath: string;
  readonly dev: boolean;
  readonly sandbox: boolean;
  readonly identity: Identity | undefined;
}

/** Who signs the tokens of the users. */
export interface Identity {
  readonly jwks: string;
  readonly issuer: string;
  readonly audience: string;
}

const loopback = new Set(['127.0.0.1', '::1', 'localhost']);

/** Checks the flags before anything is opened: what would be unsafe does not start. */
export function serveOptions(
  flags: Readonly<Record<string, unknown>>,
  hasSecret: boolean,
): ServeOptions {
  const dev = flags.dev === true;
  const host = String(flags.host);
  if (dev && !loopback.has(host)) {
    throw new UsageError(
      `--dev believes every caller, so it listens on this machine only, not on ${host}.`,
      'Leave --host out, or serve with --jwks, --issuer and --audience.',
    );
  }
  const identity = identityOf(flags);
  if (!dev && !hasSecret) {
    throw new UsageError(
      'There are no keys to sign with.',
      'Set TICKETI_SECRET, or run `ticketi init` for a secret file; --dev does without.',
    );
  }
  if (!dev && identity === undefined) {
    throw new UsageError(
      'There is no way to tell who calls.',
      'Name who signs your users\u2019 tokens: --jwks, --issuer and --audience; --dev does without.',
    );
  }
  return {
    port: portOf(String(flags.port)),
    host,
    basePath: String(flags.basePath),
    dev,
    sandbox: dev || flags.sandbox === true,
    identity,
  };
}

function identityOf({ jwks, issuer, audience }: Readonly<Record<string, unknown>>) {
  if (jwks === undefined && issuer === undefined && audience === undefined) return undefined;
  if (typeof jwks === 'string' && typeof issuer === 'string' && typeof audience === 'string') {
    return { jwks, issuer, audience };
  }
  throw new UsageError('--jwks, --issuer and --audience belong together.');
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`--port wants a number up to 65535, not ${JSON.stringify(text)}.`);
}
