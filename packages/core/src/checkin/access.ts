import { members, type Permission } from '../organizers/index.ts';

/** Members who have the permission at the organizer of the check-in list that the input names. */
export function membersOfList(permission: Permission) {
  return members(
    permission,
    async ({ tx }, { listId }: { listId: string }) =>
      (await tx.checkin.lists.find(listId))?.organizerId,
  );
}

/** The same for the scan that the input names. */
export function membersOfScan(permission: Permission) {
  return members(
    permission,
    async ({ tx }, { scanId }: { scanId: string }) =>
      (await tx.checkin.scans.find(scanId))?.organizerId,
  );
}
