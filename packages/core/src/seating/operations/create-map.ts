import { write } from '../../kernel/index.ts';
import { members, namedOrganizer, OrganizerId } from '../../organizers/index.ts';
import { compileDraft } from '../compile.ts';
import { SeatMapDraft } from '../draft.ts';
import { invalidSeatMap } from '../refusals.ts';
import { seatMapResource } from '../resource.ts';
import { SeatMap, type SeatMapRecord } from '../seat-map.ts';

export const createSeatMap = write({
  name: 'seatMaps.create',
  summary: 'Makes a seat map from its sections, rows and seats. It never changes afterwards.',
  input: SeatMapDraft.extend({ organizerId: OrganizerId }),
  output: SeatMap,
  refusals: [invalidSeatMap],
  allow: members('manage_events', namedOrganizer),
  run: async ({ tx, ids, now, emit }, { organizerId, ...draft }) => {
    const document = compileDraft(draft);
    if (!('sections' in document)) return invalidSeatMap({ problems: [...document] });
    const map: SeatMapRecord = {
      id: ids.next('map'),
      organizerId,
      name: draft.name,
      seats: document.sections.reduce(
        (sum, { rows }) => sum + rows.reduce((inRows, { seats }) => inRows + seats.length, 0),
        0,
      ),
      generalPlaces: document.sections.reduce(
        (sum, { general }) => sum + (general?.capacity ?? 0),
        0,
      ),
      createdAt: now,
    };
    await tx.seating.maps.insert([map]);
    await tx.seating.maps.keepDocument(map.id, document);
    const created = seatMapResource(map);
    emit({
      type: 'seat_map.created',
      organizerId,
      eventId: null,
      subject: map.id,
      data: created,
    });
    return created;
  },
});
