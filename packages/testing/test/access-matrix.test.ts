import {
  type Actor,
  type OperationName,
  operationsByName,
  type Ticketi,
  TicketiError,
} from '@ticketi/core';
import { type SqliteStorage, sqlite } from '@ticketi/storage/sqlite';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testClock } from '../src/index.ts';
import { type Belongings, makeBelongings, type Possession, roles } from './support/belongings.ts';
import { ticketiOn } from './support/databases.ts';
import { matrix, type Permission, permissions, type Rule } from './support/matrix.ts';

const names = Object.keys(matrix) as OperationName[];

/** What each role may do, as the design has it. */
const rolesWith: Readonly<Record<Permission, readonly string[]>> = {
  manage_members: ['owner'],
  manage_keys: ['owner'],
  manage_events: ['owner', 'manager'],
  sell: ['owner', 'manager', 'box_office'],
  look_up: ['owner', 'manager', 'box_office'],
  scan: ['owner', 'manager', 'box_office', 'scanner'],
  see_money: ['owner', 'manager', 'analyst'],
  pay_out: ['owner'],
};

interface Someone {
  readonly name: string;
  readonly actor: Actor;
}

/** Every kind of caller, as seen from one operation. */
function everybody(own: Belongings, rule: Rule, of: Possession): readonly Someone[] {
  const user = (id: string): Someone => ({ name: id, actor: { type: 'user', id } });
  const key = (name: string, organizerId: string, scopes: readonly string[]): Someone => ({
    name,
    actor: { type: 'api_key', id: name, organizerId, scopes },
  });
  const { permission } = rule;
  return [
    { name: 'anonymous', actor: { type: 'anonymous' } },
    { name: 'forger', actor: { type: 'guest', token: `${own.holdId}.${'A'.repeat(32)}` } },
    { name: 'buyer', actor: own.buyers[of] },
    { name: 'otherBuyer', actor: own.otherBuyer },
    user('stranger'),
    user('formerHolder'),
    { name: 'formerGuest', actor: own.formerGuest },
    user('otherOwner'),
    user('owner'),
    ...roles.map(user),
    key('keyOfAll', own.organizerId, ['*']),
    key('keyThatFits', own.organizerId, permission === undefined ? ['sell'] : [permission]),
    key(
      'keyThatFitsNot',
      own.organizerId,
      permission === undefined ? ['sell'] : permissions.filter((other) => other !== permission),
    ),
    key('keyWithoutScopes', own.organizerId, []),
    key('keyOfAnother', own.otherOrganizerId, ['*']),
    { name: 'system', actor: { type: 'system' } },
  ];
}

function may({ name, actor }: Someone, rule: Rule): boolean {
  if (rule.everyone || actor.type === 'system') return true;
  if (rule.buyer && name === 'buyer') return true;
  if (rule.signedIn && actor.type === 'user') return true;
  if (rule.holders && (actor.type === 'user' || (actor.type === 'guest' && name !== 'forger'))) {
    return true;
  }
  const ours = actor.type === 'api_key' && name !== 'keyOfAnother';
  if (rule.anyMember) return ours || ['owner', ...roles].includes(name);
  const { permission } = rule;
  if (permission === undefined) return false;
  if (ours) return ['*', permission].some((scope) => actor.scopes.includes(scope));
  return actor.type === 'user' && rolesWith[permission].includes(name);
}

test('the matrix has every operation, and no other', () => {
  expect([...names].sort()).toEqual([...operationsByName.keys()].sort());
});

describe.each([
  ['a guest', undefined],
  ['a user', 'buyer'],
])('who may what, when the buyer is %s', (_kind, userId) => {
  const host = new Database(':memory:');
  let storage: SqliteStorage;
  let ticketi: Ticketi;
  let own: Belongings;

  beforeAll(async () => {
    storage = sqlite({ database: host });
    ticketi = await ticketiOn(storage, testClock());
    own = await makeBelongings(ticketi, userId);
  });
  afterAll(async () => {
    await ticketi?.close();
    host.close();
  });

  /** Makes a call inside a transaction that is rolled back: the next one finds all as it was. */
  async function attempt(operation: OperationName, actor: Actor, input: object): Promise<string> {
    host.exec('BEGIN');
    // Not `joined`: workflows, which refuse a host's transaction, are asked here too.
    const inside = { ...storage.join(host), joined: false };
    try {
      await ticketi.within(inside).as(actor).call(operation, input);
      return 'done';
    } catch (error) {
      if (error instanceof TicketiError) return error.code;
      throw error;
    } finally {
      host.exec('ROLLBACK');
    }
  }

  test.each(names)('%s', async (operation) => {
    const { may: rule, input, of = 'order', except = {} } = matrix[operation];
    const answers: Record<string, string> = {};
    const expected: Record<string, string> = {};
    for (const someone of everybody(own, rule, of)) {
      const { name, actor } = someone;
      const denied = actor.type === 'anonymous' ? 'unauthenticated' : 'not_allowed';
      expected[name] = except[name] ?? (may(someone, rule) ? 'done' : denied);
      answers[name] = await attempt(operation, actor, input(own));
    }
    expect(answers).toEqual(expected);
  });

  test.each<OperationName>([
    'events.get',
    'ticketTypes.list',
    'availability.get',
    'fees.list',
    'discounts.list',
    'prices.getPolicy',
    'quotes.get',
    'holds.create',
    'resale.getPolicy',
    'resale.browse',
    'waitlist.getPolicy',
  ])('%s of a draft tells nobody of it but members who look up', async (operation) => {
    const needsItems = operation === 'quotes.get' || operation === 'holds.create';
    const input = { eventId: own.draftId, ...(needsItems ? { items: own.items } : {}) };
    const found: string[] = [];
    for (const { name, actor } of everybody(own, { permission: 'look_up' }, 'order')) {
      if ((await attempt(operation, actor, input)) !== 'not_found') found.push(name);
    }
    expect(found).toEqual(['owner', 'manager', 'box_office', 'keyOfAll', 'keyThatFits', 'system']);
  });

  test('lists without a filter show callers what is theirs', async () => {
    const mine = ticketi.as(own.buyers.ticket);
    const { items } = await mine.tickets.list({});
    expect(items.map(({ id }) => id)).toContain(own.ticketId);
    const others = new Set(items.map(({ holder }) => holder.userId));
    expect([...others]).toEqual([userId ?? null]);
    const former = await ticketi.as({ type: 'user', id: 'formerHolder' }).tickets.list({});
    expect(former.items.map(({ id }) => id)).not.toContain(own.ticketId);
    const { items: none } = await ticketi.as({ type: 'user', id: 'stranger' }).orders.list({});
    expect(none).toEqual([]);
    expect(await attempt('orders.list', { type: 'anonymous' }, {})).toBe('unauthenticated');
    expect(await attempt('orders.list', own.buyers.order, {})).toBe(
      userId === undefined ? 'not_allowed' : 'done',
    );
  });

  test('whoever passed a ticket on may look at what they had, and do nothing with it', async () => {
    const { passedTicketId: ticketId, passedBesideId: besideTicketId, formerGuest } = own;
    const theirs = { ...own, ticketId, besideTicketId };
    const answers: Record<string, string> = {};
    for (const operation of names.filter((name) => matrix[name].of === 'ticket')) {
      answers[operation] = await attempt(operation, formerGuest, matrix[operation].input(theirs));
    }
    const {
      'resale.terms': terms,
      'tickets.get': ticket,
      'tickets.custody': custody,
      ...rest
    } = answers;
    expect([terms, ticket, custody]).toEqual(['done', 'done', 'done']);
    const refusals = ['ticket_void', 'ticket_not_resellable', 'ticket_not_transferable'];
    expect(new Set(Object.values(rest))).toEqual(new Set(refusals));
    expect((await ticketi.as(formerGuest).resale.terms({ ticketId })).mayList).toBe(false);
    const orderId = own.passedOrderId;
    for (const operation of ['quotes.refund', 'refunds.create', 'refunds.record'] as const) {
      expect(await attempt(operation, formerGuest, { orderId })).toBe('not_refundable');
    }
    const { links } = await ticketi.as(formerGuest).tickets.custody({ ticketId });
    expect(links.map(({ holder }) => holder?.name ?? null)).toEqual([null, 'Gus', null]);
  });

  test('a key that may not sell keeps no listing from others', async () => {
    const { organizerId, otherListingId: listingId } = own;
    const key = ticketi.as({ type: 'api_key', id: 'scanner', organizerId, scopes: ['scan'] });
    const buyer = { name: 'Zoe', email: 'zoe@example.com' };
    const input = { listingId, buyer, payment: { provider: 'sandbox' } };
    await expect(key.resale.buy(input)).rejects.toMatchObject({ code: 'not_allowed' });
    expect((await ticketi.resale.get({ listingId })).state).toBe('open');
  });
});
