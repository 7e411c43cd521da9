import type { InsertStore, ReadStore } from '../kernel/index.ts';
import type { ScanRecord } from './scan.ts';

interface ScanFilter {
  eventId?: string | undefined;
  ticketId?: string | undefined;
}

export interface CheckinReads {
  readonly scans: ReadStore<ScanRecord, ScanFilter> & {
    findByScanId(eventId: string, scanId: string): Promise<ScanRecord | undefined>;
  };
}

export interface CheckinWrites extends CheckinReads {
  /** `insert` throws `LostRace` when a scan id of the event was used meanwhile. */
  readonly scans: InsertStore<ScanRecord, ScanFilter> & CheckinReads['scans'];
}
