import type { PgPool, PgPoolClient } from '../../src/postgres.ts';

/** A pool of `pg` whose clients change the text of statements on their way to the server. */
export function rewriting(
  pool: PgPool,
  rewrite: (text: string, values: readonly unknown[]) => string,
): PgPool {
  return {
    async connect() {
      const client = await pool.connect();
      return new Proxy(client, {
        get(target, property) {
          const value: unknown = Reflect.get(target, property, target);
          if (typeof value !== 'function') return value;
          if (property !== 'query') return value.bind(target);
          return (config: { text: string; values: unknown[] }, ...rest: unknown[]) =>
            Reflect.apply(value, target, [
              { ...config, text: rewrite(config.text, config.values) },
              ...rest,
            ]);
        },
      }) satisfies PgPoolClient;
    },
  };
}
