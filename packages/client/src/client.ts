import type { CallByName, Surface } from '@ticketi/core';
import { type InProcessOnly, type Route, routes } from '@ticketi/http/routes';
import { addressed } from './address.ts';
import { readAnswer } from './answer.ts';
import { TicketiError } from './error.ts';
import { aborted, withRetries } from './retry.ts';
import { surfaceOver } from './surface.ts';

/** A bearer token, or how to get one: asked before every request, so it may refresh. */
export type Token = string | (() => string | undefined | Promise<string | undefined>);

export interface ClientOptions {
  /** Where the API lies, with its path: `https://tickets.example/api/v1`. */
  baseUrl: string | URL;
  /** A user's token, or the `accessToken` of a hold made without signing in. */
  token?: Token;
  /** Default: the platform's own. */
  fetch?: (request: Request) => Promise<Response>;
  /** Sent with every request. */
  headers?: Readonly<Record<string, string>>;
  /** How often a call that can be repeated safely is tried again. Default 2. */
  retries?: number;
  /** Milliseconds for one try, after which it counts as failed. Default 30,000. */
  timeout?: number;
  /** Ends all calls of this client. */
  signal?: AbortSignal;
}

/** The operations of a server: the same type as `ticketi.as(actor)` in process. */
export type Client = Surface & {
  /** The same client with some options changed: `client.with({ token })`, `client.with({ signal })`. */
  with(changes: Partial<ClientOptions>): Client;
};

const TIMEOUT = 30_000;

/**
 * A client for a Ticketi server. Reads are tried again after a network error or
 * a busy server; so are writes, each under an idempotency key that the client
 * makes when none is given, so that what is sent twice happens once.
 *
 * @throws TicketiError from every operation, as in process; `isTicketiError` narrows it
 */
export function createClient(options: ClientOptions): Client {
  const { retries = 2, signal } = options;
  const baseUrl = String(options.baseUrl).replace(/\/+$/, '');

  const call: CallByName = async (name, input, callOptions) => {
    const route: Route | InProcessOnly = routes[name];
    if ('inProcess' in route) throw inProcessOnly(name, route);
    const { url, body, headers: own } = addressed(baseUrl, route, objectOf(input));
    const { method } = route;
    const key = method === 'GET' ? undefined : (callOptions?.idempotencyKey ?? newKey());
    const headers = {
      accept: 'application/json',
      ...options.headers,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...own,
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    };
    const attempt = () => send(options, url, { method, headers, ...(body ? { body } : {}) });
    return withRetries(attempt, { retries, signal });
  };
  return { ...surfaceOver(call), with: (changes) => createClient({ ...options, ...changes }) };
}

async function send(options: ClientOptions, url: string, init: RequestInit): Promise<unknown> {
  const { signal, timeout = TIMEOUT, fetch = globalThis.fetch } = options;
  const patience = AbortSignal.timeout(timeout);
  const headers = new Headers(init.headers);
  const token = await tokenOf(options);
  if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
  try {
    const request = new Request(url, {
      ...init,
      headers,
      signal: signal === undefined ? patience : AbortSignal.any([signal, patience]),
    });
    return await readAnswer(await fetch(request));
  } catch (error) {
    if (error instanceof TicketiError) throw error;
    if (signal?.aborted) throw aborted(signal.reason);
    throw unanswered(patience.aborted ? 'timeout' : 'network_error', error);
  }
}

function tokenOf({ token }: ClientOptions): string | undefined | Promise<string | undefined> {
  return typeof token === 'function' ? token() : token;
}

/** Nobody knows whether it arrived: `busy`, so it is worth another try. */
function unanswered(code: 'timeout' | 'network_error', cause: unknown): TicketiError {
  return new TicketiError({
    code,
    kind: 'busy',
    message: code === 'timeout' ? 'The server took too long.' : 'The server cannot be reached.',
    cause,
  });
}

function inProcessOnly(name: string, { inProcess }: InProcessOnly): TicketiError {
  return new TicketiError({
    code: 'in_process_only',
    kind: 'denied',
    message: `${name} is not offered over HTTP: ${inProcess}.`,
    details: { operation: name },
  });
}

/** What is no object has no fields; the server says what is missing. */
function objectOf(input: unknown): object {
  return typeof input === 'object' && input !== null ? input : {};
}

function newKey(): string {
  return crypto.randomUUID();
}
