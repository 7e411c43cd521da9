/** Where webhooks may go. */
export interface WebhookRules {
  /**
   * Lets them go to private addresses, over `http` and to any port: for tests, and
   * where every organizer is trusted. Default false.
   */
  allowPrivateAddresses: boolean;
  /** Lets them go over `http`, where anybody on the way reads them. Default false. */
  allowHttp: boolean;
  /** The ports that an address may name. Default: 80, 443 and from 1024 up. */
  ports: readonly number[] | undefined;
}

/** What an installation may choose. Durations are whole minutes. */
export interface Settings {
  /** How long a hold keeps its places. Default 15. */
  holdMinutes: number;
  /** How much longer a hold lasts when it is extended. Default 5. */
  extendMinutes: number;
  /** How long a placed order waits for its payment. Default 30. */
  paymentMinutes: number;
  /** How long an offer of tickets stands when it does not say. Default 10080 (a week). */
  transferMinutes: number;
  /** How long an idempotency key keeps its answer. Default 1440 (a day). */
  idempotencyMinutes: number;
  /** Commands of one event in one transaction, at most. Default 256. */
  laneBatch: number;
  /** Commands of one event that may wait; beyond it `busy`. Default 10,000. */
  laneQueue: number;
  /** How long the outbox keeps what all have got, in days. Default 30. */
  outboxDays: number;
  webhooks: WebhookRules;
}

export const defaultSettings: Settings = {
  holdMinutes: 15,
  extendMinutes: 5,
  paymentMinutes: 30,
  transferMinutes: 7 * 24 * 60,
  idempotencyMinutes: 24 * 60,
  laneBatch: 256,
  laneQueue: 10_000,
  outboxDays: 30,
  webhooks: { allowPrivateAddresses: false, allowHttp: false, ports: undefined },
};
