/** The other side of a model's thread: loads it, then answers what comes. */
import { parentPort } from 'node:worker_threads';
import type { ModelAnswer } from './model-thread.ts';

export async function serveModel<Input, Output>(
  load: () => Promise<(input: Input) => Promise<Output> | Output>,
): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('This file runs in a worker thread.');
  const model = await load();
  port.on('message', async (input: Input) => {
    let answer: ModelAnswer<Output>;
    try {
      answer = { kind: 'answer', output: await model(input) };
    } catch (error) {
      answer = { kind: 'failure', message: error instanceof Error ? error.message : String(error) };
    }
    port.postMessage(answer);
  });
}
