import type { Actor, AnyOperation, OperationName, Ticketi } from '@ticketi/core';
import { type Context, Hono } from 'hono';
import { type Authenticate, actorOf } from './auth.ts';
import { type CorsOptions, crossOrigin } from './cross-origin.ts';
import type { Env } from './env.ts';
import { etagOf, matches } from './etag.ts';
import { failure, type OnError, tell } from './failure.ts';
import { fileAnswer } from './file.ts';
import { addHealth, type Ready } from './health.ts';
import { inputReader } from './input.ts';
import { addOtherMethods } from './other-methods.ts';
import { addReference } from './reference.ts';
import { empty, json } from './reply.ts';
import { requestIdOf } from './request-id.ts';
import { routeEntries } from './route-entries.ts';
import type { Route } from './routes.ts';

export interface HandlerOptions {
  /**
   * Who a request comes from; undefined means anonymous, or a guest whose access
   * token is in `Authorization: Bearer hld_...` (or `wle_...`, of who waits). What it throws
   * becomes a 401.
   */
  auth?: Authenticate;
  /** The full path that the API lies under, as callers see it. Default `/api/v1`. */
  basePath?: string;
  /** Default: no other origin may call. */
  cors?: CorsOptions;
  /** Most bytes of a body. Default 1 MiB. */
  bodyLimit?: number;
  /** What `/readyz` asks; a false or a throw means not ready. Default: reads from the storage. */
  ready?: Ready;
  /** Gets what became a 500, and a 503 that has a cause beneath it, with the request's id. */
  onError?: OnError;
}

/** A Web-standard request handler: for `Deno.serve`, workers, Next, or `toNodeHandler`. */
export type Handler = (request: Request) => Promise<Response>;

const MIB = 1024 * 1024;

/**
 * The operations over HTTP. Every call is made as the actor that `auth` names,
 * never as the trusted handle. `GET /healthz` and `/readyz` lie at the root,
 * `openapi.json` and `docs` under the base path.
 */
export function createHandler(ticketi: Pick<Ticketi, 'as'>, options: HandlerOptions = {}): Handler {
  const { auth, cors: sharing, bodyLimit = MIB, onError } = options;
  const basePath = normalised(options.basePath ?? '/api/v1');
  const app = new Hono<Env>();

  if (sharing !== undefined) app.use('*', crossOrigin(sharing));
  addHealth(app, options.ready ?? (() => readSomething(ticketi)));
  addReference(app, basePath);
  for (const [operation, route] of routeEntries()) {
    app.on(route.method, honoPath(basePath, route), serve(operation, route));
  }
  addOtherMethods(app);
  app.notFound((context) => {
    const { requestId } = context.env;
    const body = { error: 'There is nothing here.', code: 'not_found', details: {}, requestId };
    return json(404, body, requestId);
  });
  app.onError((error, context) => failure(error, context.env.requestId, onError));

  function serve(operation: AnyOperation, route: Route) {
    // The registry's keys are the operations' names.
    const name = operation.name as OperationName;
    const readInput = inputReader(route, operation.input, bodyLimit);
    return async (context: Context<Env>): Promise<Response> => {
      const { requestId } = context.env;
      const request = context.req.raw;
      const actor = await actorOf(request, auth, (error) => tell(onError, error, requestId));
      const input = await readInput(request, (key) => context.req.param(key));
      // What a provider sends has headers of the provider's own; this one is not among ours.
      const key = route.raw ? null : request.headers.get('idempotency-key');
      const output = await callAs(actor, name, input, key ?? undefined);
      return answer(request, route, output, requestId);
    };
  }

  function callAs(
    actor: Actor,
    name: OperationName,
    input: object,
    idempotencyKey: string | undefined,
  ) {
    return ticketi.as(actor).call(name, input, { idempotencyKey });
  }

  function answer(request: Request, route: Route, output: unknown, requestId: string): Response {
    const file = route.file === undefined ? undefined : fileAnswer(request, output, requestId);
    if (file !== undefined) return file;
    const body = JSON.stringify(output);
    if (route.etag) {
      const etag = etagOf(body);
      return matches(request, etag)
        ? empty(304, requestId, { etag })
        : json(route.status, body, requestId, { etag });
    }
    const location = locationOf(basePath, route, output);
    return json(route.status, body, requestId, location === undefined ? {} : { location });
  }

  return async (request) => app.fetch(request, { requestId: requestIdOf(request) });
}

async function readSomething(ticketi: Pick<Ticketi, 'as'>): Promise<void> {
  await ticketi.as({ type: 'anonymous' }).events.list({ limit: 1 });
}

function locationOf(basePath: string, { location }: Route, output: unknown): string | undefined {
  if (location === undefined || typeof output !== 'object' || output === null) return undefined;
  if (!('id' in output)) return undefined;
  return `${basePath}${location.replace('{id}', String(output.id))}`;
}

function honoPath(basePath: string, { path }: Route): string {
  return `${basePath}${path.replaceAll(/\{(\w+)\}/g, ':$1')}`;
}

function normalised(basePath: string): string {
  const trimmed = basePath.replace(/\/+$/, '');
  return trimmed === '' || trimmed.startsWith('/') ? trimmed : `/${trimmed}`;
}
