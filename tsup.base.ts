import { defineConfig, type Options } from 'tsup';

/** How every package is built: ESM for Node 22 and later, with types and source maps. */
export function library(entry: Record<string, string>, options: Options = {}) {
  return defineConfig({
    entry,
    format: 'esm',
    target: 'node22',
    platform: 'node',
    outDir: 'dist',
    dts: process.env.TICKETI_BUILD_TYPES !== '0',
    sourcemap: true,
    splitting: true,
    treeshake: false,
    clean: true,
    silent: true,
    ...options,
  });
}
