/** Milliseconds since 1970-01-01 UTC: the clock of who receives webhooks, which is no part of the domain. */
export const machineMillis = (): number => Date.now();
