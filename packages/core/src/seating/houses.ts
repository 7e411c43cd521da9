import type { ReadContext } from '../kernel/index.ts';
import { type House, openHouse } from './house.ts';
import { SeatPicture } from './picture.ts';

/** Seats of the maps that are kept, at most: some 100 MB. */
const KEPT_SEATS = 1_000_000;
const KEPT_PICTURES = 200;

interface Kept {
  /** Least lately used first. */
  readonly houses: Map<string, House>;
  readonly pictures: Map<string, SeatPicture>;
}

/** What each Ticketi has read, by its settings: they are one object for as long as it lives. */
const keptBy = new WeakMap<object, Kept>();

function kept(settings: object): Kept {
  const found = keptBy.get(settings) ?? { houses: new Map(), pictures: new Map() };
  keptBy.set(settings, found);
  return found;
}

/**
 * A map, ready for finding seats. A map never changes, so it is read once and
 * kept; those not used for longest make room for others.
 */
export async function houseOf(
  { tx, settings }: Pick<ReadContext, 'tx' | 'settings'>,
  seatMapId: string,
): Promise<House> {
  const { houses } = kept(settings);
  const known = houses.get(seatMapId);
  if (known !== undefined) {
    houses.delete(seatMapId);
    houses.set(seatMapId, known);
    return known;
  }
  const document = await tx.seating.maps.document(seatMapId);
  if (document === undefined) throw new Error(`Seat map ${seatMapId} has no document.`);
  const house = openHouse(document);
  houses.set(seatMapId, house);
  let seats = [...houses.values()].reduce((sum, one) => sum + one.seats, 0);
  for (const [id, one] of houses) {
    if (seats <= KEPT_SEATS || id === seatMapId) break;
    houses.delete(id);
    seats -= one.seats;
  }
  return house;
}

/** What is taken of a session's seats, read as far as it is not known yet. */
export async function pictureOf(
  context: Pick<ReadContext, 'tx' | 'settings' | 'now'>,
  session: { readonly id: string; readonly eventId: string },
  house: House,
): Promise<SeatPicture> {
  const { pictures } = kept(context.settings);
  const picture = pictures.get(session.id) ?? new SeatPicture(session, house.seats);
  await picture.refresh(context);
  pictures.delete(session.id);
  pictures.set(session.id, picture);
  for (const [id] of pictures) {
    if (pictures.size <= KEPT_PICTURES) break;
    pictures.delete(id);
  }
  return picture;
}
