import type { ReadStore, WriteStore } from '../kernel/index.ts';
import type { CodeRecord } from './code.ts';
import type { FeeRecord } from './fee.ts';

interface CodeFilter {
  eventId?: string | undefined;
  state?: CodeRecord['state'] | undefined;
}

export interface PricingReads {
  readonly codes: ReadStore<CodeRecord, CodeFilter> & {
    findByKeys(eventId: string, keys: readonly string[]): Promise<CodeRecord[]>;
  };
  readonly fees: ReadStore<FeeRecord, { eventId?: string | undefined }> & {
    /** The event's fee; an event has one at most. */
    ofEvent(eventId: string): Promise<FeeRecord | undefined>;
  };
}

export interface PricingWrites extends PricingReads {
  readonly codes: WriteStore<CodeRecord, CodeFilter> & PricingReads['codes'];
  readonly fees: WriteStore<FeeRecord, { eventId?: string | undefined }> & PricingReads['fees'];
}
