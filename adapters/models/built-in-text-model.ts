import { writeAds } from '../../domain/generation/copy/write-ads.ts';
import { noTokens, type TextModel } from './text-model.ts';

/** Raised when templates change what they write: it is recorded with every text. */
const version = '1';
const model = 'built-in';

/** Templates and facts: no network, no cost, the same answer every time. The local default, and the fallback of the other. */
export const builtInTextModel: TextModel = {
  write: async (request) => {
    const outcome = writeAds(request);
    if (outcome.kind === 'nothing-fits') {
      return { kind: 'refused', reason: outcome.reason, model, tokens: noTokens, costMicros: 0 };
    }
    const ads = outcome.ads.filter(({ angle }) => request.angles.length === 0 || request.angles.includes(angle));
    return { kind: 'written', ads, model, promptVersion: `${model}/${version}`, tokens: noTokens, costMicros: 0 };
  },
};
