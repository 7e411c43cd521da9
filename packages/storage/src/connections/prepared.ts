/** Statements kept at most: far more than the stores have, and a bound for lists with many filters. */
const KEPT = 300;

/** What makes statements out of SQL. */
interface Preparing<Statement> {
  prepare(sql: string): Statement;
}

/**
 * Lets a database keep its prepared statements by their SQL. SQLite compiles a
 * statement anew each time otherwise, which took 37 % of the time of whole
 * orders. A statement that the schema has outgrown is compiled again by SQLite.
 */
export function keepPrepared<Statement, Database extends Preparing<Statement>>(
  database: Database,
): Database {
  const kept = new Map<string, Statement>();
  const compile = database.prepare.bind(database);
  database.prepare = (sql) => {
    const found = kept.get(sql);
    if (found !== undefined) {
      // To the end of the line: what was not used for longest is at its beginning.
      kept.delete(sql);
      kept.set(sql, found);
      return found;
    }
    const statement = compile(sql);
    kept.set(sql, statement);
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return statement;
  };
  return database;
}
