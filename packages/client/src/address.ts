import type { Route } from '@ticketi/http/routes';
import { TicketiError } from './error.ts';

interface Addressed {
  readonly url: string;
  readonly body: string | undefined;
  /** Those that belong to a body which is sent as it comes. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Takes an input apart: what the path names goes there, the rest to the query or the body. */
export function addressed(baseUrl: string, route: Route, input: object): Addressed {
  const rest = new Map(Object.entries(input).filter(([, value]) => value !== undefined));
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
    const value = rest.get(name);
    rest.delete(name);
    return segment(name, value);
  });
  const url = `${baseUrl}${path}`;
  if (route.method === 'GET' || route.method === 'DELETE') {
    const query = queryOf(rest);
    return { url: query === '' ? url : `${url}?${query}`, body: undefined };
  }
  if (route.raw) return { url, body: String(rest.get('body') ?? ''), headers: headersOf(rest) };
  return { url, body: JSON.stringify(Object.fromEntries(rest)) };
}

function headersOf(fields: ReadonlyMap<string, unknown>): Record<string, string> {
  const headers = fields.get('headers');
  if (typeof headers !== 'object' || headers === null) return {};
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

/** One part of a path: never empty, and never one that URLs resolve away. */
function segment(name: string, value: unknown): string {
  if (typeof value === 'string' && !/^\.{0,2}$/.test(value)) return encodeURIComponent(value);
  const message = 'Expected an id.';
  throw new TicketiError({
    code: 'invalid_input',
    kind: 'invalid',
    message: `The input is not valid: ${name}: ${message}`,
    issues: [{ path: name, message }],
  });
}

function queryOf(fields: ReadonlyMap<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [name, value] of fields) {
    for (const each of Array.isArray(value) ? value : [value]) query.append(name, String(each));
  }
  return query.toString();
}
