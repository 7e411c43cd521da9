export { CheckinList, type CheckinListRecord } from './checkin-list.ts';
export { Merged, MergeFact } from './merged.ts';
export {
  checkinListArchived,
  checkinListNotNamed,
  checkinListWindow,
  scanIdReused,
  scanNotUndoable,
  scannedWithoutList,
} from './refusals.ts';
export { Scan, type ScanRecord } from './scan.ts';
export type {
  CheckinReads,
  CheckinWrites,
  PassageCount,
  PresenceCount,
  PresenceRecord,
  TicketCount,
} from './store.ts';
