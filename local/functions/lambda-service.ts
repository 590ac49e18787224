/** The Lambda API as far as it is used: Invoke, waiting for the answer or not. */
import { randomUUID } from 'node:crypto';
import { AwsError, type AwsRequest, type LocalService, unsupported } from '../ports.ts';
import { type AsyncInvocations, failureBody } from './async-invocations.ts';
import type { FunctionRuntime } from './function-runtime.ts';

const INVOKE = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

export function createLambdaService(functions: FunctionRuntime, events: AsyncInvocations): LocalService {
  return {
    name: 'lambda',
    access: (request) => [
      { action: 'lambda:InvokeFunction', resource: functions.definitionOf(functionOf(request)).arn },
    ],
    handle: async (request) => {
      const { arn } = functions.definitionOf(functionOf(request));
      const event = readEvent(request);
      const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
      if (type === 'DryRun') return { status: 204 };
      if (type === 'Event') {
        events.enqueue(arn, event, randomUUID());
        return { status: 202 };
      }
      if (type !== 'RequestResponse') {
        throw new AwsError('InvalidParameterValueException', `There is no invocation type ${type}.`);
      }
      const result = await functions.invokeText(arn, event, randomUUID());
      const headers = { 'content-type': 'application/json', 'x-amz-executed-version': '$LATEST' };
      return result.ok
        ? { status: 200, headers, body: result.text }
        : {
            status: 200,
            headers: { ...headers, 'x-amz-function-error': 'Unhandled' },
            body: JSON.stringify(failureBody(result.error)),
          };
    },
    close: async () => {},
  };
}

function functionOf(request: AwsRequest): string {
  const [, encoded] = INVOKE.exec(request.path) ?? [];
  if (request.method !== 'POST' || encoded === undefined) {
    throw unsupported('Lambda', `${request.method} ${request.path}`);
  }
  const qualifier = request.query.get('Qualifier');
  if (qualifier !== null && qualifier !== '$LATEST') throw unsupported('Lambda', `the qualifier ${qualifier}`);
  return decodeURIComponent(encoded);
}

function readEvent(request: AwsRequest): string {
  const text = request.body.length === 0 ? 'null' : request.body.toString('utf8');
  try {
    JSON.parse(text);
  } catch {
    throw new AwsError('InvalidRequestContentException', 'Could not parse request body into json.');
  }
  return text;
}
