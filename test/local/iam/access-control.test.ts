import { describe, expect, it } from 'vitest';
import { loadAccessControl } from '../../../local/iam/access-control.ts';
import type { AccessNeed, ResolvedResource } from '../../../local/ports.ts';

const ACCOUNT = '000000000000';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/worker`;
const TABLE = `arn:aws:dynamodb:eu-central-1:${ACCOUNT}:table/state`;
const QUEUE = `arn:aws:sqs:eu-central-1:${ACCOUNT}:jobs`;
const CALLER = { accessKeyId: 'key', roleArn: ROLE, label: 'function worker' };

function resource(
  type: string,
  properties: Readonly<Record<string, unknown>>,
  physicalId = 'it',
  arn = 'arn:it',
): ResolvedResource {
  return { type, stack: 'Main', logicalId: 'It', physicalId, arn, properties };
}

const role = (properties: Readonly<Record<string, unknown>> = {}): ResolvedResource =>
  resource('AWS::IAM::Role', properties, 'worker', ROLE);
const policy = (...statements: readonly object[]): ResolvedResource =>
  resource('AWS::IAM::Policy', {
    PolicyName: 'worker-policy',
    Roles: ['worker'],
    PolicyDocument: { Statement: statements },
  });

/** Whether a role with these statements may do it. */
function allows(statements: readonly object[], need: AccessNeed): boolean {
  const { control, refusals } = loadAccessControl([role(), policy(...statements)], ACCOUNT);
  expect(refusals).toEqual([]);
  try {
    control.check(CALLER, need);
    return true;
  } catch {
    return false;
  }
}

const GET = { action: 'dynamodb:GetItem', resource: TABLE };

describe('a role', () => {
  it.each<[string, readonly object[], AccessNeed, boolean]>([
    ['the action and resource named', [{ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: TABLE }], GET, true],
    ['another action', [{ Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: TABLE }], GET, false],
    ['another resource', [{ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: `${TABLE}2` }], GET, false],
    [
      'a wildcard action, whatever its case',
      [{ Effect: 'Allow', Action: ['DynamoDB:get*'], Resource: '*' }],
      GET,
      true,
    ],
    [
      'a wildcard that would reach over a colon',
      [{ Effect: 'Allow', Action: '*', Resource: 'arn:*:table/state' }],
      GET,
      false,
    ],
    ['a question mark', [{ Effect: 'Allow', Action: '*', Resource: TABLE.replace('state', 'stat?') }], GET, true],
    ['NotAction', [{ Effect: 'Allow', NotAction: 'dynamodb:Delete*', Resource: '*' }], GET, true],
    ['NotAction of this action', [{ Effect: 'Allow', NotAction: 'dynamodb:Get*', Resource: '*' }], GET, false],
    ['NotResource of this resource', [{ Effect: 'Allow', Action: '*', NotResource: TABLE }], GET, false],
    [
      'an explicit deny beside an allow',
      [
        { Effect: 'Allow', Action: '*', Resource: '*' },
        { Effect: 'Deny', Action: 'dynamodb:GetItem', Resource: '*' },
      ],
      GET,
      false,
    ],
  ])('with %s', (_, statements, need, expected) => {
    expect(allows(statements, need)).toBe(expected);
  });

  it.each<[object, Readonly<Record<string, string | readonly string[]>>, boolean]>([
    [{ StringEquals: { 's3:prefix': ['a', 'b'] } }, { 's3:prefix': 'b' }, true],
    [{ StringEquals: { 's3:prefix': 'a' } }, {}, false],
    [{ StringEqualsIfExists: { 's3:prefix': 'a' } }, {}, true],
    [{ StringNotEquals: { 's3:prefix': 'a' } }, { 's3:prefix': 'b' }, true],
    [{ StringNotEquals: { 's3:prefix': ['a', 'b'] } }, { 's3:prefix': 'b' }, false],
    [{ StringNotEquals: { 's3:prefix': 'a' } }, {}, true],
    [{ StringLike: { 's3:prefix': 'raw/*' } }, { 'S3:Prefix': 'raw/x/y' }, true],
    [{ StringLike: { 's3:prefix': 'raw/*' } }, { 's3:prefix': 'lake/raw/x' }, false],
    [
      { ArnLike: { 'aws:SourceArn': 'arn:aws:events:*:*:rule/*' } },
      { 'aws:SourceArn': 'arn:aws:events:x:1:rule/a/b' },
      true,
    ],
    [{ Bool: { 'aws:SecureTransport': 'true' } }, {}, true],
    [{ Null: { 's3:prefix': 'true' } }, {}, true],
    [{ Null: { 's3:prefix': 'false' } }, {}, false],
    [{ NumericLessThanEquals: { 's3:max-keys': '10' } }, { 's3:max-keys': '9' }, true],
    [{ NumericLessThanEquals: { 's3:max-keys': '10' } }, { 's3:max-keys': '11' }, false],
    [
      { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['a', 'b'] } },
      { 'dynamodb:LeadingKeys': ['a', 'c'] },
      false,
    ],
    [{ 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['a', 'b'] } }, {}, true],
    [
      { 'ForAnyValue:StringEquals': { 'dynamodb:LeadingKeys': ['a', 'b'] } },
      { 'dynamodb:LeadingKeys': ['a', 'c'] },
      true,
    ],
    [{ 'ForAnyValue:StringEquals': { 'dynamodb:LeadingKeys': ['a'] } }, {}, false],
  ])('under the condition %j with %j', (condition, context, expected) => {
    const statement = { Effect: 'Allow', Action: '*', Resource: '*', Condition: condition };
    expect(allows([statement], { ...GET, context })).toBe(expected);
  });

  it('is told who may not do what on which resource, and why', () => {
    const { control } = loadAccessControl([role()], ACCOUNT);
    expect(() => control.check(CALLER, GET)).toThrow(
      `function worker (role worker) may not dynamodb:GetItem on ${TABLE}: no statement allows it.`,
    );
  });

  it('is told which statement denies', () => {
    const { control } = loadAccessControl(
      [role(), policy({ Sid: 'NoReads', Effect: 'Deny', Action: '*', Resource: '*' })],
      ACCOUNT,
    );
    expect(() => control.check(CALLER, GET)).toThrow('worker-policy (NoReads) denies it');
  });

  it('has its inline and AWS managed policies too', () => {
    const inline = {
      PolicyName: 'inline',
      PolicyDocument: { Statement: { Effect: 'Allow', Action: 'dynamodb:*', Resource: TABLE } },
    };
    const managed = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
    const { control } = loadAccessControl([role({ Policies: [inline], ManagedPolicyArns: [managed] })], ACCOUNT);
    expect(() => control.check(CALLER, GET)).not.toThrow();
    expect(() => control.check(CALLER, { action: 'logs:PutLogEvents', resource: 'arn:aws:logs:x:1:y' })).not.toThrow();
  });

  it('that the templates do not hold may do nothing', () => {
    const { control } = loadAccessControl([], ACCOUNT);
    expect(() => control.check(CALLER, GET)).toThrow('the templates hold no such role');
  });
});

it('lets the operator do everything', () => {
  const { control } = loadAccessControl([], ACCOUNT);
  expect(() => control.check({ ...CALLER, roleArn: undefined }, GET)).not.toThrow();
});

it.each<[object, RegExp]>([
  [
    { Effect: 'Allow', Action: '*', Resource: '*', Condition: { BinaryEquals: { x: 'y' } } },
    /BinaryEquals is not supported locally/,
  ],
  [{ Effect: 'Allow', Action: '*', Resource: 'arn:aws:s3:::${aws:username}' }, /policy variable/],
  [{ Effect: 'Perhaps', Action: '*', Resource: '*' }, /neither Allow nor Deny/],
  [{ Effect: 'Allow', Action: '*', Resource: '*', NotPrincipal: '*' }, /NotPrincipal is not supported locally/],
])('refuses %j when policies are loaded', (statement, message) => {
  expect(loadAccessControl([role(), policy(statement)], ACCOUNT).refusals).toEqual([expect.stringMatching(message)]);
});

it('refuses an AWS managed policy it does not know', () => {
  const { refusals } = loadAccessControl(
    [role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] })],
    ACCOUNT,
  );
  expect(refusals).toEqual([expect.stringContaining('AdministratorAccess is not known locally')]);
});

describe('the policy of a resource', () => {
  const RULE = `arn:aws:events:eu-central-1:${ACCOUNT}:rule/bus/on-load`;
  const queue = resource('AWS::SQS::Queue', {}, 'http://127.0.0.1/queue', QUEUE);
  const send = { action: 'sqs:SendMessage', resource: QUEUE };
  const allowRule = {
    Effect: 'Allow',
    Action: 'sqs:SendMessage',
    Resource: QUEUE,
    Principal: { Service: 'events.amazonaws.com' },
    Condition: { ArnEquals: { 'aws:SourceArn': RULE } },
  };
  const queuePolicy = (...statements: readonly object[]): ResolvedResource =>
    resource('AWS::SQS::QueuePolicy', { Queues: [queue.physicalId], PolicyDocument: { Statement: statements } });

  it('admits the rule it names and no other', () => {
    const { control } = loadAccessControl([queue, queuePolicy(allowRule)], ACCOUNT);
    const service = 'events.amazonaws.com';
    expect(() => control.checkResourcePolicy({ service, arn: RULE }, send)).not.toThrow();
    expect(() => control.checkResourcePolicy({ service, arn: `${RULE}2` }, send)).toThrow('no statement allows it');
    expect(() => control.checkResourcePolicy({ service: 'sns.amazonaws.com', arn: RULE }, send)).toThrow(
      'may not sqs:SendMessage',
    );
  });

  it('denies a role that its own policy allows', () => {
    const deny = { Effect: 'Deny', Action: 'sqs:*', Resource: QUEUE, Principal: { AWS: ROLE } };
    const allowed = policy({ Effect: 'Allow', Action: 'sqs:*', Resource: QUEUE });
    const { control } = loadAccessControl([queue, role(), allowed, queuePolicy(deny)], ACCOUNT);
    expect(() => control.check(CALLER, send)).toThrow('of the resource denies it');
  });

  it('takes loopback for a secure transport', () => {
    const deny = {
      Effect: 'Deny',
      Action: 'sqs:*',
      Resource: QUEUE,
      Principal: '*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    };
    const allowed = policy({ Effect: 'Allow', Action: 'sqs:*', Resource: QUEUE });
    const { control } = loadAccessControl([queue, role(), allowed, queuePolicy(deny)], ACCOUNT);
    expect(() => control.check(CALLER, send)).not.toThrow();
  });

  it('admits a service to a function by its permission', () => {
    const arn = `arn:aws:lambda:eu-central-1:${ACCOUNT}:function:on-load`;
    const permission = resource('AWS::Lambda::Permission', {
      Action: 'lambda:InvokeFunction',
      FunctionName: arn,
      Principal: 'events.amazonaws.com',
      SourceArn: RULE,
    });
    const { control } = loadAccessControl([permission], ACCOUNT);
    const need = { action: 'lambda:InvokeFunction', resource: arn };
    expect(() => control.checkResourcePolicy({ service: 'events.amazonaws.com', arn: RULE }, need)).not.toThrow();
    expect(() => control.checkResourcePolicy({ service: 'events.amazonaws.com' }, need)).toThrow(
      'no statement allows it',
    );
  });
});
