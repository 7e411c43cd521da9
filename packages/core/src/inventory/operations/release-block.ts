import * as z from 'zod';
import { isRefusal, notFound, write } from '../../kernel/index.ts';
import { members } from '../../organizers/index.ts';
import { SeatLabel } from '../../seating/index.ts';
import { Block, BlockId } from '../block.ts';
import { BLOCK_SEATS, refuseTwice } from '../block-input.ts';
import { blockOfCode, blockReleased, blockTooSmall, notInBlock } from '../refusals.ts';
import { blockResource } from '../resource.ts';
import { releaseBlock as release } from '../transitions.ts';

export const releaseBlock = write({
  name: 'blocks.release',
  summary:
    'Puts what a block set aside on sale again: all that is left of it, some units, or some seats.',
  input: z
    .strictObject({
      blockId: BlockId,
      units: z.int().min(1).optional().meta({ description: 'How many units of a pool.' }),
      seats: z.array(SeatLabel).min(1).max(BLOCK_SEATS).optional().meta({
        description: 'Which seats.',
      }),
    })
    .superRefine(({ units, seats }, { addIssue }) => {
      if (units !== undefined && seats !== undefined) {
        const message = 'Name the seats, or say how many units, not both.';
        addIssue({ code: 'custom', path: ['seats'], message });
      }
      refuseTwice(seats, addIssue);
    })
    .meta({ examples: [{ units: 5 }] }),
  output: Block,
  refusals: [blockReleased, blockTooSmall, notInBlock, blockOfCode],
  allow: members(
    'manage_events',
    async ({ tx }, { blockId }: { blockId: string }) =>
      (await tx.inventory.blocks.find(blockId))?.organizerId,
  ),
  run: async ({ tx, now, emit }, { blockId, ...part }) => {
    const [was] = await tx.inventory.blocks.findForUpdate([blockId]);
    if (was === undefined) return notFound({ kind: 'block', id: blockId });
    if (was.codeId !== null) return blockOfCode({ blockId, codeId: was.codeId });
    const next = release(was, part, now);
    if (isRefusal(next)) return next;
    const { organizerId, eventId, poolId } = next;
    const kept = new Set(next.seats?.map(({ target }) => target));
    const seats = (was.seats ?? []).filter(({ target }) => !kept.has(target));
    await tx.inventory.blocks.save(next, was);
    const back =
      poolId === null
        ? seats.map(({ target }) => ({ targetId: target, units: 1 }))
        : [{ targetId: poolId, units: next.released - was.released }];
    await tx.inventory.giveBack(eventId, blockId, back, now);
    const released = blockResource(next);
    emit({ type: 'block.released', organizerId, eventId, subject: blockId, data: released });
    return released;
  },
});
