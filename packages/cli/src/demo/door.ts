import { inWords } from '../output/scan.ts';
import { offlineGate } from './offline.ts';
import type { Catalogue, Stage } from './stage.ts';

/** Chapter seven: the codes at the door. */
export async function atTheDoor(
  stage: Stage,
  catalogue: Catalogue,
  codes: { oldCode: string; newCode: string; halsCode: string },
) {
  const { clock, nora, tell } = stage;
  const { eventId, session } = catalogue;
  tell.chapter('At the door');
  if (session !== undefined) clock.goTo(session.startsAt);
  const bundle = await nora.checkin.bundle({ eventId });
  const scan = (code: string) => nora.checkin.scan({ eventId, code, gate: 'North' });
  const show = (who: string, answer: Awaited<ReturnType<typeof scan>>) => {
    if (answer.admitted) tell.done(`${who} admitted.`);
    else tell.refused(who, inWords(answer));
  };

  const oldCodeScan = await scan(codes.oldCode);
  show('Ada shows the code that she sold.', oldCodeScan);
  const newCodeScan = await scan(codes.newCode);
  show('Fay shows the code that she bought:', newCodeScan);
  clock.forward(3);
  const secondScan = await scan(codes.newCode);
  show('Somebody shows a photo of the same code.', secondScan);
  const { halsCode, newCode: usedCode } = codes;
  const offline = await offlineGate(stage, { halsCode, usedCode, bundle });
  return {
    oldCodeScan: answered(oldCodeScan),
    newCodeScan: answered(newCodeScan),
    secondScan: answered(secondScan),
    ...offline,
  };
}

function answered({ admitted, reason }: { admitted: boolean; reason: string | null }) {
  return { admitted, reason };
}
