import type { Surface } from '@ticketi/core';
import type { Fields, Given } from '../flags/input.ts';
import type { Doorkeeper } from './scanning.ts';

/** What stands for all lines of stdin. */
const STDIN = '-';

/** Without a code on the command line, codes are typed: by a scanner, line by line. */
export function codesFromStdin(given: Given, told: Fields): Fields {
  const named = told.code !== undefined || [...given.keys()].some(({ path }) => path[0] === 'code');
  return named ? told : { ...told, code: STDIN };
}

/** The one code that the flags name; undefined: they come from stdin. */
export function namedCode({ code }: Fields): string | undefined {
  return code === STDIN ? undefined : String(code);
}

/** The server as the doorkeeper: what the flags say once holds for every code. */
export function serverDoor(surface: Surface, fields: Fields, sound: boolean): Doorkeeper {
  return { decide: (code) => surface.call('checkin.scan', { ...fields, code }), sound };
}
