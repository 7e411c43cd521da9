import { codeOf } from '../driver-error.ts';

/**
 * The server's own word that it ends the session or takes none: connection
 * exceptions, too many connections, shutting down, starting up, and its limits
 * on sessions that idle. https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const SESSION_ENDS = /^(?:08...|53300|57P0[1-5]|25P0[34])$/;

/** What the system says of a socket that is no more, or never was. */
const SOCKET_FAILS = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTCONN',
  'ENOTFOUND',
  'EPIPE',
  'ERR_STREAM_DESTROYED',
  'ETIMEDOUT',
]);

/** What `pg` says where it has no code for it. */
const CLIENT_GAVE_UP =
  /Connection terminated|timeout exceeded when trying to connect|is not queryable/;

/**
 * Why the server is out of reach, by the name that the driver or the server has
 * for it; undefined when it is not. Of one death each statement may tell another
 * story: who reads hears the server's farewell, who writes finds the pipe broken.
 */
export function postgresAway(error: unknown): string | undefined {
  const code = codeOf(error);
  if (SESSION_ENDS.test(code) || SOCKET_FAILS.has(code)) return code;
  const gaveUp = error instanceof Error && code === '' && CLIENT_GAVE_UP.test(error.message);
  return gaveUp ? 'connection_terminated' : undefined;
}
