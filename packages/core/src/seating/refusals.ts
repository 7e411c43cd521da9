import * as z from 'zod';
import { refusal } from '../kernel/index.ts';

const SeatMapProblem = z.object({
  path: z.string().meta({
    description: 'Where: a field of the input, or the line and column of an imported file.',
  }),
  message: z.string(),
});

export const invalidSeatMap = refusal('invalid_seat_map', {
  kind: 'invalid',
  meaning: 'The seat map contradicts itself or cannot be read; everything found is listed.',
  details: z.object({ problems: z.array(SeatMapProblem) }),
  hint: 'Mend what is listed and send the whole map again.',
  message: ({ problems }) => {
    const shown = problems.slice(0, 3).map(({ path, message }) => `${path}: ${message}`);
    const more = problems.length > 3 ? ` And ${problems.length - 3} more.` : '';
    return `The seat map is not valid. ${shown.join(' ')}${more}`;
  },
});

export const seatMapAssigned = refusal('seat_map_assigned', {
  kind: 'conflict',
  meaning: 'The session has a seat map, and its event has been published or seats are blocked.',
  details: z.object({ sessionId: z.string(), seatMapId: z.string() }),
  hint: 'Add another session for the other map.',
  message: ({ sessionId, seatMapId }) =>
    `Session ${sessionId} has the seat map ${seatMapId}, which cannot change any more.`,
});

export const noSeatMap = refusal('no_seat_map', {
  kind: 'conflict',
  meaning: 'The session has no seat map, or its sessions have different ones.',
  details: z.object({ sessionId: z.string() }),
  hint: 'Give the session a seat map with `seatMaps.assign`.',
  message: ({ sessionId }) => `Session ${sessionId} has no seat map of its own.`,
});

export const unknownSeat = refusal('unknown_seat', {
  kind: 'invalid',
  meaning: 'The seat map has no such seats.',
  details: z.object({ seats: z.array(z.string()) }),
  hint: 'A seat is named section-row-number, as in `seatMaps.get`.',
  message: ({ seats }) => `There is no seat ${seats.join(', ')}.`,
});

export const wrongCategory = refusal('wrong_category', {
  kind: 'invalid',
  meaning: 'The ticket type does not sell seats of this category.',
  details: z.object({
    ticketTypeId: z.string(),
    seats: z.array(z.string()),
    categories: z.array(z.string()).meta({ description: 'Those that it sells.' }),
  }),
  message: ({ seats, categories }) =>
    `${seats.join(', ')} is not of the category ${categories.join(' or ')} of this ticket type.`,
});

export const companionSeat = refusal('companion_seat', {
  kind: 'conflict',
  meaning: 'A companion seat is sold only along with, or after, its accessible place.',
  details: z.object({ seats: z.array(z.string()) }),
  hint: 'Name the accessible place too, or choose another seat.',
  message: ({ seats }) => `${seats.join(', ')} is for the companion of a free accessible place.`,
});

export const seatTaken = refusal('seat_taken', {
  kind: 'conflict',
  meaning: 'Somebody else has seats that were asked for by name.',
  details: z.object({ seats: z.array(z.string()) }),
  hint: 'Choose other seats.',
  message: ({ seats }) => `${seats.join(', ')} is taken.`,
});

const left = {
  requested: z.int(),
  accessible: z.int().meta({ description: 'Accessible places among them.' }),
  available: z.int().meta({ description: 'Standard seats that are left for this party.' }),
  accessibleAvailable: z.int().meta({ description: 'Accessible places that are left for it.' }),
};

export const noSeatsTogether = refusal('no_seats_together', {
  kind: 'conflict',
  meaning: 'There are enough seats, but not next to each other.',
  details: z.object(left),
  hint: 'Ask for fewer, for other sections, or with `together: preferred`.',
  message: ({ requested, available }) =>
    `${requested} seats together are not left, but ${available} single ones are.`,
});

export const notEnoughSeats = refusal('not_enough_seats', {
  kind: 'conflict',
  meaning: 'Fewer seats of the categories and sections are left than asked for.',
  details: z.object(left),
  hint: 'Ask for fewer, for other sections or ticket types, or try again when holds expire.',
  message: ({ requested, accessible, available, accessibleAvailable }) =>
    accessible > accessibleAvailable
      ? `Only ${accessibleAvailable} accessible places left, ${accessible} asked for.`
      : `Only ${available} seats left, ${requested} asked for.`,
});
