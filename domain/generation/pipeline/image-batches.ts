/** Pictures that one call draws: a campaign's are drawn by several at once, and one that fails takes few along. */
const together = 5;

export interface ImageBatch {
  readonly first: number;
  readonly count: number;
}

/** The pictures of a campaign, in batches. */
export const imageBatches = (pictures: number): readonly ImageBatch[] =>
  Array.from({ length: Math.ceil(pictures / together) }, (_, batch) => ({
    first: batch * together,
    count: Math.min(together, pictures - batch * together),
  }));
