/** One state of a definition. */
import type { Catcher, ChoiceRule, Retrier, State } from './definition.ts';
import { type FieldReader, isObject } from './field-reader.ts';
import { MAX_SECONDS, parseFlow, type Surroundings } from './parse-definition.ts';
import { parseMap } from './parse-map.ts';
import { knownStatesErrors } from './state-failure.ts';
import { fieldsOf, refusedFields } from './state-fields.ts';
import { parseTaskResource } from './task-resource.ts';
import type { Template } from './template.ts';

export interface ParsedState {
  readonly state: State;
  /** Every state it may go to. */
  readonly targets: readonly string[];
}

export function parseState(
  name: string,
  reader: FieldReader,
  problems: string[],
  around: Surroundings,
): ParsedState | undefined {
  const type = reader.requiredText('Type');
  const fields = Object.hasOwn(fieldsOf, type) ? fieldsOf[type] : undefined;
  if (fields === undefined) {
    if (type !== '') reader.problem(`state type "${type}" is unknown`);
    return undefined;
  }
  reader.only(fields, refusedFields);
  if (reader.has('QueryLanguage') && reader.raw('QueryLanguage') !== 'JSONata') {
    reader.problem('"QueryLanguage" must be "JSONata": this runtime does not run JSONPath');
  }
  const base = { name, assign: assignment(reader), output: reader.template('Output'), next: transition(type, reader) };
  const errors = { retry: retriers(reader), catch: catchers(reader) };
  const targets = [...(base.next === undefined ? [] : [base.next]), ...errors.catch.map((catcher) => catcher.next)];
  switch (type) {
    case 'Pass':
    case 'Succeed':
      return { state: { ...base, type }, targets };
    case 'Fail':
      return { state: { ...base, type, error: reader.template('Error'), cause: reader.template('Cause') }, targets };
    case 'Wait':
      return wait(reader, base, targets);
    case 'Choice': {
      const choices = choiceRules(reader);
      const fallback = reader.text('Default');
      return {
        state: { ...base, type, choices, default: fallback },
        targets: [...choices.map((rule) => rule.next), ...(fallback === undefined ? [] : [fallback])],
      };
    }
    case 'Task': {
      const resource = parseTaskResource(reader.requiredText('Resource'));
      if (typeof resource === 'string') {
        reader.problem(resource);
        return undefined;
      }
      if (around.mode === 'EXPRESS' && resource.pattern !== 'request') {
        reader.problem(`"${resource.resource}" cannot be used in an EXPRESS item processor`);
      }
      refuseArguments(resource.kind, reader);
      // What AWS passes to a JSONata Task without Arguments is not documented: nothing here may depend on it.
      if (!reader.has('Arguments'))
        reader.problem('"Arguments" is required; "{% $states.input %}" passes the input on');
      const args = reader.template('Arguments');
      if (args === undefined) return undefined;
      return {
        state: {
          ...base,
          ...errors,
          type,
          resource,
          arguments: args,
          timeoutSeconds: reader.numberTemplate('TimeoutSeconds', 1, MAX_SECONDS),
          heartbeatSeconds: reader.numberTemplate('HeartbeatSeconds', 1, MAX_SECONDS),
        },
        targets,
      };
    }
    case 'Parallel': {
      const branches = reader.objects('Branches').map((branch) => {
        branch.only(['StartAt', 'States', 'Comment']);
        return parseFlow(branch, problems, around);
      });
      if (branches.length === 0) reader.problem('"Branches" must hold at least one branch');
      return { state: { ...base, ...errors, type, branches, arguments: reader.template('Arguments') }, targets };
    }
    default:
      return parseMap(reader, base, errors, targets, problems, around);
  }
}

const lambdaArguments = ['FunctionName', 'Payload', 'Qualifier', 'InvocationType'];
const startArguments = ['StateMachineArn', 'Input', 'Name'];

/** Arguments a local integration would otherwise drop in silence. */
function refuseArguments(kind: string, reader: FieldReader): void {
  const known = kind === 'lambda' ? lambdaArguments : kind === 'start-execution' ? startArguments : undefined;
  const given = reader.raw('Arguments');
  if (known === undefined || !isObject(given)) return;
  reader.object('Arguments')?.only(known);
  const mode = given.InvocationType;
  if (mode !== undefined && mode !== 'RequestResponse')
    reader.problem('"InvocationType" must be "RequestResponse" locally');
}

function transition(type: string, reader: FieldReader): string | undefined {
  if (type === 'Choice' || type === 'Succeed' || type === 'Fail') return undefined;
  const next = reader.text('Next');
  const end = reader.raw('End');
  if ((next === undefined) === (end !== true)) reader.problem('exactly one of "Next" and "End": true is required');
  return next;
}

function assignment(reader: FieldReader): Template | undefined {
  const names = reader.object('Assign');
  if (names === undefined) return undefined;
  for (const name of Object.keys(reader.raw('Assign') as object)) {
    if (!/^[\p{L}_][\p{L}\p{N}_]{0,79}$/u.test(name)) names.problem(`"${name}" is not a variable name`);
    if (name === 'states') names.problem('"states" is reserved');
  }
  return reader.template('Assign');
}

function errorNames(reader: FieldReader, last: boolean): readonly string[] {
  const value = reader.raw('ErrorEquals');
  if (!Array.isArray(value) || value.length === 0 || !value.every((name) => typeof name === 'string')) {
    reader.problem('"ErrorEquals" must be a non-empty array of strings');
    return [];
  }
  const names: string[] = value;
  for (const name of names) {
    if (name.startsWith('States.') && !knownStatesErrors.has(name)) reader.problem(`error name "${name}" is unknown`);
  }
  if (names.includes('States.ALL') && (names.length > 1 || !last)) {
    reader.problem('"States.ALL" must stand alone and last');
  }
  return names;
}

function retriers(reader: FieldReader): readonly Retrier[] {
  const fields = ['ErrorEquals', 'IntervalSeconds', 'MaxAttempts', 'BackoffRate', 'MaxDelaySeconds', 'JitterStrategy'];
  return reader.objects('Retry').map((retry, index, all) => {
    retry.only([...fields, 'Comment']);
    const jitter = retry.text('JitterStrategy') ?? 'NONE';
    if (jitter !== 'NONE' && jitter !== 'FULL') retry.problem('"JitterStrategy" must be NONE or FULL');
    const intervalSeconds = retry.number('IntervalSeconds', 1, MAX_SECONDS, true) ?? 1;
    const maxDelaySeconds = retry.number('MaxDelaySeconds', 1, 31_622_399, true);
    if (maxDelaySeconds !== undefined && maxDelaySeconds <= intervalSeconds) {
      retry.problem('"MaxDelaySeconds" must be greater than "IntervalSeconds"');
    }
    return {
      errorEquals: errorNames(retry, index === all.length - 1),
      intervalSeconds,
      maxAttempts: retry.number('MaxAttempts', 0, MAX_SECONDS, true) ?? 3,
      backoffRate: retry.number('BackoffRate', 1, Number.MAX_VALUE, false) ?? 2,
      maxDelaySeconds,
      jitter: jitter === 'FULL' ? 'FULL' : 'NONE',
    };
  });
}

function catchers(reader: FieldReader): readonly Catcher[] {
  return reader.objects('Catch').map((item, index, all) => {
    item.only(['ErrorEquals', 'Next', 'Assign', 'Output', 'Comment'], refusedFields);
    return {
      errorEquals: errorNames(item, index === all.length - 1),
      next: item.requiredText('Next'),
      assign: assignment(item),
      output: item.template('Output'),
    };
  });
}

function choiceRules(reader: FieldReader): readonly ChoiceRule[] {
  const rules = reader.objects('Choices');
  if (rules.length === 0) reader.problem('"Choices" must hold at least one rule');
  return rules.flatMap((rule) => {
    rule.only(['Condition', 'Next', 'Assign', 'Output', 'Comment'], { Variable: refusedFields.Parameters ?? '' });
    const condition = rule.expression('Condition');
    if (!rule.has('Condition')) rule.problem('"Condition" is required');
    const next = rule.requiredText('Next');
    const [assign, output] = [assignment(rule), rule.template('Output')];
    return condition === undefined ? [] : [{ condition, next, assign, output }];
  });
}

export type Base = Pick<State, 'name' | 'assign' | 'output' | 'next'>;

function wait(reader: FieldReader, base: Base, targets: readonly string[]): ParsedState | undefined {
  if (reader.has('Seconds') === reader.has('Timestamp')) {
    reader.problem('exactly one of "Seconds" and "Timestamp" is required');
    return undefined;
  }
  const kind = reader.has('Seconds') ? 'seconds' : 'timestamp';
  const value = kind === 'seconds' ? reader.numberTemplate('Seconds', 0, MAX_SECONDS) : reader.template('Timestamp');
  return value === undefined ? undefined : { state: { ...base, type: 'Wait', until: { kind, value } }, targets };
}
