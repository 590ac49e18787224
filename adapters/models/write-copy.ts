import { type Accepted, acceptAds } from '../../domain/generation/copy/accept-ads.ts';
import type { PolicyGate } from '../../domain/generation/copy/policy-gate.ts';
import { builtInTextModel } from './built-in-text-model.ts';
import type { TextAnswer, TextModel, TextRequest } from './text-model.ts';

export interface CopyResult extends Accepted {
  /** Who wrote, as it is recorded with the ads. */
  readonly model: string;
  readonly promptVersion: string;
  /** Why the built-in writer stood in; null where it did not. */
  readonly fallback: { readonly kind: Exclude<TextAnswer['kind'], 'written'>; readonly reason: string } | null;
  /** Of every attempt, those included that gave no ad. USD. */
  readonly costMicros: number;
}

/** Asks a model, and the built-in writer where it throttles, refuses, is late or answers what nobody can read: a run goes on. */
export async function writeCopy(
  model: TextModel,
  request: TextRequest,
  { gate, ...options }: { readonly gate: PolicyGate; readonly signal?: AbortSignal },
): Promise<CopyResult> {
  const answer = await model.write(request, options);
  const accepted = accept(request, answer, gate);
  if (answer.kind === 'written' && accepted.ads.length > 0) {
    const { promptVersion, costMicros } = answer;
    return { ...accepted, model: answer.model, promptVersion, fallback: null, costMicros };
  }
  const instead = await builtInTextModel.write(request, options);
  return {
    ...accept(request, instead, gate),
    model: instead.model,
    promptVersion: instead.kind === 'written' ? instead.promptVersion : '',
    fallback:
      answer.kind === 'written'
        ? { kind: 'refused', reason: accepted.refused[0]?.reason ?? 'No ad was complete.' }
        : { kind: answer.kind, reason: answer.reason },
    costMicros: answer.costMicros,
  };
}

const accept = (request: TextRequest, answer: TextAnswer, gate: PolicyGate): Accepted =>
  answer.kind === 'written'
    ? acceptAds(request, answer.ads, `${answer.model} ${answer.promptVersion}`, gate)
    : { ads: [], refused: [] };
