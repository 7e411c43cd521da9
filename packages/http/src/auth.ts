import { type Actor, isTicketiError, TicketiError } from '@ticketi/core';

/**
 * Who a request comes from. Undefined: nobody in particular, or a guest.
 * What it throws becomes a 401 and never lets anybody in.
 */
export type Authenticate = (
  request: Request,
) => Actor | undefined | null | Promise<Actor | undefined | null>;

/** Of a hold, a transfer, or an entry of a waitlist. */
const GUEST_TOKEN = /^(?:hld|trf|wle)_[0-7][0-9a-hjkmnp-tv-z]{25}\.[\w-]{1,128}$/;

/** The token of `Authorization: Bearer ...`. */
export function bearerToken(request: Request): string | undefined {
  const [scheme = '', token] = (request.headers.get('authorization') ?? '').trim().split(/\s+/);
  return scheme.toLowerCase() === 'bearer' ? token : undefined;
}

/** Whether a token is one that a hold or an offer gives to a guest, by its form alone. */
export function isGuestToken(token: string): boolean {
  return GUEST_TOKEN.test(token);
}

/** The host's answer, else the guest whose token the request carries, else anonymous. */
export async function actorOf(
  request: Request,
  auth: Authenticate | undefined,
  onFault: (error: unknown) => void,
): Promise<Actor> {
  const known = auth === undefined ? undefined : await ask(request, auth, onFault);
  if (known) return sound(known);
  const token = bearerToken(request);
  return token !== undefined && isGuestToken(token)
    ? { type: 'guest', token }
    : { type: 'anonymous' };
}

async function ask(request: Request, auth: Authenticate, onFault: (error: unknown) => void) {
  try {
    return await auth(request);
  } catch (error) {
    if (isTicketiError(error)) throw error;
    // A broken check and a bad token look alike here; neither lets anybody in.
    if (isProgrammingError(error)) onFault(error);
    throw notValid(error);
  }
}

function notValid(cause: unknown): TicketiError {
  return new TicketiError({
    code: 'unauthenticated',
    kind: 'unauthenticated',
    message: 'The credentials of the request are not valid.',
    cause,
  });
}

function isProgrammingError(error: unknown): boolean {
  return (
    error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError
  );
}

/** An actor that names nobody would own what belongs to nobody. */
function sound(actor: Actor): Actor {
  switch (actor.type) {
    case 'system':
    case 'anonymous':
      return actor;
    case 'guest':
      return named(actor, actor.token);
    case 'user':
      return named(actor, actor.id);
    case 'api_key':
      named(actor, actor.organizerId);
      return named(actor, actor.id);
    default:
      throw new TypeError('`auth` answered with something that is no actor.');
  }
}

function named(actor: Actor, name: unknown): Actor {
  if (typeof name === 'string' && name !== '') return actor;
  throw new TypeError(`\`auth\` answered with a ${actor.type} without a name.`);
}
