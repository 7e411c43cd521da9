import type { Role } from '../kernel/index.ts';

/** What a role may do. Rules name a permission, never a role. */
export type Permission =
  | 'manage_members'
  | 'manage_keys'
  | 'manage_events'
  | 'sell'
  | 'look_up'
  | 'scan'
  | 'see_money'
  | 'pay_out';

const PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  owner: [
    'manage_members',
    'manage_keys',
    'manage_events',
    'sell',
    'look_up',
    'scan',
    'see_money',
    'pay_out',
  ],
  manager: ['manage_events', 'sell', 'look_up', 'scan', 'see_money'],
  box_office: ['sell', 'look_up', 'scan'],
  scanner: ['scan'],
  analyst: ['see_money'],
};

export function roleMay(role: Role, permission: Permission): boolean {
  return PERMISSIONS[role].includes(permission);
}

/** The roles that have the permission, for words in refusals and docs. */
export function rolesWith(permission: Permission): readonly Role[] {
  const roles: readonly Role[] = ['owner', 'manager', 'box_office', 'scanner', 'analyst'];
  return roles.filter((role) => roleMay(role, permission));
}
