// `npm run check`: every gate that needs no other machine state than this tree (about a minute).
// `npm run check -- types lint` runs those whose name holds one of the words.
import { gates } from './lib/gates.mjs';
import { main, prepare } from './lib/prepare.mjs';
import { closingLine, runChecks } from './lib/report.mjs';

await main(async () => {
  const words = process.argv.slice(2);
  await prepare({ build: false });
  const chosen = gates.filter(
    ([name]) => words.length === 0 || words.some((word) => name.includes(word)),
  );
  const count = await runChecks(chosen);
  process.stdout.write(closingLine(count));
  return count.failed > 0 || count.passed === 0 ? 1 : 0;
});
