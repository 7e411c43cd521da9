import type { CommitRule, StepRule } from './invariant.ts';

export const chained: CommitRule = {
  name: 'a new ticket is the next link of its place, and ends the one before it',
  find({ written }) {
    const ended = new Map(
      written.ticket
        .filter(({ was, next }) => was?.state === 'valid' && next.state === 'void')
        .map(({ next }) => [`${next.admissionId} ${next.issue}`, next.voidReason]),
    );
    const kinds = new Map(written.custody.map(({ ticketId, kind }) => [ticketId, kind]));
    return written.ticket
      .filter(({ was }) => was === undefined)
      .filter(({ next: { id, admissionId, issue } }) => {
        const kind = kinds.get(id);
        if (issue === 1) return kind !== 'issued' || id !== admissionId;
        return kind === undefined || ended.get(`${admissionId} ${issue - 1}`) !== kind;
      })
      .map(({ next }) => next.id);
  },
};

export const offered: StepRule = {
  name: 'an open offer is of valid tickets that nobody used or offered twice',
  find({ journal: { books } }) {
    const seen = new Set<string>();
    return [...books.transfer.values()]
      .filter(({ state }) => state === 'open')
      .flatMap(({ id, tickets }) =>
        tickets.flatMap(({ ticketId }) => {
          const ticket = books.ticket.get(ticketId);
          const isFree = !seen.has(ticketId);
          seen.add(ticketId);
          const isGood = ticket?.state === 'valid' && ticket.checkedInAt === null;
          return isFree && isGood ? [] : [`${id} offers ${ticketId}`];
        }),
      );
  },
};
