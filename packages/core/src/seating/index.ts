export {
  type HeldSeat,
  type SeatChoice,
  type SeatedItem,
  SeatPreferences,
} from './choose.ts';
export { SeatLabel } from './draft.ts';
export { type ChoiceCode, Floor } from './floor.ts';
export { houseOf } from './houses.ts';
export { seatMapFromCsv } from './import-csv.ts';
export { seatMapFromYaml } from './import-yaml.ts';
export { type NamedSeat, seatsNamed } from './named.ts';
export {
  companionSeat,
  invalidSeatMap,
  noSeatMap,
  noSeatsTogether,
  notEnoughSeats,
  seatMapAssigned,
  seatTaken,
  unknownSeat,
  wrongCategory,
} from './refusals.ts';
export { Seat, SeatMap, type SeatMapDocument, type SeatMapRecord } from './seat-map.ts';
export { Seating, type SeatingRecord } from './seating.ts';
export { type SeatStands, seatStands, seatsOfCategories, type TypeSeats } from './stand.ts';
export type {
  ClaimedSeats,
  LiveSeats,
  SeatChange,
  SeatGroup,
  SeatingReads,
  SeatingWrites,
  SeatsAt,
} from './store.ts';
