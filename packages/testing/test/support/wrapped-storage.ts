import type { Storage, WriteTx } from '@ticketi/core';

export interface Wrapping {
  /** Around each writing transaction, whole. */
  around?<T>(transaction: () => Promise<T>): Promise<T>;
  /** Inside each writing transaction. */
  inside?(tx: WriteTx): WriteTx;
}

/** A real storage with something added to its writing transactions. */
export function wrapped(
  storage: Storage,
  { around = (run) => run(), inside = (tx) => tx }: Wrapping,
): Storage {
  return {
    ...storage,
    write: (work) => around(() => storage.write((tx) => work(through(tx, inside)))),
  };
}

/**
 * The tasks of a batch get a view of the transaction each, and see what was added too. It
 * inherits what is not replaced: the stores of a transaction are not its own properties.
 */
function through(tx: WriteTx, inside: (tx: WriteTx) => WriteTx): WriteTx {
  const together: WriteTx['together'] = (tasks) =>
    tx.together(tasks.map((task) => (own: WriteTx) => task(through(own, inside))));
  return Object.create(tx, Object.getOwnPropertyDescriptors({ ...inside(tx), together }));
}
