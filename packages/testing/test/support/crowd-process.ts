import { type Call, openParticipant, type Start, storageOf } from './participant.ts';

/** One server of a crowd: starts with the first message, races with each that follows. */
let opening: ReturnType<typeof openParticipant> | undefined;

process.on('message', (message: Start | { calls: readonly Call[]; now: string }) => {
  void take(message);
});

process.on('disconnect', () => {
  void opening?.then((participant) => participant.close());
});

async function take(message: Start | { calls: readonly Call[]; now: string }): Promise<void> {
  if ('dialect' in message) {
    opening = openParticipant(storageOf(message));
    await opening;
    process.send?.('ready');
    return;
  }
  const participant = await opening;
  process.send?.((await participant?.run(message.calls, message.now)) ?? []);
}
