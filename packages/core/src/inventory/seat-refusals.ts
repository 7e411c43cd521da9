import {
  companionSeat,
  noSeatMap,
  noSeatsTogether,
  notEnoughSeats,
  seatTaken,
  unknownSeat,
  wrongCategory,
} from '../seating/index.ts';

/** What asking for seats may be refused with. */
export const seatRefusals = [
  seatTaken,
  noSeatsTogether,
  notEnoughSeats,
  unknownSeat,
  wrongCategory,
  companionSeat,
  noSeatMap,
] as const;

export type SeatRefusal = (typeof seatRefusals)[number]['code'];
