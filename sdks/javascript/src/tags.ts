/** By answer, so that answers stay what the contract says they are. */
const tags = new WeakMap<object, string>();

export function tagAnswer(answer: unknown, tag: string | null): void {
  if (typeof answer === 'object' && answer !== null && tag !== null) tags.set(answer, tag);
}

/** The version of an answer, for `ifMatch` of the PATCH that changes it; undefined when the server named none. */
export const tagOf = (answer: object): string | undefined => tags.get(answer);
