/**
 * Multinomial logistic regression with an L2 penalty (Bishop, Pattern Recognition and Machine Learning, 4.3.4) by gradient descent
 * with momentum (Polyak 1964). From zero weights and in fixed steps: the same examples give the same classifier.
 */
export interface Example {
  /** Of unit length. */
  readonly vector: readonly number[];
  /** Counted from 0. */
  readonly label: number;
}

/** A row of weights a class; the last of a row is its bias. */
export type Classifier = readonly Float64Array[];

const ROUNDS = 60;
const STEP = 4;
const MOMENTUM = 0.9;
const PENALTY = 5e-5;

export function train(examples: readonly Example[], classes: number): Classifier {
  const size = examples[0]?.vector.length ?? 0;
  const weights = Array.from({ length: classes }, () => new Float64Array(size + 1));
  const speeds = weights.map(() => new Float64Array(size + 1));
  const vectors = examples.map(({ vector }) => Float64Array.from([...vector, 1]));
  // Each class weighs the same, however many examples it has.
  const shares = examples.map(({ label }) => 1 / (classes * examples.filter((one) => one.label === label).length));
  for (let round = 0; round < ROUNDS; round++) {
    for (const speed of speeds) scale(speed, MOMENTUM);
    for (const [index, vector] of vectors.entries()) {
      const chances = softmax(weights.map((row) => dot(row, vector)));
      for (const [label, speed] of speeds.entries()) {
        const target = examples[index]?.label === label ? 1 : 0;
        add(speed, vector, STEP * (target - (chances[label] ?? 0)) * (shares[index] ?? 0));
      }
    }
    for (const [label, row] of weights.entries()) {
      const bias = row[size] ?? 0;
      scale(row, 1 - STEP * PENALTY);
      row[size] = bias;
      add(row, speeds[label] ?? row, 1);
    }
  }
  return weights;
}

/** A chance for each class; together 1. */
export function classify(classifier: Classifier, vector: readonly number[]): readonly number[] {
  const extended = Float64Array.from([...vector, 1]);
  return softmax(classifier.map((row) => dot(row, extended)));
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < left.length; at++) sum += (left[at] as number) * (right[at] as number);
  return sum;
}

/** `to += factor × what` */
function add(to: Float64Array, what: Float64Array, factor: number): void {
  for (let at = 0; at < to.length; at++) to[at] = (to[at] as number) + factor * (what[at] as number);
}

function scale(vector: Float64Array, factor: number): void {
  for (let at = 0; at < vector.length; at++) vector[at] = (vector[at] as number) * factor;
}

function softmax(scores: readonly number[]): readonly number[] {
  const highest = Math.max(...scores);
  const parts = scores.map((score) => Math.exp(score - highest));
  const sum = parts.reduce((total, part) => total + part, 0);
  return parts.map((part) => part / sum);
}
