import { Temporal } from 'temporal-polyfill';
import { type Instant, instantFromMillis, isStorable, millisOf } from '../kernel/index.ts';

/** A local time that the clocks show twice or not at all, with what it can mean. */
export interface Ambiguity {
  /** As the clock on the wall shows it: 2027-10-31T02:30:00. */
  readonly time: string;
  /** With their offsets, the earlier one first. */
  readonly readings: readonly [string, string];
}

/** What becomes of a local time that is ambiguous. */
export type OnAmbiguous = 'refuse' | 'earlier' | 'later' | 'skip';

/** Local times of one time zone. Loaded with Temporal, when somebody needs it. */
export class WallClock {
  readonly timezone: string;

  constructor(timezone: string) {
    this.timezone = timezone;
  }

  /** What the clock shows at an instant. */
  at(instant: Instant): Temporal.PlainDateTime {
    return Temporal.Instant.fromEpochMilliseconds(millisOf(instant))
      .toZonedDateTimeISO(this.timezone)
      .toPlainDateTime();
  }

  /** The instant at which the clock shows a time. Undefined: a year that is not kept. */
  instantOf(
    time: Temporal.PlainDateTime,
    onAmbiguous: OnAmbiguous,
  ): Instant | Ambiguity | undefined {
    const earlier = time.toZonedDateTime(this.timezone, { disambiguation: 'earlier' });
    const later = time.toZonedDateTime(this.timezone, { disambiguation: 'later' });
    const ambiguous = earlier.epochMilliseconds !== later.epochMilliseconds;
    if (ambiguous && (onAmbiguous === 'refuse' || onAmbiguous === 'skip')) {
      return { time: time.toString(), readings: [written(earlier), written(later)] };
    }
    const { epochMilliseconds } = onAmbiguous === 'later' ? later : earlier;
    return isStorable(epochMilliseconds) ? instantFromMillis(epochMilliseconds) : undefined;
  }
}

function written(zoned: Temporal.ZonedDateTime): string {
  return zoned.toString({ timeZoneName: 'never' });
}

/** A local time as text; a refusal to read it is undefined. */
export function localTime(text: string): Temporal.PlainDateTime | undefined {
  try {
    return Temporal.PlainDateTime.from(text, { overflow: 'reject' });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
