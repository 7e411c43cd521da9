import type { Secrets } from '../kernel/index.ts';

/**
 * The digest under which a code lies in the database. It is keyed, so that who
 * reads the database cannot try codes, and stays the same when the secret changes.
 */
export function hashOf(secrets: Pick<Secrets, 'lastingToken'>, key: string): string {
  return secrets.lastingToken('gift-card', key);
}
