import type { EventRecord } from '../events/index.ts';
import type { ReadContext } from '../kernel/index.ts';
import type { QuestionRecord } from './question.ts';

/** The questions of an event under the version of its catalogue. */
class Questions {
  readonly all: readonly QuestionRecord[];
  constructor(all: readonly QuestionRecord[]) {
    this.all = all;
  }
}

/**
 * What an event asks, in order. Read once and kept by the version that the event
 * names, which was read before: so an order of an event that asks nothing costs
 * no statement for it.
 */
export async function questionsOf(
  { tx, kept }: Pick<ReadContext, 'tx' | 'kept'>,
  { id, catalogueVersion }: Pick<EventRecord, 'id' | 'catalogueVersion'>,
): Promise<readonly QuestionRecord[]> {
  const questions = await kept.get(
    Questions,
    id,
    catalogueVersion,
    async () => new Questions(await tx.questions.questions.ofEvent(id)),
  );
  return questions.all;
}
