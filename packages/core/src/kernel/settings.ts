/** Numbers that an installation may choose. Durations are whole minutes. */
export interface Settings {
  /** How long a hold keeps its places. Default 15. */
  holdMinutes: number;
  /** How much longer a hold lasts when it is extended. Default 5. */
  extendMinutes: number;
  /** How long a placed order waits for its payment. Default 30. */
  paymentMinutes: number;
  /** How long an idempotency key keeps its answer. Default 1440 (a day). */
  idempotencyMinutes: number;
  /** Commands of one event in one transaction, at most. Default 256. */
  laneBatch: number;
  /** Commands of one event that may wait; beyond it `busy`. Default 10,000. */
  laneQueue: number;
}

export const defaultSettings: Settings = {
  holdMinutes: 15,
  extendMinutes: 5,
  paymentMinutes: 30,
  idempotencyMinutes: 24 * 60,
  laneBatch: 256,
  laneQueue: 10_000,
};
