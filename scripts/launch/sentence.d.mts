export function sentenceOf(error: unknown): string;
