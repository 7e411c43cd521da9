// Who may import whom. `node scripts/check-imports.mjs` applies it; tests/imports.test.ts proves
// that each rule refuses what it is there to refuse.
const database = '(^|/)(knex|better-sqlite3|pg|pg-[a-z-]+)(/|$)';
const room = '^packages/core/src/([^/]+)/';
// The text of ids has a door of its own: what a browser downloads to verify codes needs no more.
const roomDoor = '^packages/core/src/([^/]+/index|kernel/typeid|tickets/verify)[.]ts$';
const packageDoor =
  '^packages/[^/]+/src/(index|routes|sqlite|postgres|(webhooks|tickets)/verify|checkin/offline)[.]ts$';

export default {
  forbidden: [
    {
      name: 'core-imports-nothing-of-ours',
      comment: 'Everything points at core; core points at nothing of ours.',
      severity: 'error',
      from: { path: '^packages/core/src' },
      to: { path: ['^packages/(?!core/)', '^@ticketi/', '^ticketi$'] },
    },
    {
      name: 'storage-imports-core-only',
      severity: 'error',
      from: { path: '^packages/storage/src' },
      to: { path: ['^packages/(?!core/|storage/)', '^@ticketi/(?!core$)'] },
    },
    {
      name: 'database-libraries-in-storage-only',
      comment: 'knex and the drivers are the business of packages/storage alone.',
      severity: 'error',
      from: { path: '^packages/[^/]+/src', pathNot: '^packages/storage/src' },
      to: { path: database },
    },
    {
      name: 'surfaces-know-no-storage',
      comment: 'http, client and cli work on any storage; the CLI picks one in src/storage.ts.',
      severity: 'error',
      from: { path: '^packages/(http|client|cli)/src', pathNot: '^packages/cli/src/storage[.]ts$' },
      to: { path: ['^packages/storage/', '^@ticketi/storage'] },
    },
    {
      name: 'client-uses-core-for-types-only',
      comment: 'What a browser downloads holds no domain code.',
      severity: 'error',
      from: { path: '^packages/client/src' },
      to: { path: ['^packages/core/', '^@ticketi/core'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'rooms-enter-by-the-door',
      comment: "A room imports another room's index.ts only.",
      severity: 'error',
      from: { path: room },
      to: { path: room, pathNot: [roomDoor, '^packages/core/src/$1/'] },
    },
    {
      name: 'core-enters-rooms-by-the-door',
      comment: 'Only the registry and the jobs reach in, for the operations that they list.',
      severity: 'error',
      from: { path: '^packages/core/src/(?!(?:registry|jobs)[.]ts)[^/]+[.]ts$' },
      to: { path: room, pathNot: roomDoor },
    },
    {
      name: 'no-circle-at-run-time',
      comment: 'Types may refer to each other (the port names every room); code may not.',
      severity: 'error',
      from: { path: '^packages/[^/]+/src' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'packages-enter-by-the-door',
      comment: 'A package imports what another one exports, by its name.',
      severity: 'error',
      from: { path: '^(packages)/([^/]+)/(src|test)' },
      to: { path: '^packages/([^/]+)/', pathNot: ['^packages/$2/', packageDoor] },
    },
    {
      name: 'no-undeclared-dependency',
      comment: "It must stand in the package's own package.json.",
      severity: 'error',
      from: { path: '^packages/[^/]+/src' },
      to: {
        dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'],
        // A driver is an optional peer, and a dev dependency of the workspace besides.
        dependencyTypesNot: ['npm-peer'],
      },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|fixtures)/' },
    // Type-only imports count too: they tie two places together as any other import does.
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['ticketi-source', 'import', 'types', 'node', 'default'],
    },
  },
};
