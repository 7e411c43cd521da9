import { Chalk, type ChalkInstance, supportsColor, supportsColorStderr } from 'chalk';
import type { Io } from '../io.ts';

export type Paint = ChalkInstance;

/** Colours for stdout (or stderr): never with NO_COLOR, always with FORCE_COLOR, else on a terminal. */
export function paintFor(
  io: Pick<Io, 'stdout' | 'stderr' | 'env'>,
  to: 'stdout' | 'stderr',
): Paint {
  return new Chalk({ level: levelOf(io, to) });
}

function levelOf(io: Pick<Io, 'stdout' | 'stderr' | 'env'>, to: 'stdout' | 'stderr') {
  const { NO_COLOR, FORCE_COLOR, TERM } = io.env;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') {
    if (FORCE_COLOR === '0' || FORCE_COLOR === 'false') return 0;
    return FORCE_COLOR === '2' ? 2 : FORCE_COLOR === '3' ? 3 : 1;
  }
  if (NO_COLOR) return 0;
  if (!io[to].isTTY || TERM === 'dumb') return 0;
  const support = to === 'stdout' ? supportsColor : supportsColorStderr;
  return support === false ? 1 : support.level;
}
