import * as z from 'zod';
import { everyone, notFound, read } from '../../kernel/index.ts';
import { houseOf } from '../houses.ts';
import { seatMapPlan } from '../resource.ts';
import { SeatMapId, SeatMapPlan } from '../seat-map.ts';

export const getSeatMap = read({
  name: 'seatMaps.get',
  summary: 'A seat map with every seat and its position, for whoever has its id.',
  input: z.strictObject({ seatMapId: SeatMapId }),
  output: SeatMapPlan,
  allow: everyone,
  run: async (context, { seatMapId }) => {
    const map = await context.tx.seating.maps.find(seatMapId);
    if (map === undefined) return notFound({ kind: 'seat map', id: seatMapId });
    return seatMapPlan(map, await houseOf(context, seatMapId));
  },
});
