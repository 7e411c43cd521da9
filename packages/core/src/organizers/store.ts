import type { ReadStore, WriteStore } from '../kernel/index.ts';
import type { MemberRecord, OrganizerRecord } from './organizer.ts';
import type { SigningKeyRecord } from './signing-key.ts';

interface MemberFilter {
  organizerId?: string | undefined;
  userId?: string | undefined;
}

export interface OrganizerReads {
  readonly organizers: ReadStore<OrganizerRecord, { ids?: readonly string[] | undefined }>;
  readonly members: ReadStore<MemberRecord, MemberFilter> & {
    /** The membership of a user, if there is one. */
    findByUser(organizerId: string, userId: string): Promise<MemberRecord | undefined>;
    /** All memberships of a user. */
    ofUser(userId: string): Promise<MemberRecord[]>;
  };
  readonly signingKeys: ReadStore<SigningKeyRecord, object> & {
    /** All keys of an organizer, newest first, retired ones included. */
    ofOrganizer(organizerId: string): Promise<SigningKeyRecord[]>;
  };
}

export interface OrganizerWrites extends OrganizerReads {
  readonly organizers: WriteStore<OrganizerRecord, { ids?: readonly string[] | undefined }>;
  readonly members: WriteStore<MemberRecord, MemberFilter> &
    OrganizerReads['members'] & {
      remove(ids: readonly string[]): Promise<void>;
      /** How many members have the role. */
      count(organizerId: string, role: string): Promise<number>;
    };
  readonly signingKeys: WriteStore<SigningKeyRecord, object> & OrganizerReads['signingKeys'];
}
