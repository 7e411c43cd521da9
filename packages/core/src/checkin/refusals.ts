import * as z from 'zod';
import { refusal } from '../kernel/index.ts';

export const scanIdReused = refusal('scan_id_reused', {
  kind: 'mismatch',
  meaning: 'The scan id was used at this event before, with another code.',
  details: z.object({ scanId: z.string() }),
  hint: 'Use ids that no two devices share, such as random UUIDs.',
  message: ({ scanId }) => `The scan id ${scanId} belongs to a scan of another code.`,
});
