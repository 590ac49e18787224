import { globSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { retention } from '../../contracts/retention.ts';
import type { Route } from '../../contracts/route.ts';
import { routes } from '../../contracts/routes.ts';
import { grain } from '../../contracts/schemas/primitives.ts';
import { lakePlaces } from '../../domain/integrations/workspace-places.ts';
import { watchDefaults as watchLiveDefaults } from '../../functions/analysis/stream-live/stream-live.ts';
import { watchDefaults } from '../../functions/integrations/stream-run-progress/stream-run-progress.ts';
import { synthesize } from '../../scripts/synthesize.ts';

interface Resource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
  readonly DeletionPolicy?: string;
  readonly DependsOn?: string | string[];
}
interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
}

const stacks = [
  'Data',
  'Identity',
  'Stream',
  'Pipeline',
  'Generation',
  'ApiFunctions',
  'Api',
  'Dashboard',
  'Alerts',
  'Monitoring',
] as const;
/** CloudFormation takes 500 resources a stack; whoever comes near splits one before it is refused. */
const mostResources = 450;
type StackName = (typeof stacks)[number];

let folder: string;
const templates = new Map<StackName, Record<string, Resource>>();
const findings: string[] = [];

const load = async (out: string, stage: string, stack: StackName): Promise<Record<string, Resource>> =>
  (
    JSON.parse(await readFile(join(out, `Conext-${stage}-${stack}.template.json`), 'utf8')) as {
      Resources: Record<string, Resource>;
    }
  ).Resources;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'conext-templates-'));
  await synthesize({ out: folder, validate: true });
  for (const stack of stacks) {
    templates.set(stack, await load(folder, 'local', stack));
  }
  const report = JSON.parse(await readFile(join(folder, 'validation-report.json'), 'utf8').catch(() => '{}')) as {
    pluginReports?: { violations?: { ruleName: string }[] }[];
  };
  findings.push(
    ...(report.pluginReports ?? []).flatMap((plugin) => plugin.violations ?? []).map(({ ruleName }) => ruleName),
  );
}, 120_000);

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const all = (type: string): [string, Resource][] =>
  [...templates.values()]
    .flatMap((resources) => Object.entries(resources))
    .filter(([, resource]) => resource.Type === type);
const properties = (resource: Resource): Record<string, unknown> => resource.Properties ?? {};
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

const statements = (): { name: string; statement: Statement }[] =>
  all('AWS::IAM::Policy').flatMap(([name, resource]) =>
    (properties(resource).PolicyDocument as { Statement: Statement[] }).Statement.map((statement) => ({
      name,
      statement,
    })),
  );

describe('the templates', () => {
  it('satisfy the AwsSolutions rules, acknowledged findings aside', () => {
    expect(findings).toEqual([]);
  });

  it('name every action: none is a wildcard', () => {
    const wildcards = statements().flatMap(({ name, statement }) =>
      list(statement.Action)
        .filter((action) => String(action).includes('*'))
        .map((action) => `${name}: ${action}`),
    );
    expect(wildcards).toEqual([]);
  });

  it('let each function do to the state what it does, and nothing else', () => {
    const operationsOf = (role: string): string[] =>
      statements()
        .filter(({ name }) => name.startsWith(role))
        .flatMap(({ statement }) =>
          list(statement.Action)
            .map((action) => String(action).replace('dynamodb:', ''))
            .filter((action) => !action.includes(':'))
            .map((action) => (JSON.stringify(statement.Resource).includes('/index/') ? `${action} on gsi1` : action)),
        )
        .sort();
    const sweeping = new Set(['Scan', 'DeleteItem', 'ConditionCheckItem', 'DescribeTable']);
    // Three take something away: what the worker of changes has applied leaves the outbox, and people remove alert rules and pictures.
    expect(operationsOf('').filter((operation) => sweeping.has(operation))).toEqual(Array(3).fill('DeleteItem'));
    for (const role of ['ApplyChangesRole', 'ManageAlertsRole', 'ManageAssetsRole'])
      expect(operationsOf(role)).toContain('DeleteItem');
    expect(operationsOf('DescribeSessionRole')).toEqual(['GetItem']);
    expect(operationsOf('IssueTokenClaimsRole')).toEqual(['Query on gsi1']);
    expect(operationsOf('StreamRunProgressRole')).toEqual(['GetItem', 'Query']);
    expect(operationsOf('LoadFactsRole')).toEqual(['UpdateItem']);
  });

  it('let the deletion of a workspace reach every folder that holds data of one', () => {
    const erases = statements().filter(
      ({ name, statement }) =>
        name.startsWith('DeleteWorkspaceDataRole') && list(statement.Action).includes('s3:DeleteObjectVersion'),
    );
    const reached = JSON.stringify(erases.map(({ statement }) => statement.Resource));
    for (const folder of Object.keys(lakePlaces)) expect.soft(reached, folder).toContain(`/${folder}/*`);
  });

  it('expire each folder after the days that the retention table has', () => {
    const [lake] = all('AWS::S3::Bucket').filter(([name]) => name.startsWith('Lake'));
    const { Rules = [] } = properties(lake?.[1] ?? { Type: '' }).LifecycleConfiguration as {
      Rules?: { Prefix?: string; ExpirationInDays?: number }[];
    };
    const expiring = Object.values(retention).filter((rule) => rule.by === 's3-lifecycle');
    expect(expiring.length).toBeGreaterThan(4);
    for (const { prefix, days } of expiring) {
      expect.soft(Rules).toContainEqual(expect.objectContaining({ Prefix: prefix, ExpirationInDays: days }));
    }
  });

  it('make fact tables with the columns of their first release: a template that changed would replace them', () => {
    const facts = all('AWS::Glue::Table').filter(([name]) => name.startsWith('fact'));
    expect(facts).toHaveLength(grain.options.length);
    expect(JSON.stringify(facts)).not.toContain('video_views');
  });

  it('allow a bare * resource only where AWS knows no narrower one', () => {
    const withoutResource = new Set([
      'xray:PutTraceSegments',
      'xray:PutTelemetryRecords',
      'xray:GetSamplingRules',
      'xray:GetSamplingTargets',
      'logs:CreateLogDelivery',
      'logs:GetLogDelivery',
      'logs:UpdateLogDelivery',
      'logs:DeleteLogDelivery',
      'logs:ListLogDeliveries',
      'logs:PutResourcePolicy',
      'logs:DescribeResourcePolicies',
      'logs:DescribeLogGroups',
      'dynamodb:ListStreams',
      'kinesis:ListStreams',
      'rekognition:DetectModerationLabels',
      'rekognition:DetectText',
    ]);
    const open = statements()
      .filter(({ statement }) => list(statement.Resource).includes('*'))
      .flatMap(({ statement }) => list(statement.Action).map(String));
    expect(open.filter((action) => !withoutResource.has(action))).toEqual([]);
  });

  it('let whoever reads objects hear that one is missing: S3 asks for s3:ListBucket without a prefix then', () => {
    const lists = statements().filter(({ statement }) => list(statement.Action).includes('s3:ListBucket'));
    expect(lists.length).toBeGreaterThan(0);
    for (const { name, statement } of lists) {
      const { Condition = {} } = statement as Statement & { Condition?: object };
      expect
        .soft(
          Object.keys(Condition).filter((operator) => operator !== 'StringLikeIfExists'),
          name,
        )
        .toEqual([]);
    }
  });

  it('give every function a bounded time, a log group with retention, tracing and at least three alarms', () => {
    const functions = all('AWS::Lambda::Function');
    expect(functions.length).toBeGreaterThan(10);
    const alarms = all('AWS::CloudWatch::Alarm').map(([, alarm]) => JSON.stringify(properties(alarm).Dimensions ?? ''));
    for (const [name, resource] of functions) {
      const { Timeout, TracingConfig, LoggingConfig, Runtime } = properties(resource);
      expect.soft(Timeout, name).toBeGreaterThan(0);
      expect.soft(TracingConfig, name).toEqual({ Mode: 'Active' });
      expect.soft(LoggingConfig, name).toMatchObject({ LogFormat: 'JSON' });
      expect.soft(Runtime, name).toBe('nodejs24.x');
      expect
        .soft(alarms.filter((dimensions) => dimensions.includes(`"${name}"`)).length, name)
        .toBeGreaterThanOrEqual(3);
    }
    for (const [name, resource] of all('AWS::Logs::LogGroup')) {
      expect.soft(properties(resource).RetentionInDays, name).toBeGreaterThan(0);
    }
  });

  it('let CloudWatch publish to the topic that every alarm tells', () => {
    const [policy] = all('AWS::SNS::TopicPolicy').map(([, each]) => properties(each).PolicyDocument) as [
      { Statement: (Statement & { Principal: unknown })[] },
    ];
    expect(policy.Statement).toContainEqual(
      expect.objectContaining({
        Effect: 'Allow',
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': '000000000000' } },
      }),
    );
  });

  it('raise an alarm for a run that fails, one cut off at its time limit and accounts that a run left out', () => {
    const metrics = all('AWS::CloudWatch::Alarm').map(([, alarm]) => {
      const { Namespace, MetricName } = properties(alarm);
      return `${String(Namespace)} ${String(MetricName)}`;
    });
    expect(metrics).toEqual(
      expect.arrayContaining(['AWS/States ExecutionsFailed', 'AWS/States ExecutionsTimedOut', 'Conext accountsFailed']),
    );
  });

  it('show only product metrics that functions write, in their own spelling', async () => {
    const shown = JSON.stringify(all('AWS::CloudWatch::Dashboard')).matchAll(/Conext\\*",\\*"(\w+)/g);
    const names = [...shown].map(([, name]) => name ?? '');
    expect(names.length).toBeGreaterThan(0);
    const writers = globSync('functions/*/*/*.ts', { cwd: join(import.meta.dirname, '../..') });
    const code = (
      await Promise.all(writers.map((file) => readFile(join(import.meta.dirname, '../..', file), 'utf8')))
    ).join('\n');
    expect(names.filter((name) => !code.includes(`metric('${name}'`))).toEqual([]);
  });

  it('answer what the firewall refuses as a problem that the dashboard can read', () => {
    const filtered = all('AWS::ApiGateway::GatewayResponse')
      .map(([, each]) => properties(each))
      .find(({ ResponseType }) => ResponseType === 'WAF_FILTERED');
    expect(filtered).toMatchObject({
      StatusCode: '403',
      ResponseParameters: { 'gatewayresponse.header.Content-Type': "'application/problem+json'" },
    });
    expect(Object.keys(filtered?.ResponseParameters as object)).toContain(
      'gatewayresponse.header.Access-Control-Allow-Origin',
    );
  });

  it('keep the gateway’s own execution logs for as long as all others: their group is there before the stage', () => {
    const [group] = all('AWS::Logs::LogGroup').filter(([, each]) =>
      JSON.stringify(properties(each).LogGroupName).includes('API-Gateway-Execution-Logs_'),
    );
    const [stage] = all('AWS::ApiGateway::Stage');
    expect(JSON.stringify(group?.[1].Properties?.LogGroupName)).toContain(
      `/${String(stage?.[1].Properties?.StageName)}"`,
    );
    expect(stage?.[1].DependsOn).toContain(group?.[0]);
  });

  it('leave no queue, schedule or asynchronous function without a dead-letter path', () => {
    const deadLetters = JSON.stringify([
      ...all('AWS::Lambda::Function').map(([, each]) => properties(each).DeadLetterConfig),
      ...all('AWS::Scheduler::Schedule').map(
        ([, each]) => (properties(each).Target as { DeadLetterConfig?: unknown }).DeadLetterConfig,
      ),
      ...all('AWS::Lambda::EventSourceMapping').map(([, each]) => properties(each).DestinationConfig),
      ...all('AWS::SQS::Queue').map(([, each]) => properties(each).RedrivePolicy),
    ]);
    for (const [name, queue] of all('AWS::SQS::Queue')) {
      expect.soft(deadLetters.includes(name) || properties(queue).RedrivePolicy !== undefined, name).toBe(true);
    }
    for (const [name, schedule] of all('AWS::Scheduler::Schedule')) {
      const target = properties(schedule).Target as { DeadLetterConfig?: unknown; RetryPolicy?: unknown };
      expect.soft(target.DeadLetterConfig, name).toBeDefined();
      expect.soft(target.RetryPolicy, name).toBeDefined();
    }
    for (const [name, mapping] of all('AWS::Lambda::EventSourceMapping')) {
      expect.soft(properties(mapping).DestinationConfig, name).toBeDefined();
    }
  });

  it('tell the recorder of failures of every execution that does not end by itself', () => {
    const rules = all('AWS::Events::Rule')
      .map(([, rule]) => properties(rule))
      .filter(({ EventPattern }) => JSON.stringify(EventPattern ?? '').includes('aws.states'));
    expect(rules).toHaveLength(2);
    for (const rule of rules) {
      expect(rule).toMatchObject({
        State: 'ENABLED',
        EventPattern: {
          source: ['aws.states'],
          'detail-type': ['Step Functions Execution Status Change'],
          detail: { status: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
        },
        Targets: [{ DeadLetterConfig: expect.anything(), RetryPolicy: expect.anything() }],
      });
    }
    const targets = JSON.stringify(rules.map(({ Targets }) => Targets));
    for (const recorder of ['RecordFailure', 'EndGeneration']) expect(targets).toContain(recorder);
  });

  it('let the state machine see and stop its own executions and those of its Map', () => {
    const [found] = statements().filter(({ statement }) => list(statement.Action).includes('states:StopExecution'));
    const resources = list(found?.statement.Resource).map((resource) => JSON.stringify(resource));
    // Executions of the machine and, by their Map's label, its children: `execution:<machine>/<label>:<id>`.
    expect(resources.some((resource) => resource.includes('execution:conext-local-etl:*'))).toBe(true);
    expect(resources.some((resource) => resource.includes('execution:conext-local-etl/Account:*'))).toBe(true);
  });

  it('encrypt and close every bucket', () => {
    for (const [name, bucket] of all('AWS::S3::Bucket')) {
      expect.soft(properties(bucket).BucketEncryption, name).toBeDefined();
      expect.soft(properties(bucket).PublicAccessBlockConfiguration, name).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
    }
  });

  it('have a method with the route’s scope, authorizer and validator for every route of the contract', () => {
    const methods = Object.values(templates.get('Api') ?? {}).filter(({ Type }) => Type === 'AWS::ApiGateway::Method');
    const named = new Map(methods.map((method) => [properties(method).OperationName, properties(method)]));
    for (const [name, route] of Object.entries(routes)) {
      const method = named.get(name);
      expect.soft(method, name).toMatchObject({
        HttpMethod: route.method,
        ...((route as Route).scope === 'public'
          ? { AuthorizationType: 'NONE' }
          : { AuthorizationType: 'COGNITO_USER_POOLS', AuthorizationScopes: [`conext/${route.scope}`] }),
      });
      expect.soft(method?.RequestValidatorId, name).toBeDefined();
      expect
        .soft((method?.Integration as { ResponseTransferMode?: string } | undefined)?.ResponseTransferMode, name)
        .toBe('streaming' in route ? 'STREAM' : undefined);
    }
    expect(
      methods
        .filter((method) => properties(method).AuthorizationType !== 'COGNITO_USER_POOLS')
        .map((method) => properties(method))
        .filter(({ HttpMethod }) => HttpMethod !== 'OPTIONS')
        .map(({ OperationName }) => OperationName)
        .sort(),
    ).toEqual([
      'answerLinkedInChallenge',
      'collectByImage',
      'collectEvents',
      'receiveLinkedInNotices',
      'receiveTikTokNotices',
    ]);
  });

  it('let the deployed stage alone call a function of the API, by one permission each', () => {
    const api = Object.values(templates.get('Api') ?? {});
    const permissions = api
      .filter(({ Type }) => Type === 'AWS::Lambda::Permission')
      .map(properties)
      .filter(({ Principal }) => Principal === 'apigateway.amazonaws.com');
    expect(permissions.filter(({ SourceArn }) => !JSON.stringify(SourceArn).includes('/live/*/*'))).toEqual([]);
    const called = new Set(permissions.map(({ FunctionName }) => JSON.stringify(FunctionName)));
    expect([called.size, permissions.length]).toEqual(
      Array(2).fill(new Set(Object.values(routes).map(({ handler }) => handler)).size),
    );
  });

  it('stay below what a stack may hold', () => {
    for (const [stack, resources] of templates) {
      expect.soft(Object.keys(resources).length, stack).toBeLessThanOrEqual(mostResources);
    }
  });

  it('let people in by the sign-in page alone', () => {
    for (const [name, client] of all('AWS::Cognito::UserPoolClient')) {
      expect.soft(properties(client).ExplicitAuthFlows, name).toEqual(['ALLOW_REFRESH_TOKEN_AUTH']);
    }
  });

  it('raise no alarm when a stream of progress ends as it is meant to', () => {
    const near = (id: string) =>
      Number(
        all('AWS::CloudWatch::Alarm').find(([name]) => name.startsWith(`${id}NearTimeout`))?.[1].Properties?.Threshold,
      );
    expect(near('StreamRunProgress')).toBeGreaterThan(watchDefaults.forMillis + 5_000);
    expect(near('StreamLive')).toBeGreaterThan(watchLiveDefaults.forMillis + 5_000);
  });

  it('hold no secret in an environment variable', () => {
    const names = all('AWS::Lambda::Function').flatMap(([, each]) =>
      Object.keys((properties(each).Environment as { Variables?: object } | undefined)?.Variables ?? {}),
    );
    expect(names.filter((name) => /secret(?!_prefix)|token|password|key/i.test(name))).toEqual([]);
  });

  it('keep the data of prod when its stacks go, and let other stages go whole', async () => {
    const out = join(folder, 'prod');
    await synthesize({ out, context: { stage: 'prod', account: '111122223333', region: 'eu-central-1' } });
    const kept = (await load(out, 'prod', 'Data')) as Record<string, Resource>;
    const state = Object.values(kept).find(({ Type }) => Type === 'AWS::DynamoDB::GlobalTable');
    expect(state?.DeletionPolicy).toBe('Retain');
    for (const [name, { Type, DeletionPolicy }] of Object.entries(kept)) {
      if (Type === 'AWS::Glue::Database' || name.startsWith('fact')) {
        expect.soft(DeletionPolicy, name).toBe('Retain');
      }
    }
    expect(
      Object.values(templates.get('Data') ?? {}).find(({ Type }) => Type === 'AWS::DynamoDB::GlobalTable')
        ?.DeletionPolicy,
    ).toBe('Delete');
  }, 60_000);

  it('refuse a stage on AWS without an account, and a name no resource can carry', async () => {
    const { CDK_DEFAULT_ACCOUNT: _account, ...rest } = process.env;
    const before = process.env;
    process.env = rest;
    try {
      await expect(synthesize({ out: join(folder, 'x'), context: { stage: 'prod' } })).rejects.toThrow(
        /needs an account/,
      );
      await expect(synthesize({ out: join(folder, 'y'), context: { stage: 'Prod_1' } })).rejects.toThrow(
        /lower-case letters and digits/,
      );
    } finally {
      process.env = before;
    }
  }, 60_000);
});
