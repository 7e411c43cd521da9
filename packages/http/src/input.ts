import type { z } from 'zod';
import { readJson, readText } from './body.ts';
import { type QueryReader, queryReader } from './query.ts';
import { invalidField } from './request-error.ts';
import { pathParameters, type Route } from './routes.ts';

/** Puts an operation's input together from the path and the query or the body. */
export type InputReader = (
  request: Request,
  parameter: (name: string) => string | undefined,
) => Promise<object>;

export function inputReader(route: Route, schema: z.ZodObject, bodyLimit: number): InputReader {
  const names = pathParameters(route.path);
  const hasBody = takesBody(route);
  let readQuery: QueryReader | undefined;
  return async (request, parameter) => {
    const path = names.map((name): [string, string] => [name, parameter(name) ?? '']);
    // Whoever calls has an address that was given to them: what they add to it is theirs.
    if (route.raw) return merged(path, await asItComes(request, bodyLimit));
    const query = queryOf(request.url);
    if (!hasBody) {
      readQuery ??= queryReader(schema);
      return merged(path, readQuery(query));
    }
    const [misplaced] = query.keys();
    if (misplaced !== undefined) {
      throw invalidField(misplaced, 'It belongs in the body, not in the query.');
    }
    return merged(path, Object.entries(await readJson(request, bodyLimit)));
  };
}

async function asItComes(request: Request, bodyLimit: number): Promise<[string, unknown][]> {
  const body = await readText(request, bodyLimit);
  return [
    ['headers', Object.fromEntries(request.headers)],
    ['body', body],
  ];
}

export function takesBody({ method }: Route): boolean {
  return method !== 'GET' && method !== 'DELETE';
}

/** Own properties only: a key like `__proto__` becomes a plain key, or is refused. */
function merged(path: [string, string][], given: [string, unknown][]): object {
  const named = new Map(path);
  for (const [key, value] of given) {
    if (key === '__proto__') throw invalidField(key, 'There is no such field.');
    if (named.has(key) && named.get(key) !== value) {
      throw invalidField(key, 'It contradicts the path.');
    }
  }
  return Object.fromEntries([...given, ...path]);
}

const NO_QUERY = new URLSearchParams();

function queryOf(url: string): URLSearchParams {
  const start = url.indexOf('?');
  return start === -1 ? NO_QUERY : new URLSearchParams(url.slice(start));
}
