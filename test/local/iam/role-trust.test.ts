import { describe, expect, it } from 'vitest';
import { distrustedServices } from '../../../local/iam/role-trust.ts';
import type { ResolvedResource } from '../../../local/ports.ts';

const ACCOUNT = '000000000000';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/worker`;

const resource = (type: string, properties: ResolvedResource['properties'], arn = 'arn:it'): ResolvedResource => ({
  type,
  stack: 'Main',
  logicalId: type.split('::').at(-1) ?? '',
  physicalId: 'it',
  arn,
  properties,
});
const trusting = (...statements: readonly object[]): ResolvedResource =>
  resource('AWS::IAM::Role', { AssumeRolePolicyDocument: { Statement: statements } }, ROLE);
const trust = (service: string, conditions: object = {}): object => ({
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal: { Service: service },
  ...conditions,
});
const SCHEDULE = resource(
  'AWS::Scheduler::Schedule',
  { Target: { Arn: 'arn:fn', RoleArn: ROLE } },
  `arn:aws:scheduler:eu-central-1:${ACCOUNT}:schedule/default/daily`,
);

describe('a role’s trust policy', () => {
  it.each<[string, ResolvedResource, object]>([
    ['a function', resource('AWS::Lambda::Function', { Role: ROLE }), trust('lambda.amazonaws.com')],
    ['a state machine', resource('AWS::StepFunctions::StateMachine', { RoleArn: ROLE }), trust('states.amazonaws.com')],
    ['a schedule', SCHEDULE, trust('scheduler.amazonaws.com')],
    [
      'a schedule of this account',
      SCHEDULE,
      trust('scheduler.amazonaws.com', { Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } }),
    ],
    [
      'a rule with a role',
      resource('AWS::Events::Rule', { Targets: [{ Arn: 'arn:machine', RoleArn: ROLE }] }),
      trust('events.amazonaws.com'),
    ],
  ])('lets %s work under the role', (_who, user, statement) => {
    expect(distrustedServices([trusting(statement), user], ACCOUNT)).toEqual([]);
  });

  it.each<[string, readonly object[]]>([
    ['nobody', []],
    ['another service', [trust('lambda.amazonaws.com')]],
    [
      'schedules of another account',
      [trust('scheduler.amazonaws.com', { Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } })],
    ],
    [
      'all, but denies this one',
      [trust('scheduler.amazonaws.com'), { ...trust('scheduler.amazonaws.com'), Effect: 'Deny' }],
    ],
  ])('that trusts %s is named before anything starts', (_whom, statements) => {
    expect(distrustedServices([trusting(...statements), SCHEDULE], ACCOUNT)).toEqual([
      expect.stringMatching(
        /^AWS::Scheduler::Schedule Main\/Schedule: scheduler.amazonaws.com may not assume Main\/Role: .+ in its trust policy\.$/,
      ),
    ]);
  });
});
