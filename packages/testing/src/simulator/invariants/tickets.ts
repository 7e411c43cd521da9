import type { CommitRule, StepRule } from './invariant.ts';

export const issued: CommitRule = {
  name: 'an order that becomes paid gets its tickets with it',
  find({ written }) {
    const served = new Set(
      written.ticket.filter(({ was }) => was === undefined).map(({ next }) => next.orderId),
    );
    return written.order
      .filter(({ was, next }) => next.state === 'paid' && was?.state !== 'paid')
      .filter(({ next }) => !served.has(next.id))
      .map(({ next }) => next.id);
  },
};

export const revoked: CommitRule = {
  name: 'the code of a void ticket is revoked with it',
  find({ written }) {
    const listed = new Set(written.revocation.map(({ next }) => next.id));
    return written.ticket
      .filter(({ was, next }) => next.state === 'void' && was?.state !== 'void')
      .filter(({ next }) => !listed.has(next.id))
      .map(({ next }) => next.id);
  },
};

export const admissions: StepRule = {
  name: 'a place has one valid code',
  find({ journal: { books } }) {
    const valid = [...books.ticket.values()].filter(({ id }) => !books.revocation.has(id));
    const places = Map.groupBy(valid, ({ admissionId }) => admissionId);
    return [...places].flatMap(([id, tickets]) =>
      tickets.length > 1 ? [`${id} has ${tickets.length}`] : [],
    );
  },
};
