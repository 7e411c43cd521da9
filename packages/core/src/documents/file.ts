import * as z from 'zod';

/** A file as the SDK answers it; over HTTP it is sent as it is, unless JSON is asked for. */
export function fileOf<const Type extends string>(id: string, types: readonly [Type, ...Type[]]) {
  return z
    .object({
      fileName: z.string(),
      contentType: z.enum(types),
      base64: z.string().meta({ description: 'The file, in base64.' }),
    })
    .meta({ id });
}

/** A name for a file that every system takes. */
export function fileName(name: string, extension: string): string {
  const plain = name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').replaceAll(/^[-.]+|-+$/g, '');
  return `${plain.slice(0, 80) || 'ticket'}.${extension}`;
}
