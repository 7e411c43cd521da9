import type { OperationName } from '@ticketi/core';
import type { OperationCommand } from './operation-command.ts';
import { buying } from './table-buying.ts';
import { organizing } from './table-organizing.ts';
import { paying } from './table-paying.ts';
import { pricing } from './table-pricing.ts';
import { refunding } from './table-refunding.ts';
import { showing } from './table-showing.ts';
import { telling } from './table-telling.ts';
import { transferring } from './table-transferring.ts';
import { waiting } from './table-waiting.ts';
import { watching } from './table-watching.ts';

/**
 * Every operation as a command; the compiler finds a missing one. It loads nothing of the SDK, so
 * that help is there at once: flags come from an operation's own schema when it is called.
 */
export const commands = {
  ...organizing,
  ...pricing,
  ...buying,
  ...paying,
  ...refunding,
  ...transferring,
  ...waiting,
  ...watching,
  ...showing,
  ...telling,
} satisfies Record<OperationName, OperationCommand>;
