import * as z from 'zod';
import { everyone, notFound, read } from '../../kernel/index.ts';
import { maySee } from '../access.ts';
import { seriesResource } from '../resource.ts';
import { Series, SeriesId } from '../series.ts';

export const getSeries = read({
  name: 'sessions.getSeries',
  summary: 'The rule that a series of sessions was made from.',
  input: z.strictObject({ seriesId: SeriesId }),
  output: Series,
  allow: everyone,
  run: async (context, { seriesId }) => {
    const series = await context.tx.events.series.find(seriesId);
    const event = series && (await context.tx.events.events.find(series.eventId));
    if (series === undefined || event === undefined || !(await maySee(context, event))) {
      return notFound({ kind: 'series', id: seriesId });
    }
    return seriesResource(series, event.timezone);
  },
});
