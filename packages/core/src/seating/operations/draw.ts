import * as z from 'zod';
import { SessionId } from '../../events/index.ts';
import { everyone, Instant, idOf, isRefusal, read } from '../../kernel/index.ts';
import { noSeatMap } from '../refusals.ts';
import { drawHouse } from '../svg.ts';
import { liveSeating } from './get-state.ts';

export const drawSeatMap = read({
  name: 'seatMaps.svg',
  summary: 'The seats of a session as a picture (SVG), each with its state now.',
  input: z.strictObject({ sessionId: SessionId }),
  output: z
    .object({
      sessionId: idOf('ses'),
      at: Instant,
      svg: z.string().meta({ description: 'A whole SVG document, without script or style.' }),
    })
    .meta({ id: 'SeatMapPicture' }),
  refusals: [noSeatMap],
  allow: everyone,
  run: async (context, { sessionId }) => {
    const found = await liveSeating(context, sessionId);
    if (isRefusal(found)) return found;
    const { house, states, name: title, general } = found;
    return { sessionId, at: context.now, svg: drawHouse(house, states, { title, general }) };
  },
});
