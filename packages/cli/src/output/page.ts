import { isObject } from '../settings.ts';
import type { Row } from './cells.ts';

/** One page of a list, as every `list` answers. A hold has items too, but no cursor. */
export interface AnsweredPage {
  readonly items: readonly Row[];
  readonly nextCursor: string | null;
}

export function pageOf(value: unknown): AnsweredPage | undefined {
  if (!isObject(value) || !Array.isArray(value.items) || !('nextCursor' in value)) return undefined;
  const { items, nextCursor } = value;
  return {
    items: items.filter(isObject),
    nextCursor: typeof nextCursor === 'string' ? nextCursor : null,
  };
}
