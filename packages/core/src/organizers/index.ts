export { mayAt, members, namedOrganizer } from './access.ts';
export { keySetOf, SigningKey } from './key-resource.ts';
export {
  Member,
  type MemberRecord,
  Organizer,
  OrganizerId,
  type OrganizerRecord,
} from './organizer.ts';
export { alreadyMember, lastOwner } from './refusals.ts';
export { type Permission, rolesWith } from './roles.ts';
export {
  currentKeyOf,
  type SigningKeyRecord,
  signWith,
  verifyAside,
} from './signing-key.ts';
export type { OrganizerReads, OrganizerWrites } from './store.ts';
