import { InstantInput } from '../kernel/index.ts';

/** The input fields of what looks at a stretch of time. */
export const periodInput = {
  from: InstantInput.optional().meta({
    description: 'From this instant on; left out: from the first entry.',
  }),
  until: InstantInput.optional().meta({
    description: 'Before this instant, which is not part of it; left out: up to now.',
  }),
};
