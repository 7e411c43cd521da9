#!/usr/bin/env node
// Says which Node is needed before anything that needs it is loaded.
const wanted = 22;

if (Number.parseInt(process.versions.node, 10) < wanted) {
  process.stderr.write(
    `ticketi needs Node.js ${wanted} or later; this is Node.js ${process.versions.node}.\n`,
  );
  process.exitCode = 1;
} else {
  await import('../dist/main.js');
}
