import type { LookupAddress } from 'node:dns';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { storableText, type WebhookRules } from '../kernel/index.ts';
import { hostOf, isPublicAddress, urlProblem } from './address.ts';
import type { DeliveryError } from './delivery.ts';

/** One attempt: a POST of a body that is signed already. */
interface WebhookRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What came of it. `error` is null when it was answered with 2xx. */
export interface WebhookAnswer {
  readonly status: number | null;
  readonly error: DeliveryError | null;
  /** The beginning of the answer, 1 kB at most. */
  readonly response: string | null;
  /** What a `Retry-After` of 429 or 503 asks for. */
  readonly retryAfterSeconds: number | null;
  readonly milliseconds: number;
}

/** Sends attempts. It never throws: what goes wrong is the answer. */
export interface WebhookSender {
  send(request: WebhookRequest): Promise<WebhookAnswer>;
  close(): void;
}

/** All addresses of a host; throws when there is no such host. */
export type ResolveHost = (host: string) => Promise<readonly LookupAddress[]>;

export interface SenderOptions {
  readonly rules: WebhookRules;
  readonly resolve: ResolveHost | undefined;
  readonly timeoutMilliseconds: number;
  /** Monotonic milliseconds. */
  readonly elapsed: () => number;
}

/** Of an answer's body so much is kept, in characters; and so many bytes are read at most. */
const KEPT = 1024;
const READ = 64 * 1024;
/** A day: whoever asks for more is asked again after it. */
const LONGEST_WAIT = 24 * 60 * 60;

class Refused extends Error {
  readonly why: DeliveryError;
  constructor(why: DeliveryError) {
    super(why);
    this.why = why;
  }
}

/**
 * A sender whose connections stay open between attempts. A host is resolved for
 * each connection, each of its addresses is checked, and the connection goes to
 * one of those that were: what the name resolves to a moment later is never asked.
 */
export function createSender({
  rules,
  resolve = resolveHost,
  timeoutMilliseconds,
  elapsed,
}: SenderOptions): WebhookSender {
  let loaded: ReturnType<typeof load> | undefined;
  const agentOptions = { keepAlive: true, maxSockets: 64, maxFreeSockets: 16, timeout: 30_000 };

  async function load() {
    const [http, https] = await Promise.all([import('node:http'), import('node:https')]);
    return {
      http: { request: http.request, agent: new http.Agent(agentOptions) },
      https: { request: https.request, agent: new https.Agent(agentOptions) },
    };
  }

  async function checked(host: string): Promise<LookupAddress[]> {
    const addresses = await resolve(host).catch(() => {
      throw new Refused('unknown_host');
    });
    if (addresses.length === 0) throw new Refused('unknown_host');
    if (rules.allowPrivateAddresses) return [...addresses];
    for (const { address } of addresses) {
      if (!(await isPublicAddress(address))) throw new Refused('address_not_allowed');
    }
    return [...addresses];
  }

  /** As `dns.lookup` is called by a socket. It is not asked where the host is an address itself. */
  const lookup: NonNullable<RequestOptions['lookup']> = (host, { all }, done) => {
    checked(host).then(
      (addresses) => {
        const [first] = addresses;
        if (all) done(null, addresses);
        else done(null, first?.address ?? '', first?.family);
      },
      (error: Error) => done(error, []),
    );
  };

  async function post({ url: text, headers, body }: WebhookRequest, signal: AbortSignal) {
    if ((await urlProblem(text, rules)) !== undefined) throw new Refused('address_not_allowed');
    loaded ??= load();
    const url = new URL(text);
    const { request, agent } = (await loaded)[url.protocol === 'https:' ? 'https' : 'http'];
    return new Promise<IncomingMessage>((answered, failed) => {
      const sent = request(url, {
        method: 'POST',
        agent,
        lookup,
        signal,
        servername: /^[\d.]+$|:/.test(hostOf(url)) ? '' : hostOf(url),
        headers: {
          ...headers,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Ticketi-Webhooks/1',
        },
      });
      sent.on('response', answered);
      // A 101 is no response to Node, and what listens for none hears of its end only.
      sent.on('upgrade', (_answer, socket) => {
        socket.destroy();
        failed(new Error('The receiver changed the protocol.'));
      });
      sent.on('close', () => failed(new Error('The connection ended without an answer.')));
      sent.on('error', (error: NodeJS.ErrnoException) => {
        // The receiver closed a connection that was open from before: nothing was heard of this one.
        failed(sent.reusedSocket && error.code === 'ECONNRESET' ? new Stale() : error);
      });
      sent.end(body);
    });
  }

  async function attempt(request: WebhookRequest): Promise<Omit<WebhookAnswer, 'milliseconds'>> {
    const signal = AbortSignal.timeout(timeoutMilliseconds);
    const nothing = { status: null, response: null, retryAfterSeconds: null };
    try {
      const answer = await post(request, signal).catch((error: unknown) => {
        if (error instanceof Stale) return post(request, signal);
        throw error;
      });
      return await read(answer);
    } catch (error) {
      if (error instanceof Refused) return { ...nothing, error: error.why };
      return { ...nothing, error: signal.aborted ? 'timeout' : 'connection' };
    }
  }

  return {
    async send(request) {
      const started = elapsed();
      const answer = await attempt(request);
      return { ...answer, milliseconds: Math.round(elapsed() - started) };
    },
    close() {
      void loaded?.then(({ http, https }) => {
        http.agent.destroy();
        https.agent.destroy();
      });
    },
  };
}

class Stale extends Error {}

async function read(answer: IncomingMessage): Promise<Omit<WebhookAnswer, 'milliseconds'>> {
  const status = answer.statusCode ?? 0;
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of answer) {
      bytes += chunk.length;
      if (bytes - chunk.length < KEPT * 4) chunks.push(chunk);
      // Whoever answers with more is not read to the end; the connection ends with it.
      if (bytes > READ) break;
    }
  } catch {
    // The status has been said, and that is what counts.
  }
  const text = storableText(Buffer.concat(chunks).toString('utf8'), KEPT);
  return {
    status,
    error: errorOf(status),
    response: text === '' ? null : text,
    retryAfterSeconds: [429, 503].includes(status) ? retryAfter(answer) : null,
  };
}

function errorOf(status: number): DeliveryError | null {
  if (status >= 200 && status < 300) return null;
  return status >= 300 && status < 400 ? 'redirect' : 'status';
}

/** In seconds. The form with a date is left to the schedule: it needs the receiver's clock. */
function retryAfter({ headers }: IncomingMessage): number | null {
  const text = headers['retry-after'] ?? '';
  return /^\d{1,9}$/.test(text) ? Math.min(Number(text), LONGEST_WAIT) : null;
}

async function resolveHost(host: string): Promise<readonly LookupAddress[]> {
  const { lookup } = await import('node:dns/promises');
  return lookup(host, { all: true });
}
