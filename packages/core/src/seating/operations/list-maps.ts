import * as z from 'zod';
import { isRefusal, pageInput, pageOf, pageRequest, read } from '../../kernel/index.ts';
import { members, namedOrganizer, OrganizerId } from '../../organizers/index.ts';
import { seatMapResource } from '../resource.ts';
import { SeatMap } from '../seat-map.ts';

export const listSeatMaps = read({
  name: 'seatMaps.list',
  summary: 'The seat maps of an organizer, newest first.',
  input: z.strictObject({ organizerId: OrganizerId, ...pageInput }),
  output: pageOf(SeatMap, 'SeatMapPage'),
  allow: members('look_up', namedOrganizer),
  run: async ({ tx }, { organizerId, ...input }) => {
    const page = pageRequest(input);
    if (isRefusal(page)) return page;
    const { items, nextCursor } = await tx.seating.maps.list({ organizerId }, page);
    return { items: items.map(seatMapResource), nextCursor };
  },
});
