import type { ReadStore, WriteStore } from '../kernel/index.ts';
import type { QuestionRecord } from './question.ts';

interface OfEvent {
  eventId?: string | undefined;
}

export interface QuestionReads {
  readonly questions: ReadStore<QuestionRecord, OfEvent> & {
    /** The event's questions in the order in which they are asked. */
    ofEvent(eventId: string): Promise<QuestionRecord[]>;
  };
}

export interface QuestionWrites extends QuestionReads {
  readonly questions: WriteStore<QuestionRecord, OfEvent> &
    QuestionReads['questions'] & {
      /** Nothing refers to a question: answers say themselves what was asked. */
      remove(ids: readonly string[]): Promise<void>;
    };
}
