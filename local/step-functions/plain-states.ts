/** Pass, Succeed, Fail, Wait and Choice. */
import type { ChoiceState, FailState, WaitState } from './definition.ts';
import { bindingsOf, type Outcome, type Visit } from './run.ts';
import { evaluateField, settle, sleep } from './settle.ts';
import { StateFailure } from './state-failure.ts';
import type { Template } from './template.ts';

export function passThrough(visit: Visit): Promise<Outcome> {
  return settle(visit, visit.state, bindingsOf(visit), visit.input);
}

export async function failState(visit: Visit<FailState>): Promise<Outcome> {
  const text = async (template: Template | undefined, field: string): Promise<string> => {
    if (template === undefined) return '';
    const value = await evaluateField(visit, template, bindingsOf(visit), field);
    if (typeof value === 'string') return value;
    throw wrongType(visit, field, 'a string', value);
  };
  throw new StateFailure(await text(visit.state.error, 'Error'), await text(visit.state.cause, 'Cause'));
}

/** RFC 3339 as ASL profiles it: date and time divided by T, a zone or Z. */
const timestampForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

export async function waitState(visit: Visit<WaitState>): Promise<Outcome> {
  const { kind, value: template } = visit.state.until;
  const bindings = bindingsOf(visit);
  if (kind === 'seconds') {
    const seconds = await evaluateField(visit, template, bindings, 'Seconds');
    if (typeof seconds !== 'number' || !(seconds >= 0 && seconds <= 99_999_999)) {
      throw wrongType(visit, 'Seconds', 'a number from 0 to 99999999', seconds);
    }
    await sleep(visit, seconds * 1000);
  } else {
    const timestamp = await evaluateField(visit, template, bindings, 'Timestamp');
    if (typeof timestamp !== 'string' || !timestampForm.test(timestamp) || Number.isNaN(Date.parse(timestamp))) {
      throw wrongType(visit, 'Timestamp', 'an RFC 3339 timestamp', timestamp);
    }
    await sleep(visit, Math.max(0, Date.parse(timestamp) - visit.frame.run.surface.timers.now()));
  }
  return settle(visit, visit.state, bindings, visit.input);
}

/** The first rule that holds; the state's own Assign and Output belong to Default. */
export async function choose(visit: Visit<ChoiceState>): Promise<Outcome> {
  const bindings = bindingsOf(visit);
  for (const [index, rule] of visit.state.choices.entries()) {
    const holds = await evaluateField(visit, rule.condition, bindings, `Choices[${index}].Condition`);
    if (typeof holds !== 'boolean') throw wrongType(visit, `Choices[${index}].Condition`, 'true or false', holds);
    if (holds) return settle(visit, rule, bindings, visit.input);
  }
  if (visit.state.default === undefined) {
    throw new StateFailure(
      'States.NoChoiceMatched',
      `No rule of the state "${visit.state.name}" holds and it has no Default.`,
    );
  }
  return settle(visit, { ...visit.state, next: visit.state.default }, bindings, visit.input);
}

function wrongType(visit: Visit, field: string, wanted: string, value: unknown): StateFailure {
  return new StateFailure(
    'States.QueryEvaluationError',
    `The field "${field}" of the state "${visit.state.name}" must be ${wanted}, not ${JSON.stringify(value)}.`,
  );
}
