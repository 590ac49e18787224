/** Checks a whole definition and compiles it. What this runtime cannot do is refused here, by name, before anything runs. */
import type { Definition, Flow, State } from './definition.ts';
import { FieldReader, isObject } from './field-reader.ts';
import { knownFunctions } from './jsonata-functions.ts';
import { parseState } from './parse-state.ts';
import type { Template } from './template.ts';

export type Parsed =
  | { readonly ok: true; readonly definition: Definition }
  | { readonly ok: false; readonly problems: readonly string[] };

/** 99,999,999 seconds: the longest timeout AWS takes. */
export const MAX_SECONDS = 99_999_999;

/** What a nested flow may see: the variables of the flows around it, unless it is a child execution of its own. */
export interface Surroundings {
  readonly outerVariables: ReadonlySet<string>;
  /** Variables that lie outside a distributed Map and cannot be read in it. */
  readonly unreachable: ReadonlySet<string>;
  readonly names: Set<string>;
  readonly mode: 'STANDARD' | 'EXPRESS';
}

export function parseDefinition(json: unknown): Parsed {
  if (!isObject(json)) return { ok: false, problems: ['the definition is not a JSON object'] };
  const problems: string[] = [];
  const reader = new FieldReader('', json, problems, []);
  reader.only(['Comment', 'StartAt', 'States', 'QueryLanguage', 'Version', 'TimeoutSeconds']);
  if (json.QueryLanguage !== 'JSONata') {
    reader.problem('"QueryLanguage" must be "JSONata": this runtime does not run JSONPath');
  }
  if (reader.has('Version') && json.Version !== '1.0') reader.problem('"Version" must be "1.0"');
  const timeoutSeconds = reader.number('TimeoutSeconds', 1, MAX_SECONDS, true);
  const comment = reader.text('Comment');
  const flow = parseFlow(reader, problems, {
    outerVariables: new Set(),
    unreachable: new Set(),
    names: new Set(),
    mode: 'STANDARD',
  });
  return problems.length > 0 ? { ok: false, problems } : { ok: true, definition: { flow, timeoutSeconds, comment } };
}

/** `StartAt` and `States` of the object the reader stands on. */
export function parseFlow(reader: FieldReader, problems: string[], around: Surroundings): Flow {
  const startAt = reader.requiredText('StartAt');
  const statesJson = reader.raw('States');
  if (!isObject(statesJson) || Object.keys(statesJson).length === 0) {
    reader.problem('"States" must be an object with at least one state');
    return { startAt, states: new Map() };
  }
  const assigned = assignedNames(statesJson);
  for (const name of assigned) {
    if (around.outerVariables.has(name)) {
      reader.problem(`variable "$${name}" is assigned here and in an enclosing scope; inner scopes need other names`);
    }
  }
  const inner: Surroundings = { ...around, outerVariables: new Set([...around.outerVariables, ...assigned]) };
  const states = new Map<string, State>();
  const targets = new Map<string, readonly string[]>();
  for (const [name, stateJson] of Object.entries(statesJson)) {
    if (around.names.has(name))
      reader.problem(`state name "${name}" is used twice; names are unique in the whole machine`);
    around.names.add(name);
    if (name.length > 80) reader.problem(`state name "${name}" is longer than 80 characters`);
    if (!isObject(stateJson)) {
      reader.problem(`state "${name}" must be an object`);
      continue;
    }
    const templates: Template[] = [];
    const stateReader = new FieldReader(`${reader.path}/States/${name}`, stateJson, problems, templates);
    const state = parseState(name, stateReader, problems, inner);
    checkNames(stateReader, templates, assigned, inner);
    if (state === undefined) continue;
    states.set(name, state.state);
    targets.set(name, state.targets);
  }
  checkTransitions(reader, startAt, new Set(Object.keys(statesJson)), targets);
  return { startAt, states };
}

function checkTransitions(
  reader: FieldReader,
  startAt: string,
  names: ReadonlySet<string>,
  targets: ReadonlyMap<string, readonly string[]>,
): void {
  if (startAt !== '' && !names.has(startAt)) reader.problem(`StartAt "${startAt}" is not a state of this flow`);
  for (const [from, nexts] of targets) {
    for (const next of nexts) {
      if (!names.has(next)) reader.problem(`state "${from}" goes to "${next}", which is not a state of this flow`);
    }
  }
  const reached = new Set<string>();
  const queue = [startAt];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    queue.push(...(targets.get(name) ?? []));
  }
  for (const name of targets.keys()) {
    if (!reached.has(name)) reader.problem(`state "${name}" cannot be reached from StartAt`);
  }
}

function checkNames(
  reader: FieldReader,
  templates: readonly Template[],
  assigned: ReadonlySet<string>,
  around: Surroundings,
): void {
  for (const template of templates) {
    for (const name of template.calls) {
      if (name === 'eval') reader.problem('function "$eval" does not exist in Step Functions; use $parse');
      else if (!knownFunctions.has(name)) reader.problem(`function "$${name}" is unknown`);
    }
    for (const name of template.reads) {
      if (around.unreachable.has(name) && !assigned.has(name) && !around.outerVariables.has(name)) {
        reader.problem(`variable "$${name}" lies outside the distributed Map; pass it in with ItemSelector`);
      }
    }
  }
}

/** Variables that the states of this flow assign, in themselves, their choices and catchers. */
function assignedNames(states: Readonly<Record<string, unknown>>): Set<string> {
  const names = new Set<string>();
  const take = (holder: unknown): void => {
    if (isObject(holder) && isObject(holder.Assign)) for (const name of Object.keys(holder.Assign)) names.add(name);
  };
  for (const state of Object.values(states)) {
    if (!isObject(state)) continue;
    take(state);
    for (const list of [state.Choices, state.Catch]) if (Array.isArray(list)) list.forEach(take);
  }
  return names;
}
