import {
  ApplyGuardrailCommand,
  type ApplyGuardrailCommandOutput,
  BedrockRuntimeClient,
} from '@aws-sdk/client-bedrock-runtime';
import type { ModerationCategory } from '../../contracts/schemas/moderation.ts';
import type { Seen } from '../../domain/compliance/moderation/judge.ts';
import { describeFailure } from '../models/bedrock-errors.ts';

export type TextVerdict =
  | { readonly kind: 'seen'; readonly seen: readonly Seen[] }
  | { readonly kind: 'unavailable'; readonly reason: string };

/** Looks at texts with a model; answers one verdict a text, in their order. */
export type TextModerator = (texts: readonly string[], signal?: AbortSignal) => Promise<readonly TextVerdict[]>;

export interface GuardrailOptions {
  readonly guardrail: string;
  readonly version: string;
  /** Of one call. */
  readonly timeoutMs: number;
}

/** Bedrock takes 25 units of 1,000 characters a call. */
const mostCharacters = 20_000;
const mostTogether = 40;
/** Calls at once. */
const atOnce = 4;

const confidences: Readonly<Record<string, number>> = { LOW: 0.4, MEDIUM: 0.7, HIGH: 0.95 };
const categories: Readonly<Record<string, ModerationCategory>> = {
  HATE: 'hate',
  INSULTS: 'insult',
  SEXUAL: 'sexual',
  VIOLENCE: 'violence',
  MISCONDUCT: 'misconduct',
};

export const createGuardrailClient = (): BedrockRuntimeClient => new BedrockRuntimeClient({ maxAttempts: 3 });

/**
 * Amazon Bedrock Guardrails. One assessment stands for all texts of a call and names none of them: texts go together, and those of a call
 * that was objected to are asked about again by halves, until it is known which it was. A call that fails is told of its texts, never passed over.
 */
export function createTextModerator(
  { guardrail, version, timeoutMs }: GuardrailOptions,
  client: BedrockRuntimeClient = createGuardrailClient(),
): TextModerator {
  const ask = async (texts: readonly string[], signal?: AbortSignal): Promise<TextVerdict> => {
    const limits = [AbortSignal.timeout(timeoutMs), ...(signal === undefined ? [] : [signal])];
    try {
      const answer = await client.send(
        new ApplyGuardrailCommand({
          guardrailIdentifier: guardrail,
          guardrailVersion: version,
          source: 'OUTPUT',
          content: texts.map((text) => ({ text: { text } })),
        }),
        { abortSignal: AbortSignal.any(limits) },
      );
      return { kind: 'seen', seen: seenIn(answer) };
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      return { kind: 'unavailable', reason: describeFailure(error).reason.replace(/\.$/, '') };
    }
  };
  return async (texts, signal) => {
    const verdicts = new Map<string, TextVerdict>();
    const inTurn = turns(atOnce);
    const settle = async (batch: readonly string[]): Promise<void> => {
      const together = await inTurn(() => ask(batch, signal));
      if (together.kind === 'unavailable' || together.seen.length === 0 || batch.length === 1) {
        for (const text of batch) verdicts.set(text, together);
        return;
      }
      const half = Math.ceil(batch.length / 2);
      await Promise.all([settle(batch.slice(0, half)), settle(batch.slice(half))]);
    };
    await Promise.all(batchesOf([...new Set(texts)]).map(settle));
    return texts.map((text) => verdicts.get(text) ?? { kind: 'seen', seen: [] });
  };
}

/** Personal data are left to our own rules: they know what the business may show of itself. */
function seenIn({ action, assessments = [] }: ApplyGuardrailCommandOutput): readonly Seen[] {
  if (action !== 'GUARDRAIL_INTERVENED') return [];
  return assessments.flatMap(({ contentPolicy, wordPolicy }) => [
    ...(contentPolicy?.filters ?? []).flatMap(({ type, confidence }): Seen[] => {
      const category = categories[type ?? ''];
      const sure = confidences[confidence ?? ''];
      return category === undefined || sure === undefined ? [] : [{ category, confidence: sure }];
    }),
    ...((wordPolicy?.managedWordLists ?? []).length > 0 ? [{ category: 'profanity' as const, confidence: 0.95 }] : []),
  ]);
}

function batchesOf(texts: readonly string[]): string[][] {
  const batches: string[][] = [];
  let [current, characters]: [string[], number] = [[], 0];
  for (const text of texts) {
    if (current.length >= mostTogether || (current.length > 0 && characters + text.length > mostCharacters)) {
      batches.push(current);
      [current, characters] = [[], 0];
    }
    current.push(text);
    characters += text.length;
  }
  return current.length > 0 ? [...batches, current] : batches;
}

/** Lets so many run at once; the others wait in the order in which they came. */
function turns(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= most) await new Promise<void>((go) => waiting.push(go));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
