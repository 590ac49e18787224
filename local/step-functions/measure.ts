/** How fast the engine is, for the bench: plain transitions, and a distributed Map whose items each call a function. */
import type { ResolvedResource } from '../ports.ts';
import { createStepFunctionsService } from './service.ts';

export interface Measured {
  /** States entered a second in a loop of Pass and Choice, history kept. */
  readonly transitionsPerSecond: number;
  readonly map: {
    readonly items: number;
    readonly milliseconds: number;
    /** Two states an item. */
    readonly transitionsPerSecond: number;
    /** Growth of the resident set while it ran. */
    readonly megabytes: number;
  };
}

/** `transitions` stay under what one execution's 25,000 events hold (two a state). */
export async function measureStepFunctions({ items = 10_000, transitions = 10_000 } = {}): Promise<Measured> {
  const service = createStepFunctionsService({
    region: 'eu-central-1',
    accountId: '000000000000',
    databaseFile: ':memory:',
    lambda: { invoke: async (_, payload) => ({ ok: true, payload }) },
    sdk: async () => ({}),
  });
  const time = async (definition: object, input: unknown) => {
    const machine = resourceOf(definition);
    await service.provision(machine);
    const [before, start] = [service.engine.transitions, performance.now()];
    const { status } = await service.closed(service.start(machine.arn, input).executionArn);
    if (status !== 'SUCCEEDED') throw new Error(`The measured execution ended as ${status}.`);
    const milliseconds = performance.now() - start;
    return { milliseconds, transitionsPerSecond: (1000 * (service.engine.transitions - before)) / milliseconds };
  };
  try {
    const loop = await time(countTo, { rounds: Math.floor(transitions / 2) });
    const rss = process.memoryUsage().rss;
    const map = await time(mapOf(items), {});
    const megabytes = Math.max(0, process.memoryUsage().rss - rss) / 1e6;
    return { transitionsPerSecond: loop.transitionsPerSecond, map: { items, ...map, megabytes } };
  } finally {
    await service.close();
  }
}

const countTo = {
  QueryLanguage: 'JSONata',
  StartAt: 'Start',
  States: {
    Start: { Type: 'Pass', Assign: { n: 0, rounds: '{% $states.input.rounds %}' }, Next: 'Step' },
    Step: { Type: 'Pass', Assign: { n: '{% $n + 1 %}' }, Next: 'Again' },
    Again: { Type: 'Choice', Choices: [{ Condition: '{% $n < $rounds %}', Next: 'Step' }], Default: 'Done' },
    Done: { Type: 'Succeed' },
  },
};

function mapOf(items: number): object {
  const States = {
    Prepare: { Type: 'Pass', Output: { id: '{% $states.input %}' }, Next: 'Work' },
    Work: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: 'work', Payload: '{% $states.input %}' },
      Output: '{% $states.result.Payload.id %}',
      TimeoutSeconds: 60,
      Retry: [{ ErrorEquals: ['States.ALL'] }],
      End: true,
    },
  };
  const ProcessorConfig = { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' };
  const ItemProcessor = { ProcessorConfig, StartAt: 'Prepare', States };
  const Items = `{% [1..${items}] %}`;
  return {
    QueryLanguage: 'JSONata',
    StartAt: 'Map',
    States: { Map: { Type: 'Map', Items, ItemProcessor, End: true } },
  };
}

function resourceOf(definition: object): ResolvedResource {
  const arn = 'arn:aws:states:eu-central-1:000000000000:stateMachine:measured';
  return {
    type: 'AWS::StepFunctions::StateMachine',
    stack: 'Measure',
    logicalId: 'Measured',
    physicalId: arn,
    arn,
    properties: { RoleArn: 'arn:aws:iam::000000000000:role/measured', DefinitionString: JSON.stringify(definition) },
  };
}
