import { setTimeout as wait } from 'node:timers/promises';
import {
  BedrockRuntimeClient,
  ConverseCommand,
  type ConverseCommandInput,
  type ConverseCommandOutput,
} from '@aws-sdk/client-bedrock-runtime';
import * as z from 'zod/mini';
import { angles } from '../../domain/generation/fact.ts';
import { describeFailure, mayPass } from './bedrock-errors.ts';
import { adCopyPromptVersion, adCopySystem, adCopyTool, factsBlock, taskBlock } from './prompts/ad-copy-1.ts';
import {
  noTokens,
  type ProposedAd,
  type TextAnswer,
  type TextModel,
  type TextRequest,
  type Tokens,
} from './text-model.ts';

/** USD micros for a million tokens, from the provider's price list; a new price is a new configuration. */
export interface TokenPrices {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

export interface BedrockTextOptions {
  /** A model id or the ARN of an inference profile. */
  readonly model: string;
  readonly prices: TokenPrices;
  /** Of one call; a model that says nothing for so long is given up. */
  readonly timeoutMs: number;
  readonly attempts: number;
  /** Before the second attempt; doubled before each further one. */
  readonly backoffMs: number;
}

export const createBedrockClient = (): BedrockRuntimeClient =>
  // Attempts are counted here, where each has its own time and its cost is kept.
  new BedrockRuntimeClient({ maxAttempts: 1, requestHandler: { requestTimeout: 60_000 } });

const shortText = z.string().check(z.maxLength(4_000));
const written = z.object({
  ads: z
    .array(
      z.object({
        angle: z.enum(angles),
        texts: z
          .array(
            z.object({
              slot: z.string().check(z.maxLength(40)),
              text: shortText,
              factIds: z.array(z.string().check(z.maxLength(200))).check(z.maxLength(50)),
            }),
          )
          .check(z.maxLength(60)),
      }),
    )
    .check(z.minLength(1), z.maxLength(40)),
});

/** Writes through Bedrock's Converse: one tool, whose input is the answer. What comes back is data and is proposed, not trusted. */
export function createBedrockTextModel(options: BedrockTextOptions, client = createBedrockClient()): TextModel {
  const { model } = options;
  return {
    async write(request, { signal } = {}) {
      let failure: TextAnswer | undefined;
      for (let attempt = 0; attempt < options.attempts; attempt += 1) {
        if (attempt > 0) await wait(options.backoffMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2));
        const limits = [AbortSignal.timeout(options.timeoutMs), ...(signal === undefined ? [] : [signal])];
        try {
          const answer = await client.send(new ConverseCommand(converseInput(model, request)), {
            abortSignal: AbortSignal.any(limits),
          });
          return readAnswer(answer, options);
        } catch (error) {
          if (signal?.aborted) throw signal.reason;
          failure = failed(model, error);
          if (!mayPass(error)) break;
        }
      }
      return failure ?? failed(model, new Error('no attempt was made'));
    },
  };
}

function converseInput(model: string, request: TextRequest): ConverseCommandInput {
  const cachePoint = { cachePoint: { type: 'default' as const } };
  return {
    modelId: model,
    system: [{ text: adCopySystem }, cachePoint],
    messages: [{ role: 'user', content: [{ text: factsBlock(request) }, cachePoint, { text: taskBlock(request) }] }],
    toolConfig: {
      tools: [
        {
          toolSpec: {
            name: adCopyTool.name,
            description: adCopyTool.description,
            inputSchema: { json: structuredClone(adCopyTool.schema) as unknown as JsonDocument },
          },
        },
      ],
      toolChoice: { tool: { name: adCopyTool.name } },
    },
    inferenceConfig: { maxTokens: 8_000, temperature: 0.7 },
  };
}
type JsonDocument = { readonly [name: string]: string };

function readAnswer(answer: ConverseCommandOutput, { model, prices }: BedrockTextOptions): TextAnswer {
  const { tokens, costMicros } = account(answer, prices);
  const spent = { model, tokens, costMicros };
  const content = answer.output?.message?.content ?? [];
  const said = content
    .map(({ text }) => text ?? '')
    .join(' ')
    .trim()
    .slice(0, 300);
  switch (answer.stopReason) {
    case 'content_filtered':
    case 'guardrail_intervened':
      return { kind: 'refused', reason: `The model’s provider stopped it: ${answer.stopReason}.`, ...spent };
    case 'max_tokens':
      return { kind: 'unreadable', reason: 'The answer broke off at the most tokens allowed.', ...spent };
  }
  const call = content.find(({ toolUse }) => toolUse?.name === adCopyTool.name)?.toolUse;
  if (call === undefined) {
    return {
      kind: 'refused',
      reason: said === '' ? 'The model answered nothing.' : `The model said: ${said}`,
      ...spent,
    };
  }
  const parsed = written.safeParse(call.input);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { kind: 'unreadable', reason: `The answer is not as asked at ${issue?.path.join('.') ?? '?'}.`, ...spent };
  }
  const ads: readonly ProposedAd[] = parsed.data.ads;
  return { kind: 'written', ads, promptVersion: adCopyPromptVersion, ...spent };
}

const million = 1_000_000;
function account({ usage }: ConverseCommandOutput, prices: TokenPrices): { tokens: Tokens; costMicros: number } {
  const tokens: Tokens = {
    input: (usage?.inputTokens ?? 0) + (usage?.cacheWriteInputTokens ?? 0),
    output: usage?.outputTokens ?? 0,
    cached: usage?.cacheReadInputTokens ?? 0,
  };
  const costMicros = Math.ceil(
    ((usage?.inputTokens ?? 0) * prices.input +
      (usage?.cacheWriteInputTokens ?? 0) * prices.cacheWrite +
      tokens.cached * prices.cacheRead +
      tokens.output * prices.output) /
      million,
  );
  return { tokens, costMicros };
}

const failed = (model: string, error: unknown): TextAnswer => ({
  ...describeFailure(error),
  model,
  tokens: noTokens,
  costMicros: 0,
});
