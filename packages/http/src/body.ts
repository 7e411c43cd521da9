import { RequestError } from './request-error.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });
/** Keeps a byte order mark: it is part of what was signed. */
const exactly = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const JSON_TYPE = /^application\/(?:json|[\w.+-]+\+json)\s*(?:;|$)/i;

/**
 * The JSON object of a request; `{}` when it has no body. It never holds more
 * than `limit` bytes of it.
 */
export async function readJson(request: Request, limit: number): Promise<Record<string, unknown>> {
  const bytes = await readBytes(request, limit);
  if (bytes.byteLength === 0) return {};
  const type = request.headers.get('content-type') ?? '';
  if (!JSON_TYPE.test(type)) {
    throw new RequestError({
      status: 415,
      code: 'unsupported_media_type',
      message: 'The body must be JSON.',
      hint: 'Send it with the header `Content-Type: application/json`.',
    });
  }
  const value = parse(bytes);
  if (!isObject(value)) {
    throw new RequestError({
      status: 400,
      code: 'invalid_input',
      message: 'The input is not valid: the body must be a JSON object.',
      issues: [{ path: '', message: 'Expected a JSON object.' }],
    });
  }
  return value;
}

/** The body of a request character for character: what was signed is what comes out. */
export async function readText(request: Request, limit: number): Promise<string> {
  const bytes = await readBytes(request, limit);
  try {
    return exactly.decode(bytes);
  } catch (error) {
    throw new RequestError(
      { status: 400, code: 'malformed_text', message: 'The body is not text in UTF-8.' },
      { cause: error },
    );
  }
}

async function readBytes(request: Request, limit: number): Promise<Uint8Array> {
  const announced = request.headers.get('content-length');
  if (announced !== null) {
    if (Number(announced) > limit) throw tooLarge(limit);
    // A server reads no more than was announced; a Request made by hand may say anything.
    const bytes = new Uint8Array(await readable(request.arrayBuffer()));
    if (bytes.byteLength > limit) throw tooLarge(limit);
    return bytes;
  }
  // Not looked at before: on Node the stream took 70 of the 150 µs CPU of a small POST.
  if (request.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await readable(reader.read());
    if (done) return Buffer.concat(chunks);
    size += value.byteLength;
    if (size > limit) {
      void reader.cancel().catch(() => undefined);
      throw tooLarge(limit);
    }
    chunks.push(value);
  }
}

/** A body that breaks off is the caller's doing, whoever will read the answer. */
async function readable<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    throw new RequestError(
      { status: 400, code: 'unreadable_body', message: 'The body could not be read to its end.' },
      { cause: error },
    );
  }
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch (error) {
    throw new RequestError(
      { status: 400, code: 'malformed_json', message: 'The body is not JSON in UTF-8.' },
      { cause: error },
    );
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function tooLarge(limit: number): RequestError {
  return new RequestError({
    status: 413,
    code: 'body_too_large',
    message: `The body is larger than ${limit} bytes.`,
    details: { limit },
  });
}
