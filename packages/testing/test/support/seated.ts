import type { Surface, Ticketi } from '@ticketi/core';
import { aBoxOffice, type BoxOffice, type BoxOfficeOptions } from '../../src/index.ts';

export type Sections = Parameters<Surface['seatMaps']['create']>[0]['sections'];

/** A published event whose one session has a seat map, and a type for each of its categories. */
export interface SeatedOffice extends BoxOffice {
  readonly sessionId: string;
  readonly seatMapId: string;
  /** The id of the type that sells this category. */
  typeOf(category: string): string;
}

export async function aSeatedOffice(
  ticketi: Ticketi,
  sections: Sections,
  options: BoxOfficeOptions = {},
): Promise<SeatedOffice> {
  const office = await aBoxOffice(ticketi, options);
  const eventId = office.event.id;
  const sessionId = office.event.sessions[0]?.id ?? '';
  const { id: seatMapId } = await ticketi.seatMaps.create({
    organizerId: office.organizer.id,
    name: 'Hall',
    sections,
  });
  await ticketi.seatMaps.assign({ sessionId, seatMapId });
  const { categories } = await ticketi.seatMaps.get({ seatMapId });
  const types = new Map<string, string>();
  for (const { key } of categories) {
    const type = await ticketi.ticketTypes.create({
      eventId,
      name: key,
      price: 3000,
      seating: { categories: [key] },
      maxPerOrder: 100,
    });
    types.set(key, type.id);
  }
  return { ...office, sessionId, seatMapId, typeOf: (category) => types.get(category) ?? '' };
}

/** Labels of the seats of a hold, in its order. */
export function labelsOf(hold: { items: { seats?: { label: string }[] | undefined }[] }): string[] {
  return hold.items.flatMap(({ seats = [] }) => seats.map(({ label }) => label));
}
