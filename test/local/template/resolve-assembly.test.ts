import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { loadAssembly } from '../../../local/template/load-assembly.ts';
import { type ResolvedAssembly, resolveAssembly } from '../../../local/template/resolve-assembly.ts';

const ADDRESSES = {
  endpointUrl: 'http://127.0.0.1:4603',
  apiUrl: 'http://127.0.0.1:4601',
  identityUrl: 'http://127.0.0.1:4602',
};
const HANDLED = new Set([
  'AWS::SQS::Queue',
  'AWS::S3::Bucket',
  'AWS::SSM::Parameter',
  'AWS::Lambda::Function',
  'AWS::StepFunctions::StateMachine',
  'AWS::Events::EventBus',
  'AWS::Events::Rule',
  'AWS::DynamoDB::GlobalTable',
  'AWS::SecretsManager::Secret',
]);
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Writes a cloud assembly as `cdk synth` does and resolves it. */
function resolve(
  stacks: Readonly<Record<string, object>>,
  assets: Readonly<Record<string, { readonly path: string; readonly content?: string }>> = {},
): ResolvedAssembly {
  const folder = mkdtempSync(join(tmpdir(), 'conext-assembly-'));
  folders.push(folder);
  const artifacts: Record<string, object> = {};
  const names = Object.keys(stacks);
  // Listed in reverse, so that the order can only come from the dependencies.
  for (const [index, name] of names.toReversed().entries()) {
    const before = names[names.length - 2 - index];
    artifacts[`${name}.assets`] = { type: 'cdk:asset-manifest', properties: { file: `${name}.assets.json` } };
    artifacts[name] = {
      type: 'aws:cloudformation:stack',
      environment: 'aws://000000000000/eu-central-1',
      properties: { templateFile: `${name}.template.json` },
      dependencies: [`${name}.assets`, ...(before === undefined ? [] : [before])],
    };
    writeFileSync(join(folder, `${name}.template.json`), JSON.stringify(stacks[name]));
    const files = Object.entries(assets).map(([key, { path }]) => [
      key,
      { source: { path }, destinations: { here: { bucketName: 'assets', objectKey: `${key}.zip` } } },
    ]);
    writeFileSync(join(folder, `${name}.assets.json`), JSON.stringify({ files: Object.fromEntries(files) }));
  }
  for (const { path, content } of Object.values(assets)) {
    if (content === undefined) mkdirSync(join(folder, path));
    else writeFileSync(join(folder, path), content);
  }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ artifacts }));
  return resolveAssembly(loadAssembly(folder), ADDRESSES, HANDLED);
}

/** What a value in a template becomes. */
function resolvedValue(value: unknown, template: object = {}): unknown {
  const { resources, refusals } = resolve({
    One: { Resources: { Probe: { Type: 'AWS::SSM::Parameter', Properties: { Value: value } } }, ...template },
  });
  if (refusals.length > 0) throw new Error(refusals.join('\n'));
  return resources[0]?.properties.Value;
}

describe('an intrinsic', () => {
  it.each<[string, unknown, unknown]>([
    ['Ref of a pseudo parameter', { Ref: 'AWS::Region' }, 'eu-central-1'],
    ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'AWS::AccountId' }]] }, 'a-000000000000'],
    ['Sub', { 'Fn::Sub': 'arn:${AWS::Partition}:${!literal}' }, 'arn:aws:${literal}'],
    [
      'Sub with variables',
      { 'Fn::Sub': ['${x}/${AWS::Region}', { x: { Ref: 'AWS::StackName' } }] },
      'One/eu-central-1',
    ],
    ['Select of Split', { 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
    ['Base64', { 'Fn::Base64': 'ü' }, 'w7w='],
    ['NoValue in a list', ['a', { Ref: 'AWS::NoValue' }], ['a']],
    ['NoValue in an object', { a: 1, b: { Ref: 'AWS::NoValue' } }, { a: 1 }],
    ['an object that is none', { Ref: 'x', Other: 'y' }, { Ref: 'x', Other: 'y' }],
  ])('%s is evaluated', (_, value, expected) => {
    expect(resolvedValue(value)).toEqual(expected);
  });

  it('FindInMap, parameters and conditions are evaluated', () => {
    const template = {
      Parameters: { Size: { Type: 'String', Default: 'big' } },
      Mappings: { Sizes: { big: { memory: 1024 } } },
      Conditions: {
        IsBig: { 'Fn::Equals': [{ Ref: 'Size' }, 'big'] },
        IsNone: { 'Fn::Not': [{ 'Fn::Or': [{ Condition: 'IsBig' }, { 'Fn::Equals': ['a', 'b'] }] }] },
        IsBoth: { 'Fn::And': [{ Condition: 'IsBig' }, { 'Fn::Not': [{ Condition: 'IsNone' }] }] },
      },
    };
    const memory = { 'Fn::FindInMap': ['Sizes', { Ref: 'Size' }, 'memory'] };
    expect(resolvedValue({ 'Fn::If': ['IsBoth', memory, 'small'] }, template)).toBe(1024);
  });

  it.each<[string, unknown, RegExp]>([
    ['an unknown function', { 'Fn::Cidr': ['10.0.0.0/8', 1] }, /Fn::Cidr is not supported locally/],
    ['a dynamic reference', '{{resolve:secretsmanager:x}}', /\{\{resolve:secretsmanager:x\}\} is not supported/],
    ['an unknown resource', { Ref: 'Nobody' }, /no resource or parameter Nobody/],
    ['an unknown attribute', { 'Fn::GetAtt': ['Probe', 'Colour'] }, /Fn::GetAtt Colour of AWS::SSM::Parameter Probe/],
    ['an export nobody makes', { 'Fn::ImportValue': 'x' }, /no stack exports x/],
  ])('%s is refused by name', (_, value, message) => {
    expect(() => resolvedValue(value)).toThrow(message);
  });
});

it('gives references what CloudFormation would give', () => {
  const { resources } = resolve({
    Main: {
      Resources: {
        Queue: { Type: 'AWS::SQS::Queue', Properties: {} },
        Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::Sub': 'lake-${AWS::AccountId}' } } },
        Table: { Type: 'AWS::DynamoDB::GlobalTable', Properties: {} },
        Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'bus' } },
        Rule: { Type: 'AWS::Events::Rule', Properties: { EventBusName: { Ref: 'Bus' } } },
        Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'key' } },
        Probe: {
          Type: 'AWS::SSM::Parameter',
          Properties: {
            queue: { Ref: 'Queue' },
            queueArn: { 'Fn::GetAtt': ['Queue', 'Arn'] },
            bucket: { Ref: 'Bucket' },
            bucketArn: { 'Fn::GetAtt': ['Bucket', 'Arn'] },
            stream: { 'Fn::GetAtt': ['Table', 'StreamArn'] },
            rule: { 'Fn::GetAtt': ['Rule', 'Arn'] },
            secret: { Ref: 'Secret' },
          },
        },
      },
    },
  });
  const at = 'eu-central-1:000000000000';
  expect(resources.find((it) => it.logicalId === 'Probe')?.properties).toEqual({
    queue: 'http://127.0.0.1:4603/000000000000/Main-Queue',
    queueArn: `arn:aws:sqs:${at}:Main-Queue`,
    bucket: 'lake-000000000000',
    bucketArn: 'arn:aws:s3:::lake-000000000000',
    stream: `arn:aws:dynamodb:${at}:table/Main-Table/stream/2026-01-01T00:00:00.000`,
    rule: `arn:aws:events:${at}:rule/bus/Main-Rule`,
    secret: expect.stringMatching(new RegExp(`^arn:aws:secretsmanager:${at}:secret:key-[a-z0-9]{6}$`)),
  });
});

it('orders resources by what they refer to, across stacks', () => {
  const { resources, refusals } = resolve({
    First: {
      Resources: {
        Later: { Type: 'AWS::SSM::Parameter', Properties: { Value: 'x' }, DependsOn: 'Queue' },
        Queue: { Type: 'AWS::SQS::Queue', Properties: {} },
      },
      Outputs: { QueueArn: { Value: { 'Fn::GetAtt': ['Queue', 'Arn'] }, Export: { Name: 'shared-queue' } } },
    },
    Second: {
      Resources: {
        Imported: { Type: 'AWS::SSM::Parameter', Properties: { Value: { 'Fn::ImportValue': 'shared-queue' } } },
        Output: {
          Type: 'AWS::SSM::Parameter',
          Properties: { Value: { 'Fn::GetStackOutput': { StackName: 'First', OutputName: 'QueueArn' } } },
        },
      },
    },
  });
  expect(refusals).toEqual([]);
  const names = resources.map((it) => it.logicalId);
  expect(names.indexOf('Queue')).toBeLessThan(names.indexOf('Later'));
  const values = resources.filter((it) => it.stack === 'Second').map((it) => it.properties.Value);
  expect(values).toEqual(Array(2).fill('arn:aws:sqs:eu-central-1:000000000000:First-Queue'));
});

it('puts the code of functions and state machines in place of their address', () => {
  const { resources } = resolve(
    {
      Main: {
        Resources: {
          Fn: { Type: 'AWS::Lambda::Function', Properties: { Code: { S3Bucket: 'assets', S3Key: 'code.zip' } } },
          Machine: {
            Type: 'AWS::StepFunctions::StateMachine',
            Properties: { DefinitionS3Location: { Bucket: 'assets', Key: 'machine.zip' } },
          },
        },
      },
    },
    { code: { path: 'asset.code' }, machine: { path: 'asset.machine.json', content: '{"StartAt":"A"}' } },
  );
  expect(resources.map((it) => it.properties)).toEqual([
    { Code: { Folder: join(folders[0] ?? '', 'asset.code') } },
    { DefinitionString: '{"StartAt":"A"}' },
  ]);
});

it('leaves out what a condition excludes and what has no part on this machine', () => {
  const { resources, refusals } = resolve({
    Main: {
      Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
      Resources: {
        Excluded: { Type: 'AWS::SQS::Queue', Properties: {}, Condition: 'Never' },
        Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { Threshold: { 'Fn::Anything': 1 } } },
      },
    },
  });
  expect({ resources, refusals }).toEqual({ resources: [], refusals: [] });
});

it('lists every type it cannot run, not only the first', () => {
  const { refusals } = resolve({
    Main: { Resources: { Vpc: { Type: 'AWS::EC2::VPC' }, Cluster: { Type: 'AWS::MSK::Cluster' } } },
  });
  expect(refusals).toEqual([
    'AWS::EC2::VPC Main/Vpc: the type is not supported locally.',
    'AWS::MSK::Cluster Main/Cluster: the type is not supported locally.',
  ]);
});

it('names the file when there is nothing to read', () => {
  expect(() => loadAssembly('/nowhere/cdk.out')).toThrow(
    '/nowhere/cdk.out/manifest.json is missing; synthesize the templates again.',
  );
});
