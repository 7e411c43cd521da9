import { once } from 'node:events';
import { connect } from 'node:net';

/** One connection that stays open. */
export interface KeptAlive {
  /** Sends a JSON body, reads the whole answer, and tells its status. */
  post(path: string, body: string): Promise<number>;
}

const END_OF_HEAD = '\r\n\r\n';

/**
 * The least of a client: no agent, no parser but for the answer's length, so that the load costs
 * little beside the server that is measured.
 */
export async function keptAlive(port: number): Promise<KeptAlive> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  let received = '';
  let answered: ((status: number) => void) | undefined;
  let failed: ((error: Error) => void) | undefined;
  socket.setEncoding('latin1');
  socket.on('error', (error) => failed?.(error));
  socket.on('close', () => failed?.(new Error('The server closed the connection.')));
  socket.on('data', (chunk) => {
    received += String(chunk);
    const head = received.indexOf(END_OF_HEAD);
    if (head === -1) return;
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(received)?.[1]);
    if (received.length < head + END_OF_HEAD.length + length) return;
    const status = Number(received.slice(9, 12));
    received = '';
    answered?.(status);
  });
  return {
    post(path, body) {
      const head = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}`;
      return new Promise((resolve, reject) => {
        answered = resolve;
        failed = reject;
        // Closed while it had nothing to wait for: nothing would tell.
        if (socket.destroyed) throw new Error('The server closed the connection.');
        socket.write(`${head}${END_OF_HEAD}${body}`);
      });
    },
  };
}
