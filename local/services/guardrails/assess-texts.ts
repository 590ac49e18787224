/**
 * What is wrong with texts. English sentences are read by the model; German, French and Spanish ones too, word by word in English,
 * and by lists of turns; swearwords are found by lists in all four, personal data by its form.
 */
import { ModelThread } from '../../model-threads/model-thread.ts';
import { Remembered } from '../../model-threads/remembered.ts';
import { englishGloss } from './english-gloss.ts';
import { findPersonalData, type PersonalData } from './personal-data.ts';
import { HARMS, type Harm } from './seed-phrases.ts';
import { HARMFUL_TURNS, PROFANITY } from './word-lists.ts';

export interface TextAssessment {
  /** 0 to 1, of those harms that are possible at all. */
  readonly harms: ReadonlyMap<Harm, number>;
  /** As they stand in the texts. */
  readonly profanity: readonly string[];
  readonly personalData: readonly PersonalData[];
}

export interface TextAssessor {
  assess(texts: readonly string[]): Promise<readonly TextAssessment[]>;
  /** Whether the model is in memory. */
  readonly loaded: boolean;
  close(): Promise<void>;
}

/** A turn of a list is as good as certain. */
const CERTAIN = 0.95;
/** What the model says of a gloss is worth less: never enough for the highest confidence. */
const GLOSS_TRUST = 0.8;
/** Characters; the model was made for sentences, and longer ones cost more than they tell. */
const LONGEST_SENTENCE = 300;
const MOST_REMEMBERED = 20_000;

export function createTextAssessor(): TextAssessor {
  const model = new ModelThread<readonly string[], readonly (readonly number[])[]>({
    name: 'model of sentences',
    program: new URL('./sentence-thread.ts', import.meta.url),
  });
  const remembered = new Remembered<readonly number[]>(MOST_REMEMBERED);

  const chancesOf = async (sentences: readonly string[]): Promise<ReadonlyMap<string, readonly number[]>> => {
    const chances = new Map<string, readonly number[]>();
    const unknown: string[] = [];
    for (const sentence of new Set(sentences)) {
      const known = remembered.get(sentence);
      if (known === undefined) unknown.push(sentence);
      else chances.set(sentence, known);
    }
    const answers = unknown.length === 0 ? [] : await model.ask(unknown);
    for (const [index, sentence] of unknown.entries()) {
      const answer = answers[index] ?? [];
      remembered.set(sentence, answer);
      chances.set(sentence, answer);
    }
    return chances;
  };

  return {
    get loaded() {
      return model.loaded;
    },
    assess: async (texts) => {
      const split = texts.map((text) =>
        sentencesOf(text).map((sentence) => ({ sentence, readings: readingsOf(sentence) })),
      );
      const chances = await chancesOf(split.flat().flatMap(({ readings }) => readings.map(({ english }) => english)));
      return texts.map((text, index) => {
        const harms = new Map<Harm, number>();
        const note = (harm: Harm, chance: number): void => {
          harms.set(harm, Math.max(chance, harms.get(harm) ?? 0));
        };
        for (const { sentence, readings } of split[index] ?? []) {
          for (const { english, trust } of readings) {
            for (const [at, chance] of (chances.get(english) ?? []).entries())
              note(HARMS[at] ?? 'HATE', trust * chance);
          }
          const folded = sentence.toLowerCase();
          for (const { harm, pattern } of HARMFUL_TURNS) if (pattern.test(folded)) note(harm, CERTAIN);
        }
        return { harms, profanity: profanityIn(text), personalData: findPersonalData(text) };
      });
    },
    close: () => model.close(),
  };
}

interface Reading {
  readonly english: string;
  /** 0 to 1 */
  readonly trust: number;
}

/** As it stands when it may be English, and word by word when enough of its words are known in another language. */
function readingsOf(sentence: string): readonly Reading[] {
  if (isEnglish(sentence)) return [{ english: sentence, trust: 1 }];
  const gloss = englishGloss(sentence);
  return gloss === undefined ? [] : [{ english: gloss, trust: GLOSS_TRUST }];
}

function sentencesOf(text: string): readonly string[] {
  return (
    text
      .normalize('NFKC')
      // Soft hyphens and joiners, which may stand within words.
      .replaceAll(/\p{Cf}/gu, '')
      .split(/(?<=[.!?…])\s+|\n+/)
      .flatMap((sentence) => sentence.match(new RegExp(`.{1,${LONGEST_SENTENCE}}`, 'gsu')) ?? [])
      .map((sentence) => sentence.trim())
      .filter((sentence) => /\p{L}/u.test(sentence))
  );
}

/** Some of the commonest words of each language; of the others those that English does not spell alike. */
const COMMON: Readonly<Record<'en' | 'de' | 'fr' | 'es', ReadonlySet<string>>> = {
  en: new Set(
    'the and of to you your for with is are that this it we our not have they be who from how all at by has do my i if what'.split(
      ' ',
    ),
  ),
  de: new Set(
    'der die das und ist sind nicht mit für ein eine einen du ihr wir ich sie dich dein deine euch auf von zu im den dem jetzt ohne wie bei nur aus alle werden haben noch'.split(
      ' ',
    ),
  ),
  fr: new Set(
    'le la les et est sont pas avec pour un une des du de vous votre vos nous je tu il elle dans sur qui que au aux ce cette tous sans dès en ne se ton ta tes chez'.split(
      ' ',
    ),
  ),
  es: new Set(
    'el la los las y es con para un una unos de del tu tus su nosotros yo que en por al más sin todos esta este se te le mi eres como hay lo desde'.split(
      ' ',
    ),
  ),
};

/** Whether no other language has more of its common words in it: the model reads nothing but English. */
function isEnglish(sentence: string): boolean {
  const words = sentence.toLowerCase().match(/\p{L}+/gu) ?? [];
  const count = (language: keyof typeof COMMON): number => words.filter((word) => COMMON[language].has(word)).length;
  const others = Math.max(count('de'), count('fr'), count('es'));
  const foreign = /[äöüßñ¿¡éèêàçùôîœ]/i.test(sentence) ? 1 : 0;
  return count('en') >= others + foreign;
}

function profanityIn(text: string): readonly string[] {
  return [...text.normalize('NFKC').matchAll(PROFANE)].map(([match]) => match);
}

const PROFANE = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${PROFANITY.map((word) => word.replace('*', '\\p{L}*')).join('|')})(?![\\p{L}\\p{N}])`,
  'giu',
);
