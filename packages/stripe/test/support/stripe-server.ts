import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

// biome-ignore lint/suspicious/noExplicitAny: objects as Stripe has them
type Json = any;

export const WEBHOOK_SECRET = 'whsec_test';

/** What befalls the next request instead of an answer. */
type Fault = 'answers' | 429 | 500 | 'hangs_up' | 'hangs_up_after';

export interface StripeServer {
  readonly apiBase: string;
  /** Requests that acted, as `POST /v1/refunds`. */
  readonly log: string[];
  readonly intents: Map<string, Json>;
  readonly refunds: Map<string, Json>;
  /** Faults of the next requests, in order. */
  readonly faults: Fault[];
  /** How the next refunds begin. Default `succeeded`. */
  refundStatus: string;
  /** Forgets idempotency keys, as Stripe does after a day. */
  forgetKeys(): void;
  /** Changes a PaymentIntent as the buyer's bank would. */
  settle(id: string, status: 'succeeded' | 'requires_payment_method'): Json;
  /** The buyer pays just before the next PaymentIntent is cancelled. */
  payBeforeCancel(): void;
  /** A signed webhook, as `t=...,v1=...` of the body that is sent. */
  webhook(type: string, object: Json, options?: { secret?: string; age?: number }): Webhook;
  close(): Promise<void>;
}

export interface Webhook {
  readonly headers: Record<string, string>;
  readonly body: string;
}

class ApiError extends Error {
  readonly status: number;
  readonly body: Json;
  constructor(status: number, body: Json) {
    super(body.message);
    this.status = status;
    this.body = body;
  }
}

/** A server that speaks the part of Stripe's API that the provider uses, as its documents have it. */
export async function aStripeServer(): Promise<StripeServer> {
  const intents = new Map<string, Json>();
  const refunds = new Map<string, Json>();
  const answered = new Map<string, { body: string; status: number; answer: Json }>();
  const log: string[] = [];
  const faults: Fault[] = [];
  let count = 0;
  let isFaster = false;
  const nextId = (prefix: string) => {
    count += 1;
    return `${prefix}_${String(count).padStart(6, '0')}`;
  };
  const seconds = () => Math.floor(Date.now() / 1000);

  function missing(kind: string, id: string): never {
    throw new ApiError(404, {
      type: 'invalid_request_error',
      code: 'resource_missing',
      message: `No such ${kind}: '${id}'`,
    });
  }
  const intentOf = (id: string) => intents.get(id) ?? missing('payment_intent', id);

  function charge(intent: Json): void {
    intent.status = 'succeeded';
    intent.amount_received = intent.amount;
    intent.last_payment_error = null;
    intent.next_action = null;
    intent.latest_charge = {
      id: nextId('ch'),
      object: 'charge',
      amount_refunded: 0,
      disputed: false,
    };
  }

  function decline(intent: Json): Json {
    intent.status = 'requires_payment_method';
    intent.last_payment_error = {
      type: 'card_error',
      code: 'card_declined',
      decline_code: 'insufficient_funds',
      message: 'Your card has insufficient funds.',
    };
    return intent.last_payment_error;
  }

  function createIntent(form: Json): Json {
    if (form.currency === 'jpy' && form.amount < 50) {
      throw new ApiError(400, {
        type: 'invalid_request_error',
        code: 'amount_too_small',
        message: 'Amount must be at least ¥50 jpy',
      });
    }
    const id = nextId('pi');
    const intent: Json = {
      id,
      object: 'payment_intent',
      amount: form.amount,
      amount_received: 0,
      currency: form.currency,
      client_secret: `${id}_secret`,
      created: seconds(),
      description: form.description,
      metadata: form.metadata ?? {},
      next_action: null,
      last_payment_error: null,
      latest_charge: null,
      status: 'requires_payment_method',
    };
    intents.set(id, intent);
    if (form.confirm !== 'true') return intent;
    switch (form.payment_method ?? form.confirmation_token) {
      case 'ctoken_visa':
        if (form.payment_method !== undefined) return missing('PaymentMethod', 'ctoken_visa');
        charge(intent);
        return intent;
      case 'pm_card_visa':
        charge(intent);
        return intent;
      case 'pm_card_authenticationRequired':
        intent.status = 'requires_action';
        intent.next_action = {
          type: 'redirect_to_url',
          redirect_to_url: {
            url: `https://bank.example/${id}`,
            return_url: form.return_url ?? null,
          },
        };
        return intent;
      case 'pm_sepa':
        intent.status = 'processing';
        return intent;
      case 'pm_card_chargeDeclined':
        throw new ApiError(402, { ...decline(intent), payment_intent: intent });
      default:
        intents.delete(id);
        return missing('PaymentMethod', form.payment_method);
    }
  }

  function cancelIntent(id: string): Json {
    const intent = intentOf(id);
    if (isFaster) charge(intent);
    isFaster = false;
    if (['succeeded', 'canceled', 'processing'].includes(intent.status)) {
      throw new ApiError(400, {
        type: 'invalid_request_error',
        code: 'payment_intent_unexpected_state',
        message: `You cannot cancel this PaymentIntent because it has a status of ${intent.status}.`,
      });
    }
    intent.status = 'canceled';
    return intent;
  }

  function createRefund(form: Json): Json {
    const intent = intentOf(form.payment_intent);
    const back = [...refunds.values()].filter(
      (refund) => refund.payment_intent === intent.id && refund.status !== 'failed',
    );
    const gone = back.reduce((sum, { amount }) => sum + amount, 0);
    if (gone + form.amount > intent.amount_received) {
      throw new ApiError(400, {
        type: 'invalid_request_error',
        code: 'charge_already_refunded',
        message: `Charge ${intent.latest_charge?.id} has already been refunded.`,
      });
    }
    const refund = {
      id: nextId('re'),
      object: 'refund',
      amount: form.amount,
      currency: intent.currency,
      created: seconds(),
      metadata: form.metadata ?? {},
      payment_intent: intent.id,
      status: server.refundStatus,
      failure_reason: null,
    };
    refunds.set(refund.id, refund);
    intent.latest_charge.amount_refunded += form.amount;
    return refund;
  }

  const page = (all: readonly Json[], query: URLSearchParams) => {
    const newest = all.toReversed();
    const after = query.get('starting_after');
    const start = after === null ? 0 : newest.findIndex(({ id }) => id === after) + 1;
    const limit = Number(query.get('limit') ?? 10);
    const data = newest.slice(start, start + limit);
    return { object: 'list', data, has_more: start + limit < newest.length, url: '/v1' };
  };

  /** `latest_charge` is an id, unless the caller asks for the charge itself. */
  const shown = (object: Json, query: URLSearchParams): Json => {
    const expand = [...query].filter(([name]) => name.startsWith('expand')).map(([, what]) => what);
    if (expand.some((what) => what.endsWith('latest_charge'))) return object;
    if (object?.latest_charge?.id === undefined) return object;
    return { ...object, latest_charge: object.latest_charge.id };
  };

  function route(method: string, path: string, query: URLSearchParams, form: Json): Json {
    const [, , resource, id, verb] = path.split('/');
    if (resource === 'payment_intents') {
      if (method === 'POST' && verb === 'cancel') return cancelIntent(id ?? '');
      if (method === 'POST' && id === undefined) return createIntent(form);
      if (id === 'search') {
        const [, key = '', value] =
          /^metadata\['(\w+)'\]:'(\w+)'$/.exec(query.get('query') ?? '') ?? [];
        const data = [...intents.values()].filter(({ metadata }) => metadata[key] === value);
        return { object: 'search_result', data, has_more: false, url: path };
      }
      if (id !== undefined) return intentOf(id);
      const since = Number(query.get('created[gte]') ?? 0);
      return page(
        [...intents.values()].filter(({ created }) => created >= since),
        query,
      );
    }
    if (resource === 'refunds') {
      if (method === 'POST') return createRefund(form);
      if (id !== undefined) return refunds.get(id) ?? missing('refund', id);
      const of = query.get('payment_intent');
      return page(
        [...refunds.values()].filter(({ payment_intent }) => payment_intent === of),
        query,
      );
    }
    return missing('path', path);
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString('utf8');
    const url = new URL(request.url ?? '/', 'http://stripe.test');
    const method = request.method ?? 'GET';
    if (request.headers.authorization !== 'Bearer sk_test_1') {
      return send(response, 401, { error: { type: 'invalid_request_error', message: 'No key.' } });
    }
    const fault = faults.shift();
    if (fault === 'hangs_up') return void request.socket.destroy();
    if (fault === 429) {
      return send(response, 429, {
        error: { type: 'invalid_request_error', code: 'rate_limit', message: 'Too many requests' },
      });
    }
    if (fault === 500)
      return send(response, 500, { error: { type: 'api_error', message: 'Oops' } });

    const key = request.headers['idempotency-key'];
    const before = key === undefined ? undefined : answered.get(String(key));
    if (before !== undefined) {
      if (before.body !== body) {
        const message = 'Keys for idempotent requests can only be used with the same parameters.';
        return send(response, 400, { error: { type: 'idempotency_error', message } });
      }
      return send(response, before.status, before.answer, { 'idempotent-replayed': 'true' });
    }
    let status = 200;
    let answer: Json;
    try {
      if (method === 'POST') log.push(`POST ${url.pathname}`);
      const found = route(method, url.pathname, url.searchParams, parseForm(body));
      answer = Array.isArray(found?.data)
        ? { ...found, data: found.data.map((one: Json) => shown(one, url.searchParams)) }
        : shown(found, url.searchParams);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      status = error.status;
      answer = { error: error.body };
    }
    // As they are now: a replay has the first answer, whatever has become of it.
    answer = structuredClone(answer);
    if (key !== undefined && status !== 404) answered.set(String(key), { body, status, answer });
    if (fault === 'hangs_up_after') return void request.socket.destroy();
    send(response, status, answer);
  }

  const http = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      send(response, 500, { error: { type: 'api_error', message: String(error) } });
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;

  const server: StripeServer = {
    apiBase: `http://127.0.0.1:${port}`,
    log,
    intents,
    refunds,
    faults,
    refundStatus: 'succeeded',
    forgetKeys: () => answered.clear(),
    settle(id, status) {
      const intent = intentOf(id);
      if (status === 'succeeded') charge(intent);
      else decline(intent);
      return intent;
    },
    payBeforeCancel: () => {
      isFaster = true;
    },
    webhook(type, object, { secret = WEBHOOK_SECRET, age = 0 } = {}) {
      const created = seconds() - age;
      const data = { object: shown(structuredClone(object), new URLSearchParams()) };
      const event = { id: nextId('evt'), object: 'event', type, created, data };
      const body = JSON.stringify(event, undefined, 2);
      const v1 = createHmac('sha256', secret).update(`${created}.${body}`).digest('hex');
      return { headers: { 'stripe-signature': `t=${created},v1=${v1}` }, body };
    },
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
  return server;
}

function send(
  response: ServerResponse,
  status: number,
  body: Json,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'request-id': 'req_1',
    ...headers,
  });
  response.end(JSON.stringify(body));
}

/** `metadata[a]=b&amount=1` as an object, as deep as it is needed here. */
function parseForm(body: string): Json {
  const form: Json = {};
  for (const [name, value] of new URLSearchParams(body)) {
    const [, first = '', second] = /^(\w+)(?:\[(\w+)\])?$/.exec(name) ?? [];
    const read = first === 'amount' ? Number(value) : value;
    if (second === undefined) form[first] = read;
    else form[first] = { ...form[first], [second]: read };
  }
  return form;
}
