/** The model of sentences, in its thread: English sentences to a chance for each kind of harm. */
import { readFile } from 'node:fs/promises';
import { serveModel } from '../../model-threads/serve-model.ts';
import { HARMS } from './seed-phrases.ts';
import { classify } from './sentence-classifier.ts';
import { openEmbeddings, TRAINED_FILE, trainOnSeedPhrases, unpackClassifier } from './sentence-model.ts';

await serveModel(async () => {
  const embed = await openEmbeddings();
  const classifier = unpackClassifier(await readFile(TRAINED_FILE, 'utf8')) ?? (await trainOnSeedPhrases(embed));
  /** Chances in the order of `HARMS`; what is left to 1 is harmless. */
  return async (sentences: readonly string[]): Promise<readonly (readonly number[])[]> =>
    (await embed(sentences)).map((vector) => classify(classifier, vector).slice(0, HARMS.length));
});
