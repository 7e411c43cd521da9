import type { Part } from './suite.ts';

/** Tables that are brought up to date, once, and never back. */
export function migrations({ it, expect, storage, opened, subject }: Part): void {
  it('has nothing to do on tables that are up to date', async () => {
    expect(await storage().pendingMigrations()).toEqual([]);
    const { applied, version } = await storage().migrate();
    expect(applied).toEqual([]);
    expect(version).toBeGreaterThan(0);
  });

  it('may be asked by several at once', async () => {
    const storages = [storage(), opened().another?.() ?? storage()];
    const reports = await Promise.all(storages.map((each) => each.migrate()));
    expect(reports.map(({ applied }) => applied)).toEqual([[], []]);
  });

  it('refuses a database that a newer library has migrated', async () => {
    if (subject.makeNewer === undefined) return;
    const own = await subject.open();
    try {
      await subject.makeNewer(own);
      const tooNew = { code: 'database_too_new' };
      await expect(own.storage.migrate()).rejects.toMatchObject(tooNew);
      await expect(own.storage.pendingMigrations()).rejects.toMatchObject(tooNew);
    } finally {
      await own.close();
    }
  });

  it('says how the database is, and that it is well', async () => {
    const checks = await storage().check();
    expect(checks.length).toBeGreaterThan(0);
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  });
}
