import type { AddressInfo } from 'node:net';
import { createServer, connect as dial, type Socket } from 'node:net';

/** A way to a database that can be cut, as when a server, a switch or a pooler dies. */
export interface Severed {
  /** The address of the same database, by this way. */
  readonly at: string;
  /** Cuts all connections: `reset` as a crash does it, `end` as a proxy that goes away. */
  cut(how: 'reset' | 'end'): void;
  /** From here on nobody gets through. */
  close(): Promise<void>;
}

export async function severable(at: string): Promise<Severed> {
  const target = new URL(at);
  const host = target.hostname;
  const port = Number(target.port || 5432);
  const open = new Set<Socket>();
  const keep = (socket: Socket) => {
    open.add(socket);
    // Of an end that was cut the other one may still complain.
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
  };
  const server = createServer((near) => {
    const far = dial({ host, port });
    keep(near);
    keep(far);
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const own = server.address() as AddressInfo;
  const way = new URL(at);
  way.hostname = '127.0.0.1';
  way.port = String(own.port);
  return {
    at: way.href,
    cut(how) {
      for (const socket of open) {
        if (how === 'reset') socket.resetAndDestroy();
        else socket.destroy();
      }
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}
