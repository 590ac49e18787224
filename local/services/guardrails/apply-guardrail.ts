/** ApplyGuardrail on the wire: what a caller says, and the answer as Bedrock words it. */
import { AwsError, unsupported } from '../../ports.ts';
import { isObject, type JsonObject, objectOf, objectsOf, optionalText } from '../json-protocol.ts';
import type { TextAssessment } from './assess-texts.ts';
import { HARMS, type Harm } from './seed-phrases.ts';

export interface GuardrailInput {
  readonly texts: readonly string[];
  /** Also what was looked for and not found. */
  readonly full: boolean;
}

type Confidence = 'NONE' | 'LOW' | 'MEDIUM' | 'HIGH';

/** Bedrock counts text in units of a thousand characters. */
const UNIT = 1_000;
/** Units of one call: the quota of a region (25 units a second) leaves no room for more. */
const MOST_UNITS = 25;
/** Least chances, 0 to 1. Below the least one the model is not sure of anything. */
const CONFIDENCES: readonly (readonly [Exclude<Confidence, 'NONE'>, number])[] = [
  ['HIGH', 0.85],
  ['MEDIUM', 0.7],
  ['LOW', 0.55],
];

const invalid = (message: string): AwsError => new AwsError('ValidationException', message);

export function readGuardrailInput(input: JsonObject): GuardrailInput {
  const source = optionalText(input, 'source');
  if (source !== 'INPUT' && source !== 'OUTPUT') throw invalid('source must be INPUT or OUTPUT.');
  const scope = optionalText(input, 'outputScope') ?? 'INTERVENTIONS';
  if (scope !== 'INTERVENTIONS' && scope !== 'FULL') throw invalid('outputScope must be INTERVENTIONS or FULL.');
  const blocks = objectsOf(input, 'content');
  if (blocks.length === 0) throw invalid('content must hold at least one block.');
  const texts = blocks.map((block) => {
    if (isObject(block['image']))
      throw unsupported('Bedrock', 'ApplyGuardrail of images; Rekognition looks at them here');
    const text = optionalText(objectOf(block, 'text'), 'text');
    if (text === undefined) throw invalid('Each block of content must hold text.text.');
    return text;
  });
  const units = unitsOf(texts);
  if (units > MOST_UNITS)
    throw invalid(`The content has ${units} text units of ${UNIT} characters; ${MOST_UNITS} are allowed.`);
  return { texts, full: scope === 'FULL' };
}

/** One assessment for all blocks together, for none names its block: who must know which text it was asks for one at a time. */
export function guardrailAnswer(
  { texts, full }: GuardrailInput,
  assessments: readonly TextAssessment[],
  milliseconds: number,
): JsonObject {
  const filters = HARMS.map((type) => filterOf(type, assessments)).filter(({ detected }) => full || detected);
  const words = unique(
    assessments.flatMap(({ profanity }) => profanity),
    String,
  ).map((match) => ({
    match,
    type: 'PROFANITY',
    action: 'BLOCKED',
    detected: true,
  }));
  const personal = unique(
    assessments.flatMap(({ personalData }) => personalData),
    ({ type, match }) => `${type} ${match}`,
  ).map(({ type, match }) => ({ match, type, action: 'ANONYMIZED', detected: true }));
  const blocked = words.length > 0 || filters.some(({ detected }) => detected);
  const intervened = blocked || personal.length > 0;
  const usage = usageOf(texts);
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  const coverage = { textCharacters: { guarded: characters, total: characters } };
  return {
    usage,
    action: intervened ? 'GUARDRAIL_INTERVENED' : 'NONE',
    actionReason: blocked ? 'Guardrail blocked.' : intervened ? 'Guardrail masked.' : 'No action.',
    outputs: blocked
      ? [{ text: BLOCKED }]
      : intervened
        ? texts.map((text, index) => masked(text, assessments[index]))
        : [],
    assessments: [
      {
        ...(filters.length > 0 ? { contentPolicy: { filters } } : {}),
        ...(words.length > 0 ? { wordPolicy: { customWords: [], managedWordLists: words } } : {}),
        ...(personal.length > 0 ? { sensitiveInformationPolicy: { piiEntities: personal, regexes: [] } } : {}),
        invocationMetrics: { guardrailProcessingLatency: milliseconds, usage, guardrailCoverage: coverage },
      },
    ],
    guardrailCoverage: coverage,
  };
}

const BLOCKED = 'The guardrail of this machine blocked the text.';

function filterOf(type: Harm, assessments: readonly TextAssessment[]) {
  const chance = Math.max(0, ...assessments.map(({ harms }) => harms.get(type) ?? 0));
  const confidence: Confidence = CONFIDENCES.find(([, least]) => chance >= least)?.[0] ?? 'NONE';
  const detected = confidence !== 'NONE';
  return { type, confidence, filterStrength: 'HIGH', action: detected ? 'BLOCKED' : 'NONE', detected };
}

function masked(text: string, assessment: TextAssessment | undefined): { readonly text: string } {
  const found = assessment?.personalData ?? [];
  return { text: found.reduce((left, { type, match }) => left.replaceAll(match, `{${type}}`), text) };
}

function usageOf(texts: readonly string[]): JsonObject {
  const units = unitsOf(texts);
  return {
    topicPolicyUnits: 0,
    contentPolicyUnits: units,
    wordPolicyUnits: units,
    sensitiveInformationPolicyUnits: units,
    sensitiveInformationPolicyFreeUnits: 0,
    contextualGroundingPolicyUnits: 0,
  };
}

const unitsOf = (texts: readonly string[]): number =>
  Math.ceil(texts.reduce((sum, text) => sum + text.length, 0) / UNIT);

function unique<Item>(items: readonly Item[], key: (item: Item) => string): readonly Item[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}
