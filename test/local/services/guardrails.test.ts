import { readFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import {
  ApplyGuardrailCommand,
  type ApplyGuardrailCommandOutput,
  BedrockRuntimeClient,
  ConverseCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGuardrails, type GuardrailsService } from '../../../local/services/guardrails/guardrails-service.ts';
import { TRAINED_FILE, unpackClassifier } from '../../../local/services/guardrails/sentence-model.ts';
import { LABELLED, type Labelled, UNSEEN } from './labelled-sentences.ts';
import { PLACE, type ServedService, serveService } from './serve-service.ts';

let guardrails: GuardrailsService;
let served: ServedService;
let client: BedrockRuntimeClient;

beforeAll(async () => {
  guardrails = createGuardrails(PLACE);
  served = await serveService(guardrails);
  client = new BedrockRuntimeClient(served.client);
});

afterAll(async () => {
  client.destroy();
  await served.close();
  await guardrails.close();
});

async function apply(
  texts: readonly string[],
  more: { readonly outputScope?: 'FULL' } = {},
): Promise<ApplyGuardrailCommandOutput> {
  return await client.send(
    new ApplyGuardrailCommand({
      guardrailIdentifier: 'ads',
      guardrailVersion: '1',
      source: 'OUTPUT',
      content: texts.map((text) => ({ text: { text } })),
      ...more,
    }),
  );
}

describe('what a caller may ask', () => {
  it('is refused in Bedrock’s words before a model is loaded', async () => {
    await expect(apply([])).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(apply(['a'.repeat(25_001)])).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(client.send(new ConverseCommand({ modelId: 'm', messages: [] }))).rejects.toMatchObject({
      name: 'UnsupportedLocally',
    });
    expect(guardrails.assessor.loaded).toBe(false);
  });

  it('needs the permission for its guardrail, named by id or ARN', async () => {
    const arn = 'arn:aws:bedrock:eu-central-1:000000000000:guardrail/ads';
    await apply(['Free shipping']);
    expect(served.needs.at(-1)).toEqual([{ action: 'bedrock:ApplyGuardrail', resource: arn }]);
    await client.send(
      new ApplyGuardrailCommand({
        guardrailIdentifier: arn,
        guardrailVersion: 'DRAFT',
        source: 'INPUT',
        content: [{ text: { text: 'Free shipping' } }],
      }),
    );
    expect(served.needs.at(-1)).toEqual([{ action: 'bedrock:ApplyGuardrail', resource: arn }]);
  });
});

describe('what is wrong with a text', () => {
  it('passes what may stand in an ad, and says what it has looked at', async () => {
    const text = 'Waterproof hiking shoes for every season';
    const answer = await apply([text]);
    expect(answer).toMatchObject({
      action: 'NONE',
      outputs: [],
      usage: { contentPolicyUnits: 1, wordPolicyUnits: 1, sensitiveInformationPolicyUnits: 1 },
      guardrailCoverage: { textCharacters: { guarded: text.length, total: text.length } },
    });
    expect(answer.assessments?.[0]?.contentPolicy).toBeUndefined();
    const { assessments } = await apply([text], { outputScope: 'FULL' });
    expect(assessments?.[0]?.contentPolicy?.filters?.map(({ type, detected }) => [type, detected])).toEqual([
      ['HATE', false],
      ['INSULTS', false],
      ['SEXUAL', false],
      ['VIOLENCE', false],
      ['MISCONDUCT', false],
    ]);
  });

  it.each([
    ['HATE', 'Immigrants are vermin and should be driven out of our country'],
    ['INSULTS', 'You are an idiot and a pathetic loser'],
    ['SEXUAL', 'Watch naked girls having sex live on webcam'],
    ['VIOLENCE', 'We will kill you and burn your house down'],
    ['MISCONDUCT', 'Order cocaine and stolen credit cards online'],
  ] as const)('calls %s by its name, as sure as can be', async (type, text) => {
    const answer = await apply(['Free shipping', text]);
    expect(answer).toMatchObject({ action: 'GUARDRAIL_INTERVENED', outputs: [{}] });
    expect(answer.assessments?.[0]?.contentPolicy?.filters).toContainEqual({
      type,
      confidence: 'HIGH',
      filterStrength: 'HIGH',
      action: 'BLOCKED',
      detected: true,
    });
  });

  it('names swearwords as they stand in the text', async () => {
    const { assessments } = await apply(['Buy this Shit now', 'Scunthorpe and Penistone are towns']);
    expect(assessments?.[0]?.wordPolicy?.managedWordLists).toEqual([
      { match: 'Shit', type: 'PROFANITY', action: 'BLOCKED', detected: true },
    ]);
  });

  it('masks personal data that its form and check digits prove', async () => {
    const { action, outputs, assessments } = await apply([
      'Write to jane.doe@example.com or call +49 40 1234567',
      'Pay with 4111 1111 1111 1111 to DE89 3704 0044 0532 0130 00',
      'Order no. 4111 1111 1111 1112, 1,234,567 sold since 2024-01-31, from 10.50 to 12.50',
    ]);
    expect(action).toBe('GUARDRAIL_INTERVENED');
    expect(assessments?.[0]?.sensitiveInformationPolicy?.piiEntities?.map(({ type, match }) => [type, match])).toEqual([
      ['EMAIL', 'jane.doe@example.com'],
      ['PHONE', '+49 40 1234567'],
      ['INTERNATIONAL_BANK_ACCOUNT_NUMBER', 'DE89 3704 0044 0532 0130 00'],
      ['CREDIT_DEBIT_CARD_NUMBER', '4111 1111 1111 1111'],
    ]);
    expect(outputs?.[0]?.text).toBe('Write to {EMAIL} or call {PHONE}');
  });

  it('finds it in one sentence of a long text, and takes texts without any word', async () => {
    const long = Array.from({ length: 60 }, () => 'Soft cotton shirts in fresh spring colours.').join(' ');
    expect((await apply([`${long} You are a stupid, worthless idiot. ${long}`])).action).toBe('GUARDRAIL_INTERVENED');
    expect((await apply(['', '20 % – 50 %', '🙂', '\n'])).action).toBe('NONE');
  });
});

describe('how well it tells', () => {
  it('rests on a classifier that was trained on the seed phrases as they are', async () => {
    expect(
      unpackClassifier(await readFile(TRAINED_FILE, 'utf8')),
      'run "node local/services/guardrails/train-sentences.ts"',
    ).toHaveLength(6);
  });

  /** How many of them are judged as a person judges them, and which are not. */
  async function judge(all: readonly Labelled[], language: Labelled['language'], harmful: boolean) {
    const texts = all.filter((one) => one.language === language && one.harmful === harmful).map(({ text }) => text);
    // Together first: one at a time they are then remembered.
    await apply(texts);
    const actions = await Promise.all(texts.map(async (text) => (await apply([text])).action));
    const wrong = texts.filter((_, index) => (actions[index] === 'GUARDRAIL_INTERVENED') !== harmful);
    return { right: texts.length - wrong.length, wrong: wrong.join('\n') };
  }

  // What was measured stands in docs/local-runtime.md; these bounds lie two or three sentences below.
  it.each([
    ['en', true, 30, 11],
    ['en', false, 29, 9],
    ['de', true, 20, 8],
    ['de', false, 17, 8],
    ['fr', true, 19, 8],
    ['fr', false, 17, 8],
    ['es', true, 19, 7],
    ['es', false, 17, 8],
  ] as const)(
    'in %s, harmful %s: at least %i sentences, and %i that nothing was made for',
    async (language, harmful, least, unseen) => {
      const labelled = await judge(LABELLED, language, harmful);
      expect(labelled.right, labelled.wrong).toBeGreaterThanOrEqual(least);
      const fresh = await judge(UNSEEN, language, harmful);
      expect(fresh.right, fresh.wrong).toBeGreaterThanOrEqual(unseen);
    },
  );

  it('reads sixty new texts in one call', async () => {
    const texts = Array.from({ length: 60 }, (_, index) => `Save ${index} euros on hiking shoes for the whole family`);
    const begun = performance.now();
    expect((await apply(texts)).action).toBe('NONE');
    // Half a second on an idle machine of two cores; the bound leaves room for one that is busy.
    expect(performance.now() - begun).toBeLessThan(4_000);
  });
});
