/** The part of Bedrock's runtime that looks at texts. Every guardrail is the same one here: all filters at their highest strength. */
import { performance } from 'node:perf_hooks';
import { ModelUnavailable } from '../../model-threads/model-thread.ts';
import { AwsError, type AwsRequest, type LocalService, unsupported } from '../../ports.ts';
import { answerJson, readJson } from '../json-protocol.ts';
import { arnOf, type Place } from '../place.ts';
import { guardrailAnswer, readGuardrailInput } from './apply-guardrail.ts';
import { createTextAssessor, type TextAssessor } from './assess-texts.ts';

export interface GuardrailsService extends LocalService {
  readonly assessor: TextAssessor;
}

export function createGuardrails(place: Place): GuardrailsService {
  const assessor = createTextAssessor();
  const guardrailOf = (request: AwsRequest): string => {
    const [, identifier] = /^\/guardrail\/([^/]+)\/version\/([^/]+)\/apply$/.exec(request.path) ?? [];
    if (request.method !== 'POST' || identifier === undefined) {
      throw unsupported('Bedrock', `${request.method} ${request.path}; texts and pictures have built-in makers`);
    }
    return decodeURIComponent(identifier);
  };
  return {
    name: 'bedrock',
    assessor,
    access: (request) => {
      const guardrail = guardrailOf(request);
      const resource = guardrail.startsWith('arn:') ? guardrail : arnOf(place, 'bedrock', `guardrail/${guardrail}`);
      return [{ action: 'bedrock:ApplyGuardrail', resource }];
    },
    handle: async (request) => {
      const input = readGuardrailInput(readJson(request));
      const begun = performance.now();
      const assessments = await assessor.assess(input.texts).catch((error: unknown) => {
        if (!(error instanceof ModelUnavailable)) throw error;
        throw error.reason === 'busy'
          ? new AwsError('ThrottlingException', error.message, 429)
          : new AwsError('InternalServerException', error.message, 500);
      });
      return answerJson(guardrailAnswer(input, assessments, Math.round(performance.now() - begun)));
    },
    close: () => assessor.close(),
  };
}
