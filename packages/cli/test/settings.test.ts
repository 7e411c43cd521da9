import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingsOf } from '../src/settings.ts';
import { folder } from './support/cli.ts';

describe('settings', () => {
  const home = folder();
  const cwd = folder();
  mkdirSync(join(home, 'ticketi'));
  writeFileSync(
    join(home, 'ticketi', 'config.json'),
    JSON.stringify({
      format: 'yaml',
      as: 'user:home',
      profiles: { live: { url: 'https://home' } },
    }),
  );
  writeFileSync(
    join(cwd, 'ticketi.config.json'),
    JSON.stringify({ database: 'project.db', profiles: { live: { url: 'https://project' } } }),
  );
  const env = { XDG_CONFIG_HOME: home };

  it('come from flags, then the environment, the project, the user, the defaults', () => {
    expect(settingsOf({}, { env, cwd })).toMatchObject({
      database: join(cwd, 'project.db'),
      format: 'yaml',
      as: 'user:home',
      url: undefined,
    });
    const more = { ...env, TICKETI_DATABASE: 'env.db', TICKETI_FORMAT: 'csv' };
    expect(settingsOf({}, { env: more, cwd })).toMatchObject({ database: 'env.db', format: 'csv' });
    expect(settingsOf({ database: 'flag.db', json: true }, { env: more, cwd })).toMatchObject({
      database: 'flag.db',
      format: 'json',
    });
    expect(settingsOf({}, { env: {}, cwd: home })).toMatchObject({
      database: 'ticketi.db',
      format: 'table',
    });
  });

  it('take a profile, and forget a server when a database is named', () => {
    expect(settingsOf({ profile: 'live' }, { env, cwd }).url).toBe('https://project');
    expect(settingsOf({ profile: 'live', database: 'x.db' }, { env, cwd }).url).toBeUndefined();
    expect(() => settingsOf({ profile: 'nope' }, { env, cwd })).toThrow('no profile nope');
  });

  it('read secrets from the environment or a file', () => {
    const token = join(cwd, 'token');
    writeFileSync(token, 'abc\n');
    chmodSync(token, 0o600);
    expect(settingsOf({}, { env: { ...env, TICKETI_TOKEN_FILE: token }, cwd }).token).toBe('abc');
    expect(settingsOf({}, { env: { ...env, TICKETI_TOKEN: 'def' }, cwd }).token).toBe('def');
  });
});
