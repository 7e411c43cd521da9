import type { Figures } from './result.ts';

export interface CrowdOptions {
  /** Each waits for its answer, then asks again. */
  readonly buyers: number;
  /** Milliseconds that are not counted, at the beginning. */
  readonly warmUp: number;
  /** Milliseconds that are. */
  readonly duration: number;
  /** Ends it before its time. */
  readonly until?: () => boolean;
}

/** A closed loop of buyers. A request that fails fails the run: nothing is skipped in silence. */
export async function crowd(
  { buyers, warmUp, duration, until }: CrowdOptions,
  request: (buyer: number) => Promise<void>,
): Promise<Figures> {
  const latencies: number[] = [];
  const late: number[] = [];
  const begin = performance.now() + warmUp;
  const end = begin + duration;
  async function buyer(number: number): Promise<void> {
    for (let asked = performance.now(); asked < end && until?.() !== true; ) {
      await request(number);
      const answered = performance.now();
      if (answered > end) late.push(answered - asked);
      else if (answered >= begin) latencies.push(answered - asked);
      asked = answered;
    }
  }
  const all = await Promise.allSettled(Array.from({ length: buyers }, (_, n) => buyer(n)));
  const failed = all.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  if (latencies.length > 0) return figuresOf(latencies, duration);
  // Too short a run to have an answer within it: what was asked in it counts with its whole time.
  return figuresOf(late, performance.now() - begin);
}

export function figuresOf(latencies: number[], milliseconds: number): Figures {
  latencies.sort((a, b) => a - b);
  const at = (part: number) => latencies[Math.floor(latencies.length * part)] ?? Number.NaN;
  return {
    perSecond: (latencies.length / milliseconds) * 1000,
    p50: at(0.5),
    p99: at(0.99),
    requests: latencies.length,
  };
}
