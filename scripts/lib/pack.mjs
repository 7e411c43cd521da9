// Packs what is published, as it is published.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Failed } from './prepare.mjs';
import { pnpm, publicPackages } from './workspace.mjs';

/** Packs every public package into a folder: a map from name to the archive's path. */
export async function packAll(folder) {
  const { code, output } = await pnpm(
    ['--recursive', '--filter=./packages/*', 'pack', '--pack-destination', folder],
    { capture: true },
  );
  if (code !== 0) throw new Failed(`could not pack the packages:\n${output}`);
  const archives = readdirSync(folder);
  return new Map(
    publicPackages().map(({ manifest: { name, version } }) => {
      const file = `${name.replace('@', '').replace('/', '-')}-${version}.tgz`;
      if (!archives.includes(file)) throw new Failed(`${name} was not packed`);
      return [name, join(folder, file)];
    }),
  );
}
