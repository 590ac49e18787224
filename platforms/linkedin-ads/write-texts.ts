import type { TextLimits } from '../../domain/compliance/policy/text-kinds.ts';
import { longest } from './write-vocabulary.ts';

/** LinkedIn counts characters, and shows fewer of them before “see more”. */
export const linkedInAdsTextLimits: TextLimits = {
  longest: { introduction: longest.introduction, headline: longest.headline },
  lengthOf: (text) => [...text].length,
};
