import { describe, expect, it } from 'vitest';
import { open } from '../../test/support/listings.ts';
import { session } from '../../test/support/records.ts';
import type { SessionRecord } from '../events/index.ts';
import type { ListingRecord } from './listing.ts';
import { followSessions } from './moved-sessions.ts';
import { termsFrom } from './policy.ts';

const EARLIER = { startsAt: '2027-06-05T18:00:00.000Z', endsAt: '2027-06-05T22:00:00.000Z' };
const LATER = { startsAt: '2099-06-05T18:00:00.000Z', endsAt: '2099-06-05T22:00:00.000Z' };

/** What becomes of one listing whose ticket has these sessions; undefined: it stays as it is. */
const follow = (listing: ListingRecord, sessions: readonly SessionRecord[]) =>
  followSessions([listing], () => sessions)[0];

describe('a listing whose sessions moved', () => {
  it('ends with the last of them, or with its window before the first', () => {
    const moved = [{ ...session, ...EARLIER }];
    expect(follow(open(), moved)).toMatchObject({
      startsAt: EARLIER.startsAt,
      expiresAt: EARLIER.endsAt,
      revision: 1,
    });
    const listing = { ...open(), terms: termsFrom({ closesAt: '2h before start' }) };
    expect(follow(listing, moved)).toMatchObject({
      expiresAt: '2027-06-05T16:00:00.000Z',
    });
  });

  it('is not prolonged, but begins when they do', () => {
    expect(follow(open(), [{ ...session, ...LATER }])).toMatchObject({
      startsAt: LATER.startsAt,
      expiresAt: open().expiresAt,
    });
  });

  it('stays as it is where they are as they were', () => {
    expect(follow(open(), [session])).toBeUndefined();
    expect(follow({ ...open(), startsAt: null }, [])).toBeUndefined();
  });
});

describe('a group one session of which moved', () => {
  const pair = (soldWhole: boolean) =>
    ['lst_1', 'lst_2', 'lst_3'].map((id, at) => ({
      ...open(),
      id,
      groupId: at === 2 ? 'lsg_2' : 'lsg_1',
      soldWhole,
    }));
  const after = (listings: ListingRecord[]) =>
    followSessions(listings, ({ id }) => [{ ...session, ...(id === 'lst_2' ? EARLIER : {}) }]);

  it('ends with it whole, and no other group does', () => {
    expect(after(pair(true))).toMatchObject([
      { id: 'lst_1', startsAt: session.startsAt, expiresAt: EARLIER.endsAt },
      { id: 'lst_2', startsAt: EARLIER.startsAt, expiresAt: EARLIER.endsAt },
    ]);
  });

  it('goes on with its others where it is sold singly', () => {
    expect(after(pair(false))).toMatchObject([{ id: 'lst_2', expiresAt: EARLIER.endsAt }]);
  });
});
