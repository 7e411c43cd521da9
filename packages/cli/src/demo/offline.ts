import { createDoor } from '@ticketi/core/checkin-offline';
import { inWords } from '../output/scan.ts';
import type { Stage } from './stage.ts';

/**
 * The South gate has lost its connection before anybody came: it decides alone, and learns later
 * what it could not know.
 */
export async function offlineGate(
  { clock, nora, tell }: Stage,
  { halsCode, usedCode, bundle }: OfflineScene,
) {
  const south = createDoor({ bundle, deviceId: 'south' });
  const scan = async (code: string, scanId: string) =>
    south.scan({ code, scanId, at: clock.now(), gate: 'South' });
  const hal = await scan(halsCode, '1');
  const copy = await scan(usedCode, '2');
  const again = await scan(halsCode, '3');
  tell.done('The South gate has no connection. It admits Hal by the bundle that it has,');
  tell.refused('knows him when he comes again,', inWords(again));
  tell.done("and admits a copy of Fay's code: that she is in, it cannot know.");

  const log = south.log();
  const merged = await nora.checkin.merge({ ...log, entries: [...log.entries] });
  const repeat = await nora.checkin.merge({ ...log, entries: [...log.entries] });
  tell.say(
    `Its log is merged, twice. The record keeps apart what the door showed and what was true: ${merged.doubles.length} came in who should not have.`,
  );
  return {
    offlineAdmitted: [hal, copy].filter(({ admitted }) => admitted).length,
    doublesFound: merged.doubles.length,
    mergedTwice: repeat.added === 0 && repeat.doubles.length === merged.doubles.length,
  };
}

export interface OfflineScene {
  readonly halsCode: string;
  /** Of somebody who came in at another gate. */
  readonly usedCode: string;
  /** Fetched before anybody came. */
  readonly bundle: Awaited<ReturnType<Stage['nora']['checkin']['bundle']>>;
}
