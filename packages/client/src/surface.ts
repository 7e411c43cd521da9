import type { CallByName, OperationName, Surface } from '@ticketi/core';
import { routes } from '@ticketi/http/routes';

/** The typed surface over `call`, from the names of the route table. */
export function surfaceOver(call: CallByName): Surface {
  const groups: Record<string, Record<string, unknown>> = {};
  for (const name of names()) {
    const [groupName = '', verb = ''] = name.split('.');
    groups[groupName] ??= {};
    const group = groups[groupName];
    group[verb] = (input: unknown, options?: Parameters<CallByName>[2]) =>
      call(name, input, options);
    if (verb === 'list') group.iterate = (input?: object) => pages(call, name, input);
  }
  const surface: object = { ...groups, call };
  // The table has every operation of the registry, which `Surface` is derived from.
  return surface as Surface;
}

function names(): OperationName[] {
  // The compiler holds the table's keys to the operations' names.
  return Object.keys(routes) as OperationName[];
}

interface Page {
  items: unknown[];
  nextCursor: string | null;
}

async function* pages(call: CallByName, name: OperationName, input: object | undefined) {
  let cursor: string | null = null;
  do {
    const answer = await call(name, cursor === null ? input : { ...input, cursor });
    const { items, nextCursor } = answer as Page;
    yield* items;
    cursor = nextCursor;
  } while (cursor !== null);
}
