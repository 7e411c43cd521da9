import { existsSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { CONFIG_FILE } from '../settings.ts';

/** What is there already that init would write. */
export function existing(cwd: string, secretFile: string): string | undefined {
  return [secretFile, join(cwd, CONFIG_FILE)].find((path) => existsSync(path));
}

/** The secret, for its owner's eyes only. It fails when the file is there. */
export function writeSecret(path: string, secret: string): string {
  writeFileSync(path, `${secret}\n`, { mode: 0o600, flag: 'wx' });
  return path;
}

/** A password is a secret: an address with one stays out of the config file. */
export function writeConfig(cwd: string, database: string, secretFile: string): string {
  const path = join(cwd, CONFIG_FILE);
  const hasPassword = /:\/\/[^:/@]+:[^@]+@/.test(database);
  const config = { ...(hasPassword ? {} : { database }), secretFile: relative(cwd, secretFile) };
  writeFileSync(path, `${JSON.stringify(config, null, 2)}\n`, { flag: 'wx' });
  return path;
}
