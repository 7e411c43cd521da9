import type { QuestionRecord, QuestionWrites } from '@ticketi/core';
import type { Dialect } from '../dialect/dialect.ts';
import type { Sql } from '../sql.ts';
import { allOf, defineTable, equals, type FilterOf, removing, writesOf } from '../table.ts';

const questions = defineTable<QuestionRecord>('questions', {
  id: 'text',
  organizerId: 'text',
  eventId: 'text',
  key: 'text',
  label: 'text',
  type: 'text',
  asked: 'text',
  required: 'boolean',
  collect: 'text',
  options: 'json',
  min: 'integer',
  max: 'integer',
  ticketTypeIds: 'json',
  position: 'integer',
  revision: 'integer',
});

export function questionStore(dialect: Dialect): (sql: Sql) => QuestionWrites {
  const verbs = writesOf<QuestionRecord, FilterOf<QuestionWrites['questions']>>(
    dialect,
    questions,
    { eventId: equals('event_id') },
  );
  const ofEvent = allOf(dialect, questions, 'event_id', 'position, id');
  const remove = removing(dialect, questions);
  return (sql) => ({
    questions: { ...verbs(sql), ofEvent: ofEvent(sql), remove: remove(sql) },
  });
}
