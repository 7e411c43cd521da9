import * as z from 'zod';
import { everyone, read } from '../../kernel/index.ts';
import { PRESETS, ResalePreset } from '../presets.ts';

export const listPresets = read({
  name: 'resale.presets',
  summary:
    'Rules of resale to begin with, by name: caps, and what the law of some places asks, with its source. No legal advice.',
  input: z.strictObject({}),
  output: z.object({ items: z.array(ResalePreset) }).meta({ id: 'ResalePresets' }),
  allow: everyone,
  run: async () => ({ items: PRESETS.map((preset) => ({ ...preset })) }),
});
