/** Why the local system cannot start, in one sentence for the person who typed the command. */
export class StartError extends Error {
  /** Ends with what to do about it. */
  readonly sentence: string;

  constructor(sentence: string, options?: { readonly cause?: unknown }) {
    super(sentence, options);
    this.name = 'StartError';
    this.sentence = sentence;
  }
}
