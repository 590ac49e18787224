import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { problemCodes } from '../../../contracts/schemas/problem.ts';
import { AppError, type AppErrorCode } from '../../../domain/errors.ts';
import { parseDefinition } from '../../../local/step-functions/parse-definition.ts';

interface Rule {
  readonly ErrorEquals: readonly string[];
  readonly MaxAttempts?: number;
  readonly MaxDelaySeconds?: number;
}
interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly TimeoutSeconds?: number | string;
  readonly Retry?: readonly Rule[];
  readonly Catch?: readonly Rule[];
  readonly Branches?: readonly { readonly States: Record<string, State> }[];
  readonly ItemProcessor?: { readonly States: Record<string, State> };
}

const text = readFileSync(join(import.meta.dirname, '../../../state-machines/campaign-generation.asl.json'), 'utf8');
const machine = JSON.parse(text) as { States: Record<string, State> };
const within = (all: Record<string, State>): [string, State][] =>
  Object.entries(all).flatMap(([name, state]): [string, State][] => [
    [name, state],
    ...(state.Branches ?? []).flatMap(({ States }) => within(States)),
    ...within(state.ItemProcessor?.States ?? {}),
  ]);
const tasks = within(machine.States).filter(([, { Type }]) => Type === 'Task');
const appErrors = (Object.keys(problemCodes) as AppErrorCode[]).map((code) => new AppError(code, ''));

describe('the campaign-generation state machine', () => {
  it('is valid Amazon States Language', () => {
    expect(parseDefinition(JSON.parse(text))).toMatchObject({ ok: true });
  });

  it.each(tasks)('gives %s a timeout, bounded retries and a catch of everything', (_, state) => {
    expect(state.TimeoutSeconds).toBeTruthy();
    expect(state.Retry?.length).toBeGreaterThan(0);
    for (const rule of state.Retry ?? []) {
      expect(rule.MaxAttempts).toBeLessThanOrEqual(5);
      expect(rule.MaxDelaySeconds).toBeGreaterThan(0);
    }
    expect(state.Catch?.at(-1)?.ErrorEquals).toEqual(['States.ALL']);
  });

  it('retries every retryable error of its functions, but a platform’s rate, and none that will not pass', () => {
    for (const [name, state] of tasks) {
      const retried = (state.Retry ?? []).flatMap(({ ErrorEquals }) => ErrorEquals);
      for (const error of appErrors.filter(({ code }) => code !== 'rate-limited')) {
        expect(retried.includes(error.name), `${name} ${error.name}`).toBe(error.retryable);
      }
    }
  });

  it('waits for a decision with a token, and asks nobody twice because nobody answered', () => {
    const [[, approve] = []] = tasks.filter(([, { Resource }]) => Resource?.endsWith('.waitForTaskToken'));
    expect(approve?.TimeoutSeconds).toBe('{% $approvalSeconds %}');
    expect((approve?.Retry ?? []).flatMap(({ ErrorEquals }) => ErrorEquals)).not.toContain('States.Timeout');
  });
});
