import type {
  MemberRecord,
  OrganizerRecord,
  OrganizerWrites,
  SigningKeyRecord,
} from '@ticketi/core';
import { columnsOf } from '../columns.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { lookupAll, turns, type Verb } from '../gathering.ts';
import type { Sql } from '../sql.ts';
import { defineTable, equals, type FilterOf, leads, statementsOf, writesOf } from '../table.ts';

const organizers = defineTable<OrganizerRecord>(
  'organizers',
  { id: 'text', name: 'text', createdAt: 'instant', revision: 'integer' },
  turns.organizer,
);

const members = defineTable<MemberRecord>('members', {
  id: 'text',
  organizerId: 'text',
  userId: 'text',
  role: 'text',
  createdAt: 'instant',
  revision: 'integer',
});

const signingKeys = defineTable<SigningKeyRecord>(
  'signing_keys',
  {
    id: 'text',
    organizerId: 'text',
    publicKey: 'text',
    privateKey: 'text',
    createdAt: 'instant',
    retiredAt: 'instant',
    revokedAt: 'instant',
    revision: 'integer',
  },
  turns.organizer,
);

interface Membership {
  readonly organizerId: string;
  readonly userId: string;
}

const counted = columnsOf<{ count: number }>({ count: 'integer' });

export function organizerStore(dialect: Dialect): (sql: Sql) => OrganizerWrites {
  const organizerVerbs = writesOf<OrganizerRecord, FilterOf<OrganizerWrites['organizers']>>(
    dialect,
    organizers,
    { ids: (ids) => ({ where: dialect.among('id'), value: dialect.list(ids) }) },
  );
  const memberVerbs = writesOf<MemberRecord, FilterOf<OrganizerWrites['members']>>(
    dialect,
    members,
    {
      userId: leads('user_id'),
      organizerId: equals('organizer_id'),
    },
  );
  const member = statementsOf(dialect, members);
  const signingKey = statementsOf(dialect, signingKeys);
  const keysOf = lookupAll<SigningKeyRecord>(
    turns.read,
    (sql, organizerIds) =>
      sql.rows<SigningKeyRecord>(
        signingKeys.columns,
        `${signingKey.select} WHERE ${dialect.among('organizer_id')} ORDER BY id DESC`,
        [dialect.list(organizerIds)],
      ),
    ({ organizerId }) => organizerId,
  );
  const memberByUser: Verb<Membership, MemberRecord | undefined> = {
    turn: turns.read,
    async one(sql, { organizerId, userId }) {
      const [row] = await sql.rows<MemberRecord>(
        members.columns,
        `${member.select} WHERE organizer_id = ? AND user_id = ?`,
        [organizerId, userId],
      );
      return row;
    },
    async many(sql, questions) {
      const found = new Map<string, MemberRecord>();
      for (const [organizerId, asked] of Map.groupBy(questions, (own) => own.organizerId)) {
        const rows = await sql.rows<MemberRecord>(
          members.columns,
          `${member.select} WHERE organizer_id = ? AND ${dialect.among('user_id')}`,
          [organizerId, dialect.list([...new Set(asked.map(({ userId }) => userId))])],
        );
        for (const row of rows) found.set(`${organizerId} ${row.userId}`, row);
      }
      return questions.map(({ organizerId, userId }) => found.get(`${organizerId} ${userId}`));
    },
  };
  const signingKeyVerbs = writesOf<SigningKeyRecord, object>(dialect, signingKeys, {});

  return (sql) => ({
    organizers: organizerVerbs(sql),
    members: {
      ...memberVerbs(sql),
      findByUser: (organizerId, userId) => sql.ask(memberByUser, { organizerId, userId }),
      ofUser: (userId) =>
        sql.rows<MemberRecord>(members.columns, `${member.select} WHERE user_id = ? ORDER BY id`, [
          userId,
        ]),
      async remove(ids) {
        if (ids.length === 0) return;
        await sql.run(`DELETE FROM ${member.at} WHERE ${dialect.among('id')}`, [dialect.list(ids)]);
      },
      async count(organizerId, role) {
        const [row] = await sql.rows<{ count: number }>(
          counted,
          `SELECT count(*) AS count FROM ${member.at} WHERE organizer_id = ? AND role = ?`,
          [organizerId, role],
        );
        return row?.count ?? 0;
      },
    },
    signingKeys: {
      ...signingKeyVerbs(sql),
      ofOrganizer: (organizerId) => sql.ask(keysOf, [organizerId]),
    },
  });
}
