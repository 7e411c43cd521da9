/**
 * An amount over so many tickets, in whole minor units that sum to it: some have
 * `least`, and `dearer` of them a unit more.
 */
export interface Shares {
  readonly least: number;
  readonly dearer: number;
}

export function sharesOf(amount: number, quantity: number): Shares {
  const dearer = ((amount % quantity) + quantity) % quantity;
  return { least: (amount - dearer) / quantity, dearer };
}

/** The same, ticket by ticket: the dearer ones first. */
export function sharePerTicket(amount: number, quantity: number): number[] {
  if (quantity === 0) return [];
  const { least, dearer } = sharesOf(amount, quantity);
  return Array.from({ length: quantity }, (_, index) => (index < dearer ? least + 1 : least));
}

/** What `count` of them come to, the dearer ones first. */
export function sumOfDearest(amount: number, quantity: number, count: number): number {
  const { least, dearer } = sharesOf(amount, quantity);
  return least * count + Math.min(dearer, count);
}
