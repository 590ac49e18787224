import type { WrittenLanguage } from '../fact.ts';

/**
 * Flesch's Reading Ease (1948) and its versions for German (Amstad 1978), French (Kandel and Moles 1958) and Spanish (Fernández Huerta
 * 1959): about 0 hard, 100 easy. Syllables are counted as groups of vowels, which is near enough for comparing ads.
 */
const formulas: Readonly<Record<WrittenLanguage, (wordsPerSentence: number, syllablesPerWord: number) => number>> = {
  en: (words, syllables) => 206.835 - 1.015 * words - 84.6 * syllables,
  de: (words, syllables) => 180 - words - 58.5 * syllables,
  fr: (words, syllables) => 207 - 1.015 * words - 73.6 * syllables,
  es: (words, syllables) => 206.84 - 1.02 * words - 60 * syllables,
};

export function readingEase(text: string, language: WrittenLanguage): number | null {
  const words = text.match(/\p{L}+/gu) ?? [];
  if (words.length === 0) return null;
  const sentences = Math.max(1, text.split(/[.!?]+(?:\s|$)/).filter((part) => /\p{L}/u.test(part)).length);
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word.toLowerCase(), language), 0);
  return formulas[language](words.length / sentences, syllables / words.length);
}

function syllablesOf(word: string, language: WrittenLanguage): number {
  // A final e is silent in English and French.
  const spoken = language === 'en' || language === 'fr' ? word.replace(/(?<=.{2})es?$/, '') : word;
  return Math.max(1, spoken.match(/[aeiouyàâäáéèêëíîïóôöúùûüœ]+/g)?.length ?? 1);
}
