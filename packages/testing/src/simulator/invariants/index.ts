import { comings, present } from './checkin.ts';
import { attended, concluded, doublesTold, obeyed, onRecord } from './doors.ts';
import { outbox } from './facts.ts';
import type { CommitRule, LookRule, StepRule } from './invariant.ts';
import { codes, counters, limits, pools, seats } from './inventory.ts';
import { codesGood, keysGivenUp, listed, oneSigns } from './keys.ts';
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
import { capped, sellersPaid } from './resale.ts';
import { admissions, issued, revoked } from './tickets.ts';
import { chained, offered } from './transfers.ts';
import { firstServed, offeredOnce } from './waitlist.ts';

/** Of every transaction, when it was committed. */
export const ofCommits: readonly CommitRule[] = [
  outbox,
  balanced,
  booked,
  received,
  issued,
  revoked,
  chained,
  answers,
  firstServed,
  keysGivenUp,
  concluded,
  doublesTold,
];

/** After every step. */
export const ofSteps: readonly StepRule[] = [
  pools,
  seats,
  codes,
  limits,
  admissions,
  offered,
  comings,
  obeyed,
  onRecord,
  oneSigns,
  careful,
  givenBack,
  offeredOnce,
  capped,
  sellersPaid,
];

/** Every so many steps, after every restart, and at the end. */
export const ofLooks: readonly LookRule[] = [
  committed,
  acknowledged,
  present,
  attended,
  listed,
  codesGood,
  doctor,
  ledger,
];

/** At the end, when everything works again and everything that was due is done. */
export const ofTheEnd: readonly LookRule[] = [charged, agreed, cleared, allGivenBack, counters];
