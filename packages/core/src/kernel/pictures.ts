import type { Clock } from './clock.ts';
import { millisOf } from './instant.ts';

/** A read that may be answered from a picture that is a little old. */
export interface PictureWish {
  /** Answers under one key are the same for everybody. */
  readonly key: string;
  /** How old it may be, by the injected clock. */
  readonly maxAgeMillis: number;
}

interface Picture {
  /** When it was begun: what it shows is never older. */
  readonly at: number;
  readonly answer: Promise<unknown>;
}

export interface Pictures {
  /**
   * A picture that is young enough, or a new one. Who asks while one is being
   * taken waits for that one. A picture that could not be taken is not kept.
   */
  look(
    wish: PictureWish,
    take: () => Promise<unknown>,
  ): Promise<{ answer: unknown; cached: boolean }>;
}

/** @param most pictures that are kept; the oldest go first */
export function createPictures(clock: Clock, most = 1000): Pictures {
  const kept = new Map<string, Picture>();

  function remember(key: string, picture: Picture): void {
    // Moved to the end, so that the first one is the oldest.
    kept.delete(key);
    kept.set(key, picture);
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break;
      kept.delete(oldest);
    }
    picture.answer.catch(() => {
      if (kept.get(key) === picture) kept.delete(key);
    });
  }

  return {
    async look({ key, maxAgeMillis }, take) {
      const at = millisOf(clock.now());
      const before = kept.get(key);
      // A clock that was set back makes no picture younger.
      if (before !== undefined && before.at <= at && at - before.at <= maxAgeMillis) {
        return { answer: await before.answer, cached: true };
      }
      const picture = { at, answer: take() };
      remember(key, picture);
      return { answer: await picture.answer, cached: false };
    },
  };
}
