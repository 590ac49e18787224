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
/** Calls at once: a text that is objected to is asked for again by itself. */
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
 * Amazon Bedrock Guardrails. One assessment stands for all texts of a call and names none of them: texts go together, and only those of a
 * call that was objected to are asked about one by one. A call that fails is told of its texts, never passed over.
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
    const batches = batchesOf([...new Set(texts)]);
    const verdicts = new Map<string, TextVerdict>();
    await inTurns(batches, async (batch) => {
      const together = await ask(batch, signal);
      const clear = together.kind === 'unavailable' || together.seen.length === 0;
      if (clear || batch.length === 1) for (const text of batch) verdicts.set(text, together);
      else for (const text of batch) verdicts.set(text, await ask([text], signal));
    });
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

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}
