/** How a failing batch of a stream or topic waits for its next try, and how its mapping's destination hears that it was given up. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock, TargetInvoker } from '../../ports.ts';
import type { JsonObject } from '../json-protocol.ts';
import type { Mapping } from './mapping.ts';

const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 30_000;

export interface GivingUpPorts {
  readonly targets: TargetInvoker;
  /** Under which a given-up batch is reported. */
  readonly roleArn: string;
  readonly clock: Clock;
}

interface GivenUpBatch {
  readonly records: number;
  readonly tooOld: boolean;
  readonly invocations: number;
  /** Where the records stand, under the name that their kind of source has: `KinesisBatchInfo`. */
  readonly info: JsonObject;
}

/** Ends early when stopped. */
export async function waitBeforeRetry(attempts: number, signal: AbortSignal): Promise<void> {
  await wait(Math.min(FIRST_RETRY_MS * 2 ** attempts, LONGEST_RETRY_MS), undefined, { signal }).catch(() => undefined);
}

/** The message that Lambda sends: where the records stand in the source, not the records themselves. */
export async function reportGivenUp(
  { targets, roleArn, clock }: GivingUpPorts,
  mapping: Mapping,
  { records, tooOld, invocations, info }: GivenUpBatch,
): Promise<void> {
  if (mapping.onFailureArn === undefined) {
    process.emitWarning(`Event source mapping ${mapping.id} gave up ${records} records of ${mapping.sourceArn}.`);
    return;
  }
  await targets.deliver(
    mapping.onFailureArn,
    {
      requestContext: {
        requestId: randomUUID(),
        functionArn: mapping.functionName,
        condition: tooOld ? 'RecordAgeExceeded' : 'RetryAttemptsExhausted',
        approximateInvokeCount: invocations,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      version: '1.0',
      timestamp: new Date(clock()).toISOString(),
      ...info,
    },
    roleArn,
  );
}
