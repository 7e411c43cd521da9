import { createServer } from 'node:http';
import {
  createTicketi,
  operationsByName,
  type Surface,
  surfaceOver,
  type TicketiOptions,
} from '@ticketi/core';
import { createHandler, toNodeHandler } from '@ticketi/http';
import { sqlite } from '@ticketi/storage/sqlite';
import { secret } from '../stage/event.ts';
import type { Served } from './http.ts';

/** A server as anybody would write it; `bare`, its operations answer what was answered once. */
const { file, bare, eventId, items }: Served = JSON.parse(process.argv[2] ?? '');
const options: TicketiOptions = { storage: sqlite(file), keys: { secret }, migrate: false };
const ticketi = await createTicketi(options);
const handler = createHandler(bare ? { as: await replies(ticketi) } : ticketi);

const server = createServer(toNodeHandler(handler));
// While the other contender has its turns, these connections are idle.
server.keepAliveTimeout = 10 * 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' ? address?.port : undefined);
});
process.on('disconnect', () => process.exit());

/** The same handler, doing nothing but parse and reply. */
async function replies(real: { as(actor: { type: 'anonymous' }): Surface }) {
  const answer = await real
    .as({ type: 'anonymous' })
    .holds.create({ eventId, items: items.map((item) => ({ ...item })) });
  return (): Surface =>
    surfaceOver(async (name, input) => {
      operationsByName.get(name)?.input.parse(input);
      return answer;
    });
}
