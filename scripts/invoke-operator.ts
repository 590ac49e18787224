import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

export interface OperatorTarget {
  readonly stage: string;
  readonly region: string;
  readonly profile: string | undefined;
}

/** Operator functions work through a whole workspace or warehouse: the answer comes when they are done. */
const timeoutMs = 15 * 60_000;

/** Calls a function of a deployed stage that is not reachable over HTTP. Throws with the function's own words when it fails. */
export async function invokeOperator(target: OperatorTarget, capability: string, input: unknown): Promise<unknown> {
  const lambda = new LambdaClient({
    region: target.region,
    requestHandler: { requestTimeout: timeoutMs },
    // The function runs on when an answer is lost; a repeat would be a second run beside it.
    maxAttempts: 1,
    ...(target.profile === undefined ? {} : { profile: target.profile }),
  });
  const answer = await lambda.send(
    new InvokeCommand({
      FunctionName: `conext-${target.stage}-${capability.replace('/', '-')}`,
      Payload: JSON.stringify(input),
    }),
  );
  const payload: unknown = JSON.parse(Buffer.from(answer.Payload ?? []).toString('utf8') || 'null');
  if (answer.FunctionError !== undefined) {
    const { errorMessage = 'it gives no reason' } = payload as { errorMessage?: string };
    throw new Error(errorMessage);
  }
  return payload;
}
