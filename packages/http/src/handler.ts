import { type Actor, type OperationName, operationsByName, type Ticketi } from '@ticketi/core';
import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import { type Authenticate, actorOf } from './auth.ts';
import { referencePage } from './docs/page.ts';
import { etagOf, matches } from './etag.ts';
import { failure, type OnError } from './failure.ts';
import { addHealth, type Ready } from './health.ts';
import { inputReader } from './input.ts';
import { openApiDocument } from './openapi/document.ts';
import { empty, json } from './reply.ts';
import { RequestError } from './request-error.ts';
import { requestIdOf } from './request-id.ts';
import { type Route, routeOf } from './routes.ts';

/** Which pages of other origins may call. */
export interface CorsOptions {
  /** Origins as browsers name them (`https://shop.example`), or `*` for all. */
  origins: readonly string[] | '*';
  /** Whether cookies may come along; not with `*`. Default false. */
  credentials?: boolean;
  /** Seconds for which a browser keeps the answer to its preflight. Default 600. */
  maxAge?: number;
}

export interface HandlerOptions {
  /**
   * Who a request comes from; undefined means anonymous, or a guest whose access
   * token is in `Authorization: Bearer hld_...`. What it throws becomes a 401.
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
  /** Gets what became a 500, with the request's id. */
  onError?: OnError;
}

/** A Web-standard request handler: for `Deno.serve`, workers, Next, or `toNodeHandler`. */
export type Handler = (request: Request) => Promise<Response>;

interface Env {
  Bindings: { requestId: string };
}

const EXPOSED = ['etag', 'location', 'retry-after', 'x-request-id'];
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

  if (sharing !== undefined) app.use('*', sharingWith(sharing));
  addHealth(app, options.ready ?? (() => readSomething(ticketi)));
  addReference(app, basePath);
  for (const name of names()) {
    const route = routeOf(name);
    if (route !== undefined) app.on(route.method, honoPath(basePath, route), serve(name, route));
  }
  addOtherMethods(app);
  app.notFound((context) => {
    const { requestId } = context.env;
    const body = { error: 'There is nothing here.', code: 'not_found', details: {}, requestId };
    return json(404, body, requestId);
  });
  app.onError((error, context) => failure(error, context.env.requestId, onError));

  function serve(name: OperationName, route: Route) {
    const operation = operationsByName.get(name);
    if (operation === undefined) throw new Error(`There is no operation ${name}.`);
    const readInput = inputReader(route, operation.input, bodyLimit);
    return async (context: Context<Env>): Promise<Response> => {
      const { requestId } = context.env;
      const request = context.req.raw;
      const actor = await actorOf(request, auth, (error) => onError?.(error, requestId));
      const input = await readInput(request, (key) => context.req.param(key));
      const output = await callAs(actor, name, input, request);
      return answer(request, route, output, requestId);
    };
  }

  function callAs(actor: Actor, name: OperationName, input: object, request: Request) {
    const idempotencyKey = request.headers.get('idempotency-key') ?? undefined;
    return ticketi.as(actor).call(name, input, { idempotencyKey });
  }

  function answer(request: Request, route: Route, output: unknown, requestId: string): Response {
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

function names(): OperationName[] {
  // The registry's keys are the operations' names; its type says less.
  return [...operationsByName.keys()] as OperationName[];
}

async function readSomething(ticketi: Pick<Ticketi, 'as'>): Promise<void> {
  await ticketi.as({ type: 'anonymous' }).events.list({ limit: 1 });
}

function addReference(app: Hono<Env>, basePath: string): void {
  let document: string | undefined;
  let page: ReturnType<typeof referencePage> | undefined;
  app.get(`${basePath}/openapi.json`, ({ env }) => {
    document ??= JSON.stringify(openApiDocument({ basePath }));
    return json(200, document, env.requestId);
  });
  app.get(`${basePath}/docs`, ({ env }) => {
    page ??= referencePage(openApiDocument({ basePath }));
    return new Response(page.html, {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': page.policy,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'x-request-id': env.requestId,
      },
    });
  });
}

/** Whatever else is asked of a path that is there: OPTIONS names its methods, the rest is a 405. */
function addOtherMethods(app: Hono<Env>): void {
  const methods = new Map<string, Set<string>>();
  for (const { path, method } of app.routes) {
    if (method === 'ALL') continue;
    const known = methods.get(path) ?? new Set();
    methods.set(path, known.add(method));
    if (method === 'GET') known.add('HEAD');
  }
  for (const [path, known] of methods) {
    const allow = [...known, 'OPTIONS'].join(', ');
    app.all(path, (context) => {
      const { requestId } = context.env;
      if (context.req.method === 'OPTIONS') return empty(204, requestId, { allow });
      throw new RequestError({
        status: 405,
        code: 'method_not_allowed',
        message: `${context.req.method} is not possible here; ${allow} are.`,
        details: { allow: allow.split(', ') },
        headers: { allow },
      });
    });
  }
}

function sharingWith({ origins, credentials = false, maxAge = 600 }: CorsOptions) {
  return cors({
    origin: origins === '*' ? '*' : [...origins],
    allowHeaders: ['authorization', 'content-type', 'idempotency-key', 'x-request-id'],
    allowMethods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposeHeaders: EXPOSED,
    credentials: credentials && origins !== '*',
    maxAge,
  });
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
