import * as z from 'zod';

export const Slug = z
  .string()
  .max(100)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, {
    error: 'Expected small letters, digits and single hyphens, such as summer-fest.',
  })
  .meta({ description: 'Unique among the organizer’s events.', examples: ['summer-fest'] });

/** A name as a slug: `Café Night 2027` is `cafe-night-2027`; `event` when nothing is left. */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 100)
    .replace(/^-+|-+$/g, '');
  return slug === '' ? 'event' : slug;
}
