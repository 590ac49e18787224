import { describe, expect, it } from 'vitest';
import { failureMessage } from '../../../domain/integrations/failure-message.ts';
import { executionEnded, failureOf } from '../../../functions/integrations/record-failure/execution-ended.ts';

const runId = 'run_01KAJ3V1X7Q2M4N6P8R0S2T4V6';
const workspaceId = 'wsp_01KAJ3V1X7Q2M4N6P8R0S2T4V6';
const input = JSON.stringify({ workspaceId, runId, trigger: 'daily', from: null, to: null, accountIds: null });

/** As the Step Functions developer guide shows it, "Automating Step Functions event delivery with EventBridge". */
const event = (over: Record<string, unknown>) => ({
  version: '0',
  id: '315c1398-40ff-a850-213b-158f73e60175',
  'detail-type': 'Step Functions Execution Status Change',
  source: 'aws.states',
  account: '123456789012',
  time: '2026-11-20T19:42:21Z',
  region: 'eu-central-1',
  resources: ['arn:aws:states:eu-central-1:123456789012:execution:conext-prod-etl:run'],
  detail: {
    executionArn: 'arn:aws:states:eu-central-1:123456789012:execution:conext-prod-etl:run',
    stateMachineArn: 'arn:aws:states:eu-central-1:123456789012:stateMachine:conext-prod-etl',
    name: 'run',
    status: 'ABORTED',
    startDate: 1_551_225_271_984,
    stopDate: 1_551_225_291_984,
    input,
    output: null,
    inputDetails: { included: true },
    outputDetails: null,
    ...over,
  },
});
const told = (over: Record<string, unknown>) => failureOf(executionEnded.parse(event(over)));

describe('an execution that ended without its own last word', () => {
  it('names the run it was started for', () => {
    expect(told({})).toMatchObject({ workspaceId, runId, itemId: null, accountId: null });
  });

  it.each([
    [{ status: 'TIMED_OUT' }, 'It took too long'],
    [{ status: 'ABORTED' }, 'It was stopped from outside'],
    [{ status: 'FAILED', error: 'States.DataLimitExceeded', cause: 'secret' }, 'Something went wrong on our side'],
    [{ status: 'FAILED', error: null, cause: null }, 'Something went wrong on our side'],
  ])('says of %o why in words for people', (over, words) => {
    expect(failureMessage(told(over).error)).toContain(words);
  });

  it('refuses an execution that no run started', () => {
    expect(() => told({ input: '{}' })).toThrow('was not started for a run');
    expect(() => told({ input: 'no json' })).toThrow('was not started for a run');
  });

  it('has no ear for executions under way or well ended', () => {
    expect(executionEnded.safeParse(event({ status: 'RUNNING' })).success).toBe(false);
    expect(executionEnded.safeParse(event({ status: 'SUCCEEDED' })).success).toBe(false);
  });
});
