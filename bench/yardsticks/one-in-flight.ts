/**
 * Serves commands in batches: what arrives while one is in flight waits for the next. No linger; a
 * lone command waits one turn of the event loop.
 */
export function oneInFlight<Command>(
  serve: (batch: readonly Command[]) => Promise<void>,
  most = 256,
): (command: Command) => Promise<void> {
  interface Waiting {
    command: Command;
    resolve: () => void;
    reject: (reason: unknown) => void;
  }
  let waiting: Waiting[] = [];
  let running = false;

  async function pump(): Promise<void> {
    await new Promise(setImmediate);
    while (waiting.length > 0) {
      const batch = waiting.slice(0, most);
      waiting = waiting.slice(most);
      try {
        await serve(batch.map(({ command }) => command));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    running = false;
  }

  return (command) =>
    new Promise((resolve, reject) => {
      waiting.push({ command, resolve, reject });
      if (running) return;
      running = true;
      void pump();
    });
}
