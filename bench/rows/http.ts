import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { contest } from '../contest.ts';
import { atLeast, type Result } from '../result.ts';
import { hotEvent, open } from '../stage/event.ts';
import { keptAlive } from '../stage/http-client.ts';
import { proveRecords } from '../stage/proof.ts';
import { QUANTITY } from '../yardsticks/purchase.ts';
import type { BenchRow } from './row.ts';

const BUYERS = 64;

/** What a server process is told. */
export interface Served {
  readonly file: string;
  /** Whether it only parses the request and replies with what was answered once. */
  readonly bare: boolean;
  readonly eventId: string;
  readonly items: readonly { readonly ticketTypeId: string; readonly quantity: number }[];
}

/** Holds over HTTP, the server in a process of its own with its database: all of it on one core. */
export const http: BenchRow = {
  name: 'http',
  async run({ effort, sqlite }) {
    const base = await sqlite();
    const ticketi = await open(base);
    const { event, standard } = await hotEvent(ticketi);
    await ticketi.close();
    const items = [{ ticketTypeId: standard.id, quantity: QUANTITY }];
    const about = { file: base.at, eventId: event.id, items };
    const servers: ChildProcess[] = [];
    try {
      const serve = async (bare: boolean) => {
        const script = fileURLToPath(new URL('http-process.ts', import.meta.url));
        const server = fork(script, [JSON.stringify({ ...about, bare } satisfies Served)]);
        servers.push(server);
        const [port] = await once(server, 'message');
        const connections = await Promise.all(
          Array.from({ length: BUYERS }, () => keptAlive(Number(port))),
        );
        const path = `/api/v1/events/${event.id}/holds`;
        const body = JSON.stringify({ items });
        return async (buyer: number) => {
          const status = await connections[buyer]?.post(path, body);
          if (status !== 201) throw new Error(`The server answered ${status}.`);
        };
      };
      const figures = await contest({ ...effort, buyers: BUYERS }, [
        { name: 'ours', request: await serve(false) },
        { name: 'parse and reply', request: await serve(true) },
      ]);
      await proveRecords(base);
      const result: Result = {
        row: `holds over HTTP on one core, keep-alive, SQLite, ${BUYERS} connections`,
        unit: 'requests',
        figures,
        aims: [atLeast('of parse and reply', 0.5, figures.ours, figures['parse and reply'])],
        notes: ['the load comes from another process; each request is one hold'],
      };
      return [result];
    } finally {
      for (const server of servers) server.kill();
    }
  },
};
