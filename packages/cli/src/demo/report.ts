import type { StorageCheck } from '@ticketi/core';

interface ScanAnswer {
  admitted: boolean;
  reason: string | null;
}

/** What really happened in the demo, counted from the SDK's answers: `ticketi demo --json`. */
export interface DemoReport {
  ok: boolean;
  database: 'sqlite' | 'postgres';
  ordersPaid: number;
  ticketsIssued: number;
  ticketsValid: number;
  listingsSold: number;
  holdExpired: boolean;
  placesCameBack: boolean;
  soldOutRefused: boolean;
  overCapRefused: boolean;
  oldCode: string;
  newCode: string;
  oldCodeScan: ScanAnswer;
  newCodeScan: ScanAnswer;
  secondScan: ScanAnswer;
  /** Whose Hal's place was: Dan's, then his. */
  custodyLinks: number;
  /** The public was refused the place that came free, and who waited has it. */
  waitersFirst: boolean;
  /** The code of an offer was refused the second time. */
  offerCodeOnce: boolean;
  /** Who a gate without a connection let in. */
  offlineAdmitted: number;
  /** What the merge of its log found. */
  doublesFound: number;
  mergedTwice: boolean;
  /** Minor units that went back to Ben. */
  refunded: number;
  creditNote: string | null;
  refundsHeard: number;
  placeCameBack: boolean;
  ledger: {
    balanced: boolean;
    findings: number;
    balances: { account: string; currency: string; amount: number }[];
  };
  doctor: { ok: boolean; checks: readonly StorageCheck[] };
  /** What should have happened and did not; empty when `ok`. */
  failures: string[];
}

type Measured = Omit<DemoReport, 'ok' | 'failures'>;

/** Holds what was measured against what the story promises. */
export function judge(measured: Measured): DemoReport {
  const promises: [string, boolean][] = [
    ['orders were paid', measured.ordersPaid > 0],
    ['tickets were issued', measured.ticketsIssued > 0],
    ['a hold expired', measured.holdExpired],
    ['the places of the expired hold came back', measured.placesCameBack],
    ['a buyer beyond the capacity was refused', measured.soldOutRefused],
    ['a resale above the cap was refused', measured.overCapRefused],
    ['one listing was sold', measured.listingsSold === 1],
    ['the resold ticket has a new code', measured.oldCode !== measured.newCode],
    ["the seller's old code was refused", !measured.oldCodeScan.admitted],
    ["the buyer's new code was admitted", measured.newCodeScan.admitted],
    ['the same code was refused the second time', !measured.secondScan.admitted],
    ['the place that was given away has two links of custody', measured.custodyLinks === 2],
    ['who waited had the place before the public', measured.waitersFirst],
    ['the code of the offer worked once', measured.offerCodeOnce],
    ['the gate without a connection let in two', measured.offlineAdmitted === 2],
    ['the merge found the one that was in already', measured.doublesFound === 1],
    ['merging twice changed nothing', measured.mergedTwice],
    ['money went back', measured.refunded > 0],
    ['the invoice has its credit note', measured.creditNote !== null],
    ['the refund was told once', measured.refundsHeard === 1],
    ['the place of the refunded ticket came back', measured.placeCameBack],
    ['the ledger is in balance', measured.ledger.balanced],
    ['the balances sum to zero', sumsToZero(measured.ledger.balances)],
    ['the doctor finds nothing', measured.doctor.ok],
  ];
  const failures = promises.filter(([, kept]) => !kept).map(([promise]) => promise);
  return { ok: failures.length === 0, ...measured, failures };
}

function sumsToZero(balances: Measured['ledger']['balances']): boolean {
  const byCurrency = Map.groupBy(balances, ({ currency }) => currency);
  return [...byCurrency.values()].every(
    (accounts) => accounts.reduce((sum, { amount }) => sum + amount, 0) === 0,
  );
}
