import * as z from 'zod';
import { refusal } from '../kernel/index.ts';

export const scanIdReused = refusal('scan_id_reused', {
  kind: 'mismatch',
  meaning: 'The scan id was used at this event before, with another code.',
  details: z.object({ scanId: z.string() }),
  hint: 'Use ids that no two devices share, such as random UUIDs.',
  message: ({ scanId }) => `The scan id ${scanId} belongs to a scan of another code.`,
});

export const checkinListNotNamed = refusal('checkin_list_not_named', {
  kind: 'invalid',
  meaning: 'The event has several check-in lists, and the scan names none.',
  details: z.object({ lists: z.array(z.object({ id: z.string(), name: z.string() })) }),
  hint: 'Name the list of the door: `listId`.',
  message: ({ lists }) =>
    `Which check-in list? The event has ${lists.map(({ name }) => name).join(', ')}.`,
});

export const checkinListArchived = refusal('checkin_list_archived', {
  kind: 'conflict',
  meaning: 'The check-in list is archived, or all of the event are and the scan names none.',
  details: z.object({ listId: z.string() }),
  hint: 'Scan with another list of the event, or make one.',
  message: ({ listId }) => `The check-in list ${listId} is archived.`,
});

export const checkinListWindow = refusal('checkin_list_window', {
  kind: 'invalid',
  meaning: 'The list would close before it opens.',
  details: z.object({ opensAt: z.string(), closesAt: z.string() }),
  message: ({ opensAt, closesAt }) =>
    `A list that opens at ${opensAt} and closes at ${closesAt} lets nobody in.`,
});

export const scannedWithoutList = refusal('scanned_without_list', {
  kind: 'conflict',
  meaning:
    'People came in before the event had a check-in list: by its first one they would again.',
  details: z.object({ eventId: z.string() }),
  hint: 'Go on without a list, or take those scans back (`checkin.undo`) first.',
  message: ({ eventId }) => `Event ${eventId} was scanned without a check-in list already.`,
});

export const scanNotUndoable = refusal('scan_not_undoable', {
  kind: 'conflict',
  meaning: 'The scan let nobody in or out, so there is nothing to undo.',
  details: z.object({ scanId: z.string(), reason: z.string() }),
  message: ({ scanId, reason }) => `Scan ${scanId} let nobody pass (${reason}).`,
});
