import { comings, present } from './checkin.ts';
import { outbox } from './facts.ts';
import type { CommitRule, LookRule, StepRule } from './invariant.ts';
import { codes, counters, limits, pools, seats } from './inventory.ts';
import {
  agreed,
  allGivenBack,
  balanced,
  booked,
  careful,
  charged,
  cleared,
  givenBack,
  received,
} from './money.ts';
import { acknowledged, answers, committed, doctor, ledger } from './records.ts';
import { admissions, issued, revoked } from './tickets.ts';

/** Of every transaction, when it was committed. */
export const ofCommits: readonly CommitRule[] = [
  outbox,
  balanced,
  booked,
  received,
  issued,
  revoked,
  answers,
];

/** After every step. */
export const ofSteps: readonly StepRule[] = [
  pools,
  seats,
  codes,
  limits,
  admissions,
  comings,
  careful,
  givenBack,
];

/** Every so many steps, after every restart, and at the end. */
export const ofLooks: readonly LookRule[] = [committed, acknowledged, present, doctor, ledger];

/** At the end, when everything works again and everything that was due is done. */
export const ofTheEnd: readonly LookRule[] = [charged, agreed, cleared, allGivenBack, counters];
