/**
 * What reads like an instruction to a machine. Such text is never said in an ad and never reaches a model as a fact; the list is a
 * second fence, the first one is that text of pages is data wherever it goes.
 */
const patterns: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:previous|prior|above|earlier|all|your|these)\b.{0,40}\b(?:instructions?|prompts?|rules?|context)\b/iu,
  /\b(?:ignorier|vergiss|missachte)\w*\b.{0,40}\b(?:anweisung|vorgabe|regel|prompt)\w*/iu,
  /\b(?:ignore[zr]?|oublie[zr]?)\b.{0,40}\b(?:instructions?|consignes?|règles?)\b/iu,
  /\b(?:ignora|olvida|omite)\w*\b.{0,40}\b(?:instrucci|regla|indicaci)\w*/iu,
  /\b(?:system|developer) (?:prompt|message)\b|<\|?(?:im_start|im_end|system|endoftext)\|?>|\[\/?INST\]|(?:^|\s)(?:system|assistant)\s*:/iu,
  /\byou are (?:now )?(?:an?|the) (?:\w+ ){0,3}(?:assistant|ai|model|chatbot|agent)\b/iu,
  /\b(?:as an ai|language model|llm)\b.{0,60}\b(?:must|should|write|say|output|respond)\b/iu,
];

export const readsLikeInstruction = (text: string): boolean =>
  patterns.some((pattern) => pattern.test(text.normalize('NFKC').replace(/\p{Cf}/gu, '')));
