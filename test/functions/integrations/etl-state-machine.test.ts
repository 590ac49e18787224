import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { problemCodes } from '../../../contracts/schemas/problem.ts';
import { AppError, type AppErrorCode } from '../../../domain/errors.ts';
import { PlatformError, type PlatformErrorKind } from '../../../domain/integrations/platform.ts';
import { parseDefinition } from '../../../local/step-functions/parse-definition.ts';

interface Rule {
  readonly ErrorEquals: readonly string[];
  readonly MaxAttempts?: number;
  readonly MaxDelaySeconds?: number;
  readonly BackoffRate?: number;
  readonly JitterStrategy?: string;
}
interface State {
  readonly Type: string;
  readonly Arguments?: { readonly FunctionName?: string };
  readonly TimeoutSeconds?: number;
  readonly Retry?: readonly Rule[];
  readonly Catch?: readonly Rule[];
  readonly End?: boolean;
  readonly Output?: unknown;
  readonly MaxConcurrency?: number | string;
  readonly ToleratedFailurePercentage?: number;
  readonly ItemProcessor?: { readonly States: Record<string, State> };
}

const text = readFileSync(join(import.meta.dirname, '../../../state-machines/etl.asl.json'), 'utf8');
const machine = JSON.parse(text) as { States: Record<string, State> };
const states = Object.entries(machine.States).flatMap(([name, state]): [string, State][] => [
  [name, state],
  ...Object.entries(state.ItemProcessor?.States ?? {}),
]);
const tasks = states.filter(([, state]) => state.Type === 'Task');
const rules = states.flatMap(([, state]) => [...(state.Retry ?? []), ...(state.Catch ?? [])]);
const retried = (name: string) => machine.States.Process?.ItemProcessor?.States[name]?.Retry ?? [];

/** Names our own classes give themselves. */
const kinds: readonly PlatformErrorKind[] = ['rate-limited', 'unauthorized', 'rejected', 'unavailable'];
const platformErrors = kinds.map((kind) => new PlatformError(kind, '', { platform: 'google-ads' }));
const appErrors = (Object.keys(problemCodes) as AppErrorCode[]).map((code) => new AppError(code, ''));
/** What Step Functions and Lambda report (Step Functions developer guide, "Handling errors" and "Lambda service errors"). */
const serviceErrors = [
  'States.ALL',
  'States.Timeout',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
  // What AWS names a function that ran out of time or memory.
  'Lambda.Unknown',
  'Lambda.ClientExecutionTimeoutException',
  'Sandbox.Timedout',
];

describe('the etl state machine', () => {
  it('is valid Amazon States Language', () => {
    expect(parseDefinition(JSON.parse(text))).toMatchObject({ ok: true });
  });

  it('matches no error that nothing throws', () => {
    const known = new Set([...platformErrors, ...appErrors].map((error) => error.name).concat(serviceErrors));
    for (const name of rules.flatMap((rule) => rule.ErrorEquals)) expect(known, name).toContain(name);
  });

  it('retries every retryable error of ours in extraction, and none that will not pass', () => {
    const names = retried('Extract').flatMap((rule) => rule.ErrorEquals);
    for (const error of [...platformErrors, ...appErrors]) {
      expect(names.includes(error.name), error.name).toBe(error.retryable);
    }
  });

  it('waits longer for a platform that limits the rate than for one that is away', () => {
    const [limited] = retried('Extract').filter((rule) => rule.ErrorEquals.includes('PlatformError.rate-limited'));
    const [away] = retried('Extract').filter((rule) => rule.ErrorEquals.includes('PlatformError.unavailable'));
    expect(limited?.MaxDelaySeconds).toBeGreaterThan(away?.MaxDelaySeconds ?? Number.POSITIVE_INFINITY);
  });

  it.each(tasks)(
    'gives %s a timeout, bounded retries with backoff and jitter, and a catch of everything',
    (_, state) => {
      expect(state.TimeoutSeconds).toBeGreaterThan(0);
      for (const rule of state.Retry ?? []) {
        expect(rule.BackoffRate).toBeGreaterThan(1);
        expect(rule.MaxAttempts).toBeLessThanOrEqual(5);
        expect(rule.MaxDelaySeconds).toBeGreaterThan(0);
        expect(rule.JitterStrategy).toBe('FULL');
      }
      expect(state.Retry?.length).toBeGreaterThan(0);
      expect(state.Catch?.at(-1)?.ErrorEquals).toEqual(['States.ALL']);
    },
  );

  it('names its functions by substitutions alone, the seven of the pipeline', () => {
    const named = new Set(tasks.map(([, state]) => state.Arguments?.FunctionName));
    expect([...named].sort()).toEqual(
      [
        'CheckQuality',
        'ExtractReport',
        'LoadFacts',
        'PlanSync',
        'PublishRollups',
        'RecordFailure',
        'TransformReport',
      ].map((name) => `\${${name}}`),
    );
  });

  it('works on three accounts at a time and lets none stop the others', () => {
    expect(machine.States.Process).toMatchObject({
      MaxConcurrency: expect.stringContaining('$states.input.concurrency : 3'),
      ToleratedFailurePercentage: 100,
    });
  });

  it('takes nothing back from an item: what thousands of them answer together has to fit one payload', () => {
    const ends = Object.values(machine.States.Process?.ItemProcessor?.States ?? {}).filter((state) => state.End);
    expect(ends.map((state) => state.Output)).toEqual([{}, {}]);
  });
});
