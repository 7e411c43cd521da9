import type { Knex } from 'knex';

/**
 * knex without a connection or pool of its own: it builds lists with filters and
 * sends these over the connection it is handed; all else goes straight to the
 * driver. Loaded when a storage is first
 * used: that takes longer than the import of the rest.
 */
export async function loadKnex(client: string): Promise<Knex> {
  const { default: knex } = await import('knex');
  return knex({
    client,
    useNullAsDefault: true,
    // Values are personal data; knex would write them into the message of every error.
    compileSqlOnError: false,
  });
}
