import type { ReadStore, WriteStore } from '../kernel/index.ts';
import type { CodeRecord } from './code.ts';
import type { DiscountRecord } from './discount.ts';
import type { FeeRecord } from './fee.ts';
import type { TaxRecord } from './tax.ts';

interface CodeFilter {
  eventId?: string | undefined;
  state?: CodeRecord['state'] | undefined;
  batch?: string | undefined;
}
interface OfEvent {
  eventId?: string | undefined;
}
interface OfOrganizer {
  organizerId?: string | undefined;
}

export interface PricingReads {
  readonly codes: ReadStore<CodeRecord, CodeFilter> & {
    findByKeys(eventId: string, keys: readonly string[]): Promise<CodeRecord[]>;
  };
  readonly fees: ReadStore<FeeRecord, OfEvent> & {
    /** The event's fees, oldest first. */
    ofEvent(eventId: string): Promise<FeeRecord[]>;
  };
  readonly discounts: ReadStore<DiscountRecord, OfEvent> & {
    /** The event's automatic discounts in the order in which they are tried. */
    ofEvent(eventId: string): Promise<DiscountRecord[]>;
  };
  readonly taxes: ReadStore<TaxRecord, OfOrganizer> & {
    /** The organizer's rates. */
    ofOrganizer(organizerId: string): Promise<TaxRecord[]>;
  };
}

/** Rows that are a setting: nothing refers to them, so they may go. */
interface Removes {
  remove(ids: readonly string[]): Promise<void>;
}

export interface PricingWrites extends PricingReads {
  readonly codes: WriteStore<CodeRecord, CodeFilter> & PricingReads['codes'];
  readonly fees: WriteStore<FeeRecord, OfEvent> & PricingReads['fees'] & Removes;
  readonly discounts: WriteStore<DiscountRecord, OfEvent> & PricingReads['discounts'] & Removes;
  readonly taxes: WriteStore<TaxRecord, OfOrganizer> & PricingReads['taxes'] & Removes;
}
