import type { OperationName } from '@ticketi/core';
import type { OperationCommand } from './operation-command.ts';
import { buying } from './table-buying.ts';
import { organizing } from './table-organizing.ts';
import { pricing } from './table-pricing.ts';
import { refunding } from './table-refunding.ts';
import { watching } from './table-watching.ts';

/**
 * Every operation as a command; the compiler finds a missing one. It loads nothing of the SDK, so
 * that help is there at once: flags come from an operation's own schema when it is called.
 */
export const commands = {
  ...organizing,
  ...pricing,
  ...buying,
  ...refunding,
  ...watching,
} satisfies Record<OperationName, OperationCommand>;
