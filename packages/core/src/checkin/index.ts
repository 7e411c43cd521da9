export { scanIdReused } from './refusals.ts';
export { Scan, type ScanRecord } from './scan.ts';
export type { CheckinReads, CheckinWrites } from './store.ts';
