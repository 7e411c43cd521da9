import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { Io } from '../io.ts';
import { openTicketi, secretOf } from '../open.ts';
import { type Paint, paintFor } from '../output/paint.ts';
import type { Settings } from '../settings.ts';
import { authenticator } from './identity.ts';
import { onlyFromHere } from './only-from-here.ts';
import { type ServeOptions, serveOptions } from './options.ts';

/** Most milliseconds that requests have to finish after a signal. */
const DRAIN = 10_000;

/** Serves the HTTP API until a signal comes; then it finishes what runs and closes. */
export async function serve(
  io: Io,
  settings: Settings,
  flags: Readonly<Record<string, unknown>>,
): Promise<number> {
  const options = serveOptions(flags, secretOf(settings) !== undefined);
  const auth = await authenticator(options, io.cwd);
  const { createHandler, toNodeHandler } = await import('@ticketi/http');
  const ticketi = await openTicketi(settings, io, { sandbox: options.sandbox });
  try {
    const onError = (error: unknown, requestId: string) =>
      void io.stderr.write(`error: request ${requestId}: ${describe(error, settings.debug)}\n`);
    const handler = createHandler(ticketi, { auth, basePath: options.basePath, onError });
    const listener: RequestListener = (request, response) => void toNode(request, response);
    const toNode = toNodeHandler(handler);
    const server = createServer(options.dev ? onlyFromHere(listener) : listener);
    const stopped = stopOnSignal(server);
    server.listen(options.port, options.host);
    await once(server, 'listening');
    announce(io, settings, options, server);
    await stopped;
    if (!settings.quiet) io.stderr.write('Stopped.\n');
    return 0;
  } finally {
    await ticketi.close();
  }
}

/** Resolves when a signal came, no more was taken in, and what ran is done. */
function stopOnSignal(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = () => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), DRAIN).unref();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.removeAllListeners(signal);
    process.once(signal, stop);
  }
  return promise;
}

function announce(io: Io, { quiet }: Settings, options: ServeOptions, server: Server): void {
  const paint = paintFor(io, 'stderr');
  if (options.dev) warn(io, paint);
  if (options.sandbox && !options.dev) {
    io.stderr.write(
      `${paint.yellow('warning:')} orders can be paid with the sandbox: no money moves.\n`,
    );
  }
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  const base = `http://${host}:${port}${options.basePath}`;
  io.stdout.write(`${base}\n`);
  if (!quiet) {
    io.stderr.write(`${paint.dim('reference')} ${base}/docs   ${paint.dim('Ctrl-C to stop')}\n`);
  }
}

function warn(io: Io, paint: Paint): void {
  const lines = [
    'DEVELOPMENT: everybody on this machine is believed to be whoever they say they are',
    '(X-Ticketi-Actor: user:<id> or system), and orders are paid with the sandbox.',
  ];
  for (const line of lines)
    io.stderr.write(`${paint.yellow.bold('warning:')} ${paint.yellow(line)}\n`);
}

function describe(error: unknown, debug: boolean): string {
  if (!(error instanceof Error)) return String(error);
  return (debug ? error.stack : undefined) ?? error.message;
}
