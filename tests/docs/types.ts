import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from './lab.ts';
import { type Block, root } from './markdown.ts';

/** As strict as a reader may be. */
const settings = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
  skipLibCheck: true,
  noEmit: true,
  target: 'es2024',
  lib: ['es2024'],
  module: 'nodenext',
  moduleDetection: 'force',
  types: ['node'],
  // The packages are used as sources, which import each other with their endings.
  customConditions: ['ticketi-source'],
  allowImportingTsExtensions: true,
};

/** Checks all blocks in one program; what is wrong, by the block's page and line. */
export function typeErrors(lab: Lab, blocks: readonly Block[]): string[] {
  const files = new Map(blocks.map((block) => [lab.write(block), block]));
  const config = join(lab.folder, 'tsconfig.json');
  writeFileSync(config, JSON.stringify({ compilerOptions: settings, files: [...files.keys()] }));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', config, '--pretty', 'false'], {
    cwd: lab.folder,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  return [
    ...stdout.matchAll(/^(\S+?)\((\d+),\d+\): (error [\s\S]*?)(?=^\S+\(\d+,\d+\): |$(?!\n))/gm),
  ].flatMap(([, path = '', line = '0', message = '']) => {
    const block = files.get(join(lab.folder, path));
    if (block === undefined) return [];
    return [`${block.page}:${block.line + Number(line) - 1}: ${message.trim()}`];
  });
}
