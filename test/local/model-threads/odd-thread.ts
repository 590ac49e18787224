/** A model that does what it is told, also what models should not do. */
import { threadId } from 'node:worker_threads';
import { serveModel } from '../../../local/model-threads/serve-model.ts';

await serveModel(async () => async (order: string) => {
  if (order === 'crash') process.exit(3);
  if (order === 'throw') throw new Error('no such thing');
  if (order === 'hang') await new Promise(() => {});
  if (order === 'spin') for (;;);
  return { order, thread: threadId };
});
