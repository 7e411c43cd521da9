import type { RequestListener } from 'node:http';

const names = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;
const addresses = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/**
 * Answers this machine alone, and only under its own names: a page that a browser was tricked into
 * resolving to 127.0.0.1 comes with a name of its own in `Host`.
 */
export function onlyFromHere(listener: RequestListener): RequestListener {
  return (request, response) => {
    const here = addresses.has(request.socket.remoteAddress ?? '');
    if (here && names.test(request.headers.host ?? '')) {
      listener(request, response);
      return;
    }
    response.writeHead(403, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({ error: 'This server answers its own machine only.', code: 'not_allowed' }),
    );
  };
}
