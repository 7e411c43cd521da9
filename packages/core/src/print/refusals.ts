import * as z from 'zod';
import { refusal } from '../kernel/index.ts';

export const pdfNotAvailable = refusal('pdf_not_available', {
  kind: 'conflict',
  meaning: 'The library that draws PDFs is not installed where Ticketi runs.',
  details: z.object({ library: z.string() }),
  hint: 'Install it beside @ticketi/core: npm install pdfkit.',
  message: ({ library }) => `PDFs need the package ${library}, which is not installed.`,
});
