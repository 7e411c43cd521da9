import { describe, expect, it } from 'vitest';
import { open } from '../../test/support/listings.ts';
import { session } from '../../test/support/records.ts';
import { followSessions } from './moved-sessions.ts';
import { termsFrom } from './policy.ts';

const EARLIER = { startsAt: '2027-06-05T18:00:00.000Z', endsAt: '2027-06-05T22:00:00.000Z' };
const LATER = { startsAt: '2099-06-05T18:00:00.000Z', endsAt: '2099-06-05T22:00:00.000Z' };

describe('a listing whose sessions moved', () => {
  it('ends with the last of them, or with its window before the first', () => {
    const moved = [{ ...session, ...EARLIER }];
    expect(followSessions(open(), moved)).toMatchObject({
      startsAt: EARLIER.startsAt,
      expiresAt: EARLIER.endsAt,
      revision: 1,
    });
    const listing = { ...open(), terms: termsFrom({ closesAt: '2h before start' }) };
    expect(followSessions(listing, moved)).toMatchObject({
      expiresAt: '2027-06-05T16:00:00.000Z',
    });
  });

  it('is not prolonged, but begins when they do', () => {
    expect(followSessions(open(), [{ ...session, ...LATER }])).toMatchObject({
      startsAt: LATER.startsAt,
      expiresAt: open().expiresAt,
    });
  });

  it('stays as it is where they are as they were', () => {
    expect(followSessions(open(), [session])).toBeUndefined();
    expect(followSessions({ ...open(), startsAt: null }, [])).toBeUndefined();
  });
});
