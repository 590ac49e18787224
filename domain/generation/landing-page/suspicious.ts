/**
 * Sentences that speak to a machine rather than to a buyer. They are shown to people as what they are and never become a fact; the prompts
 * of the model keep page text apart besides.
 */
const patterns: readonly RegExp[] = [
  /\b(ignore|disregard|forget|override)\b.{0,40}\b(instruction|prompt|rule|guideline|above|previous|prior)/i,
  /\b(ignoriere?|vergiss|missachte)\b.{0,40}\b(anweisung|vorgabe|regel|prompt|obige|vorherige)/i,
  /\b(ignore[zr]?|oublie[zr]?)\b.{0,40}\b(instruction|consigne|règle|prompt|précédent)/i,
  /\b(ignora|olvida|descarta)[rd]?\b.{0,40}\b(instruccion|instrucción|regla|prompt|anterior)/i,
  /\b(system|developer)\s+(prompt|message)\b/i,
  /\b(you are|you're|du bist|vous êtes|tu es|eres|usted es)\b.{0,20}\b(an? )?(ai|assistant|chatbot|language model|chatgpt|ki|sprachmodell|assistent|ia|modèle de langage|asistente)\b/i,
  /<\/?(system|assistant|user|instructions?|tool)>/i,
  /\b(as an ai|language model)\b/i,
];

export const isSuspicious = (text: string): boolean => patterns.some((pattern) => pattern.test(text.slice(0, 4_000)));
