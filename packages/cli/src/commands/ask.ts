import type { Flag } from '../flags/flag.ts';
import type { Fields, Given } from '../flags/input.ts';
import { missingFlags } from '../flags/input.ts';

/** Asks on the terminal for the required flags that were not given. */
export async function askForMissing(
  flags: readonly Flag[],
  fields: Fields,
  given: Given,
): Promise<Given> {
  const { default: inquirer } = await import('inquirer');
  const answers = new Map(given);
  const places = new Set([...given.keys()].map(({ path }) => path.join('.')));
  for (const flag of missingFlags(flags, fields)) {
    const place = flag.path.join('.');
    // Of two flags for one field the first is asked for.
    if (places.has(place)) continue;
    places.add(place);
    const { text } = await inquirer.prompt<{ text: string }>([
      {
        type: 'input',
        name: 'text',
        message: `${flag.long} ${flag.placeholder ?? ''}`.trim(),
        validate: (answer: string) => answer.trim() !== '' || 'This one is needed.',
      },
    ]);
    answers.set(flag, flag.repeatable ? text.trim().split(/\s+/) : [text.trim()]);
  }
  return answers;
}
