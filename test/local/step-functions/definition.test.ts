import { describe, expect, it } from 'vitest';
import { call, MachineRoom, machineResource, only } from './machine-room.ts';

const pass = { Type: 'Pass' };
/** A substitution as CloudFormation writes it. */
const placeholder = (name: string) => `$\{${name}}`;
const map = (
  more: object,
  config: object | undefined = { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
  states: object = { I: { ...pass, End: true } },
) =>
  only({
    Type: 'Map',
    ItemProcessor: { ...(config && { ProcessorConfig: config }), StartAt: 'I', States: states },
    ...more,
  });
const task = (Resource: string, more: object = {}) => only({ Type: 'Task', Resource, ...more });

const refusals: readonly (readonly [string, object, string])[] = [
  ['JSONPath as the query language', { ...only(pass), QueryLanguage: 'JSONPath' }, 'does not run JSONPath'],
  ['JSONPath in one state', only({ ...pass, QueryLanguage: 'JSONPath' }), 'does not run JSONPath'],
  ['fields of JSONPath', only({ ...pass, ResultPath: '$.a' }), 'field "ResultPath" belongs to JSONPath'],
  ['Result of a Pass', only({ ...pass, Result: 1 }), 'field "Result" belongs to JSONPath'],
  ['unknown fields', only({ ...pass, Otput: 1 }), 'field "Otput" is not supported'],
  ['unknown fields at the top', { ...only(pass), Foo: 1 }, 'field "Foo" is not supported'],
  ['unknown state types', only({ Type: 'Task2' }), 'state type "Task2" is unknown'],
  ['a StartAt that is no state', { StartAt: 'X', States: { A: { ...pass, End: true } } }, 'StartAt "X" is not a state'],
  [
    'a Next that is no state',
    { StartAt: 'A', States: { A: { ...pass, Next: 'B' } } },
    'goes to "B", which is not a state',
  ],
  [
    'a Catch to a state outside',
    only(call('f', { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'B' }] })),
    'goes to "B"',
  ],
  [
    'a state that nothing reaches',
    { StartAt: 'A', States: { A: { ...pass, End: true }, B: { ...pass, End: true } } },
    'state "B" cannot be reached',
  ],
  ['neither Next nor End', { StartAt: 'A', States: { A: pass } }, 'exactly one of "Next" and "End"'],
  [
    'one state name in two flows',
    map({}, undefined, { Only: { ...pass, End: true }, I: { ...pass, Next: 'Only' } }),
    'state name "Only" is used twice',
  ],
  ['expressions that do not parse', only({ ...pass, Output: '{% $a( %}' }), 'does not parse'],
  ['empty expressions', only({ ...pass, Output: '{% %}' }), 'an expression is empty'],
  ['unknown functions', only({ ...pass, Output: '{% $frobnicate(1) %}' }), 'function "$frobnicate" is unknown'],
  ['$eval', only({ ...pass, Output: "{% $eval('1') %}" }), 'function "$eval" does not exist'],
  ['unknown resources', task('arn:aws:states:::ecs:runTask'), 'ecs:runTask" is not supported'],
  ['.sync of an SDK call', task('arn:aws:states:::aws-sdk:athena:startQueryExecution.sync'), 'have no .sync'],
  [
    'patterns an integration lacks',
    task('arn:aws:states:::dynamodb:putItem.waitForTaskToken'),
    'does not support ".waitForTaskToken"',
  ],
  ['activities', task('arn:aws:states:eu-central-1:000000000000:activity:a'), 'is not supported'],
  [
    'asynchronous invocation',
    only({ ...call('f'), Arguments: { FunctionName: 'f', InvocationType: 'Event' } }),
    '"InvocationType" must be',
  ],
  [
    'arguments that would be dropped',
    only({ ...call('f'), Arguments: { FunctionName: 'f', ClientContext: 'x' } }),
    'field "ClientContext" is not supported',
  ],
  [
    'Credentials',
    only({ ...call('f'), Credentials: { RoleArn: 'r' } }),
    'field "Credentials" is not supported locally',
  ],
  ['TimeoutSeconds of 0', only({ ...call('f'), TimeoutSeconds: 0 }), '"TimeoutSeconds" must be a whole number'],
  [
    'a misspelt States error',
    only(call('f', { Retry: [{ ErrorEquals: ['States.TimeOut'] }] })),
    'error name "States.TimeOut" is unknown',
  ],
  [
    'States.ALL in company',
    only(call('f', { Retry: [{ ErrorEquals: ['States.ALL', 'A'] }] })),
    '"States.ALL" must stand alone and last',
  ],
  [
    'States.ALL before others',
    only(call('f', { Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['A'] }] })),
    'alone and last',
  ],
  [
    'MaxDelaySeconds not above the interval',
    only(call('f', { Retry: [{ ErrorEquals: ['A'], IntervalSeconds: 5, MaxDelaySeconds: 5 }] })),
    '"MaxDelaySeconds" must be greater',
  ],
  ['assigning $states', only({ ...pass, Assign: { states: 1 } }), '"states" is reserved'],
  [
    'a choice without a condition',
    { StartAt: 'C', States: { C: { Type: 'Choice', Choices: [{ Next: 'C' }] } } },
    '"Condition" is required',
  ],
  [
    'a Wait with two ends',
    only({ Type: 'Wait', Seconds: 1, Timestamp: '2026-01-01T00:00:00Z' }),
    'exactly one of "Seconds" and "Timestamp"',
  ],
  ['ResultWriter', map({ ResultWriter: {} }), 'field "ResultWriter" is not supported locally'],
  [
    'tolerances of an inline Map',
    map({ ToleratedFailureCount: 1 }, { Mode: 'INLINE' }),
    'needs "ProcessorConfig.Mode": "DISTRIBUTED"',
  ],
  [
    'CSV items',
    map({
      ItemReader: { Resource: 'arn:aws:states:::s3:getObject', ReaderConfig: { InputType: 'CSV' }, Arguments: {} },
    }),
    'CSV is not supported',
  ],
  [
    'other item readers',
    map({ ItemReader: { Resource: 'arn:aws:states:::athena:getQueryResults', Arguments: {} } }),
    'getQueryResults" is not supported',
  ],
  [
    'waiting in an EXPRESS processor',
    map(
      {},
      { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
      { I: { ...call('f'), Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken', End: true } },
    ),
    'cannot be used in an EXPRESS',
  ],
];

describe('a definition', () => {
  it.each(refusals)('is refused for %s', async (_, definition, reason) => {
    await using room = new MachineRoom();
    const refusal = room.service.refuse(machineResource(definition));
    expect(refusal).toContain('AWS::StepFunctions::StateMachine Pipeline/Machine');
    expect(refusal).toContain(reason);
    await expect(room.define(definition)).rejects.toThrow('Invalid State Machine Definition');
  });

  it('is refused for a variable assigned in an enclosing scope too', async () => {
    await using room = new MachineRoom();
    const inner = { I: { ...pass, Assign: { v: 2 }, End: true } };
    const definition = map({ Assign: { v: 1 } }, { Mode: 'INLINE' }, inner);
    expect(room.service.refuse(machineResource(definition))).toContain(
      'variable "$v" is assigned here and in an enclosing scope',
    );
  });

  it('is refused for reading an outer variable in a distributed Map, which starts without any', async () => {
    await using room = new MachineRoom();
    const inner = { I: { ...pass, Output: '{% $v %}', End: true } };
    const machine = (mode: object) => {
      const states = (map({}, mode, inner) as { States: { Only: object } }).States;
      return { StartAt: 'Set', States: { Set: { ...pass, Assign: { v: 1 }, Next: 'Only' }, ...states } };
    };
    const far = machine({ Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' });
    expect(room.service.refuse(machineResource(far))).toContain('"$v" lies outside the distributed Map');
    expect(room.service.refuse(machineResource(machine({ Mode: 'INLINE' })))).toBeUndefined();
  });

  it('takes functions and variables an expression defines itself', async () => {
    await using room = new MachineRoom();
    const Output =
      '{% ($f := function($x) { $x < 2 ? 1 : $x * $f($x - 1) }; $map([1..4], function($n, $i) { $f($n) + $i })) %}';
    expect((await room.run(only({ ...pass, Output }))).output).toEqual([1, 3, 8, 27]);
  });

  it('gets its substitutions, escaped for the text they stand in', async () => {
    await using room = new MachineRoom();
    const definition = only({ ...pass, Output: [placeholder('Bucket'), placeholder('Quote')] });
    const DefinitionSubstitutions = { Bucket: 'lake', Quote: 'a "b"' };
    await room.service.provision(machineResource(definition, 'machine', { DefinitionSubstitutions }));
    const { executionArn } = room.service.start(machineResource({}).arn, {});
    expect((await room.finish(executionArn)).output).toEqual(['lake', 'a "b"']);
  });

  it.each([
    ['a substitution that is missing', { DefinitionSubstitutions: { Other: 'x' } }, placeholder('Bucket')],
    ['EXPRESS machines', { StateMachineType: 'EXPRESS' }, 'StateMachineType EXPRESS'],
    ['an unknown property', { Shape: 1 }, 'property Shape'],
  ])('is refused for %s', async (_, properties, reason) => {
    await using room = new MachineRoom();
    const resource = machineResource(only({ ...pass, Output: placeholder('Bucket') }), 'machine', properties);
    expect(room.service.refuse(resource)).toContain(reason);
  });
});

describe('functions that Step Functions adds to JSONata', () => {
  it.each([
    ['$partition([1..5], 2)', [[1, 2], [3, 4], [5]]],
    ['$range(0, 10, 5)', [0, 5, 10]],
    ['$range(3, 1, -1)', [3, 2, 1]],
    // FIPS 180-4 and RFC 1321 test vectors for "abc".
    ["$hash('abc', 'SHA-256')", 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ["$hash('abc', 'SHA-1')", 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    ["$hash('abc', 'MD5')", '900150983cd24fb0d6963f7d28e17f72'],
    ['$parse(\'{"a":[1]}\')', { a: [1] }],
    ['$random(7) = $random(7)', true],
    ['$random() >= 0 and $random() < 1', true],
    ['$contains($uuid(), /^[0-9a-f-]{14}4[0-9a-f-]{21}$/)', true],
  ])('%s', async (source, output) => {
    await using room = new MachineRoom();
    expect((await room.run(only({ ...pass, Output: `{% ${source} %}` }))).output).toEqual(output);
  });

  it.each(["$hash('a', 'SHA-3')", '$partition([1], 0)', '$range(1, 2, 0)', "$parse('{')", '$range(1, 9999999999, 1)'])(
    '%s fails as an expression does',
    async (source) => {
      await using room = new MachineRoom();
      expect((await room.run(only({ ...pass, Output: `{% ${source} %}` }))).error).toBe('States.QueryEvaluationError');
    },
  );
});
