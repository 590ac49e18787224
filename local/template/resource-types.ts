/** What `Ref` and `Fn::GetAtt` give for each type of resource, and how its ARN is written. A new type is a new line. */
import { type NameForm, shortId } from './generated-name.ts';

/** Addresses that AWS would give out and this machine gives instead. */
export interface LocalAddresses {
  /** `http://127.0.0.1:4603` */
  readonly endpointUrl: string;
  readonly apiUrl: string;
  readonly identityUrl: string;
}

/** A resource on its way to an identity. */
export interface Subject {
  readonly name: string;
  readonly stack: string;
  readonly logicalId: string;
  readonly region: string;
  readonly accountId: string;
  readonly addresses: LocalAddresses;
  /** A property, resolved; only those the type lists in `reads`. */
  readonly text: (property: string) => string | undefined;
}

type Rule = (it: Subject) => string;

export interface TypeShape {
  /** The property that names the resource; of several the first that is there. */
  readonly nameProperty?: string | readonly string[];
  /** Other properties its identity depends on. */
  readonly reads?: readonly string[];
  readonly form?: NameForm;
  /** What the service draws instead of a readable name. */
  readonly id?: Rule;
  /** `name` unless given. */
  readonly ref?: 'name' | 'arn' | Rule;
  readonly arn?: Rule;
  /** Besides `Arn`. */
  readonly attributes?: Readonly<Record<string, Rule>>;
}

const arn =
  (service: string, resource: Rule): Rule =>
  (it) =>
    `arn:aws:${service}:${it.region}:${it.accountId}:${resource(it)}`;
const global =
  (service: string, resource: Rule): Rule =>
  (it) =>
    `arn:aws:${service}::${it.accountId}:${resource(it)}`;
const name: Rule = (it) => it.name;
const idOf =
  (length: number): Rule =>
  (it) =>
    shortId(`${it.stack}/${it.logicalId}`, length);

/** AWS stamps a stream with its time of creation; here it is always the same, so that a second start finds it again. */
export const STREAM_LABEL = '2026-01-01T00:00:00.000';
const table: Rule = arn('dynamodb', (it) => `table/${it.name}`);
const tableShape: TypeShape = {
  nameProperty: 'TableName',
  arn: table,
  attributes: { StreamArn: (it) => `${table(it)}/stream/${STREAM_LABEL}`, TableId: idOf(20) },
};

/** Path of a child of a REST API, as `/restapis/<api>/<kind>/<id>`. */
const ofApi = (kind: string): TypeShape => ({
  id: idOf(10),
  reads: ['RestApiId'],
  arn: (it) => `arn:aws:apigateway:${it.region}::/restapis/${it.text('RestApiId')}/${kind}/${it.name}`,
});
const ruleName: Rule = (it) => {
  const bus = it.text('EventBusName')?.split('/').at(-1) ?? 'default';
  return bus === 'default' ? it.name : `${bus}/${it.name}`;
};

export const TYPE_SHAPES: Readonly<Record<string, TypeShape>> = {
  'AWS::DynamoDB::Table': tableShape,
  'AWS::DynamoDB::GlobalTable': tableShape,
  'AWS::S3::Bucket': {
    nameProperty: 'BucketName',
    form: { max: 63, lowerCase: true },
    arn: (it) => `arn:aws:s3:::${it.name}`,
    attributes: {
      DomainName: (it) => `${it.name}.s3.amazonaws.com`,
      RegionalDomainName: (it) => `${it.name}.s3.${it.region}.amazonaws.com`,
    },
  },
  'AWS::SQS::Queue': {
    nameProperty: 'QueueName',
    form: { max: 80 },
    ref: (it) => `${it.addresses.endpointUrl}/${it.accountId}/${it.name}`,
    arn: arn('sqs', name),
    attributes: { QueueName: name, QueueUrl: (it) => `${it.addresses.endpointUrl}/${it.accountId}/${it.name}` },
  },
  'AWS::Lambda::Function': {
    nameProperty: 'FunctionName',
    form: { max: 64 },
    arn: arn('lambda', (it) => `function:${it.name}`),
  },
  'AWS::Lambda::EventSourceMapping': {
    id: idOf(20),
    arn: arn('lambda', (it) => `event-source-mapping:${it.name}`),
    attributes: { Id: name },
  },
  'AWS::IAM::Role': {
    nameProperty: 'RoleName',
    form: { max: 64 },
    arn: global('iam', (it) => `role/${it.name}`),
    attributes: { RoleId: (it) => `AROA${idOf(16)(it).toUpperCase()}` },
  },
  'AWS::IAM::ManagedPolicy': {
    nameProperty: 'ManagedPolicyName',
    form: { max: 128 },
    ref: 'arn',
    arn: global('iam', (it) => `policy/${it.name}`),
    attributes: { PolicyArn: global('iam', (it) => `policy/${it.name}`) },
  },
  'AWS::StepFunctions::StateMachine': {
    nameProperty: 'StateMachineName',
    form: { max: 80 },
    ref: 'arn',
    arn: arn('states', (it) => `stateMachine:${it.name}`),
    attributes: { Name: name },
  },
  'AWS::Events::EventBus': {
    nameProperty: 'Name',
    arn: arn('events', (it) => `event-bus/${it.name}`),
    attributes: { Name: name },
  },
  'AWS::Events::Rule': {
    nameProperty: 'Name',
    form: { max: 64 },
    reads: ['EventBusName'],
    ref: (it) => ruleName(it).replace('/', '|'),
    arn: arn('events', (it) => `rule/${ruleName(it)}`),
  },
  'AWS::Scheduler::ScheduleGroup': {
    nameProperty: 'Name',
    form: { max: 64 },
    arn: arn('scheduler', (it) => `schedule-group/${it.name}`),
  },
  'AWS::Scheduler::Schedule': {
    nameProperty: 'Name',
    form: { max: 64 },
    reads: ['GroupName'],
    arn: arn('scheduler', (it) => `schedule/${it.text('GroupName') ?? 'default'}/${it.name}`),
  },
  'AWS::SecretsManager::Secret': {
    nameProperty: 'Name',
    ref: 'arn',
    arn: arn('secretsmanager', (it) => `secret:${it.name}-${idOf(6)(it)}`),
    attributes: { Id: arn('secretsmanager', (it) => `secret:${it.name}-${idOf(6)(it)}`) },
  },
  'AWS::SSM::Parameter': {
    nameProperty: 'Name',
    reads: ['Type', 'Value'],
    arn: arn('ssm', (it) => `parameter/${it.name.replace(/^\//, '')}`),
    attributes: { Type: (it) => it.text('Type') ?? 'String', Value: (it) => it.text('Value') ?? '' },
  },
  'AWS::Athena::WorkGroup': { nameProperty: 'Name', arn: arn('athena', (it) => `workgroup/${it.name}`) },
  'AWS::Kinesis::Stream': {
    nameProperty: 'Name',
    form: { max: 128 },
    arn: arn('kinesis', (it) => `stream/${it.name}`),
  },
  'AWS::KinesisFirehose::DeliveryStream': {
    nameProperty: 'DeliveryStreamName',
    form: { max: 64 },
    arn: arn('firehose', (it) => `deliverystream/${it.name}`),
  },
  'AWS::Glue::Registry': {
    nameProperty: 'Name',
    ref: 'arn',
    arn: arn('glue', (it) => `registry/${it.name}`),
  },
  'AWS::Glue::Schema': {
    nameProperty: 'Name',
    reads: ['Registry.Name'],
    ref: 'arn',
    arn: arn('glue', (it) => `schema/${it.text('Registry.Name')}/${it.name}`),
  },
  'AWS::Glue::SchemaVersion': { id: idOf(36) },
  'AWS::SES::EmailIdentity': { nameProperty: 'EmailIdentity', arn: arn('ses', (it) => `identity/${it.name}`) },
  'AWS::Glue::Database': {
    nameProperty: 'DatabaseInput.Name',
    form: { max: 255, lowerCase: true },
    arn: arn('glue', (it) => `database/${it.name}`),
  },
  'AWS::Glue::Table': {
    nameProperty: ['TableInput.Name', 'Name'],
    form: { max: 255, lowerCase: true },
    reads: ['DatabaseName'],
    arn: arn('glue', (it) => `table/${it.text('DatabaseName')}/${it.name}`),
  },
  'AWS::Cognito::UserPool': {
    id: (it) => `${it.region}_${idOf(9)(it)}`,
    arn: arn('cognito-idp', (it) => `userpool/${it.name}`),
    attributes: {
      UserPoolId: name,
      ProviderName: (it) => `cognito-idp.${it.region}.amazonaws.com/${it.name}`,
      ProviderURL: (it) => `${it.addresses.identityUrl}/${it.name}`,
    },
  },
  'AWS::Cognito::UserPoolClient': {
    id: idOf(26),
    reads: ['UserPoolId'],
    arn: arn('cognito-idp', (it) => `userpool/${it.text('UserPoolId')}/client/${it.name}`),
    attributes: { ClientId: name, Name: (it) => it.logicalId },
  },
  'AWS::Cognito::UserPoolResourceServer': { nameProperty: 'Identifier' },
  'AWS::Cognito::UserPoolDomain': { nameProperty: 'Domain' },
  'AWS::Cognito::UserPoolUser': { nameProperty: 'Username' },
  'AWS::Cognito::UserPoolGroup': { nameProperty: 'GroupName' },
  'AWS::ApiGateway::RestApi': {
    id: idOf(10),
    arn: (it) => `arn:aws:apigateway:${it.region}::/restapis/${it.name}`,
    attributes: { RestApiId: name, RootResourceId: (it) => `${it.name}-root` },
  },
  'AWS::ApiGateway::Resource': { ...ofApi('resources'), attributes: { ResourceId: name } },
  'AWS::ApiGateway::Method': ofApi('methods'),
  'AWS::ApiGateway::Deployment': { ...ofApi('deployments'), attributes: { DeploymentId: name } },
  'AWS::ApiGateway::Stage': {
    nameProperty: 'StageName',
    reads: ['RestApiId'],
    arn: (it) => `arn:aws:apigateway:${it.region}::/restapis/${it.text('RestApiId')}/stages/${it.name}`,
  },
  'AWS::ApiGateway::Authorizer': { ...ofApi('authorizers'), attributes: { AuthorizerId: name } },
  'AWS::ApiGateway::RequestValidator': { ...ofApi('requestvalidators'), attributes: { RequestValidatorId: name } },
  'AWS::ApiGateway::Model': { nameProperty: 'Name', reads: ['RestApiId'] },
  'AWS::ApiGateway::GatewayResponse': ofApi('gatewayresponses'),
  'AWS::ApiGateway::ApiKey': { id: idOf(10), attributes: { APIKeyId: name } },
  'AWS::ApiGateway::UsagePlan': { id: idOf(6), attributes: { Id: name } },
  'AWS::ApiGateway::UsagePlanKey': { id: idOf(10), attributes: { Id: name } },
  'AWS::CloudFront::Distribution': {
    id: idOf(14),
    arn: global('cloudfront', (it) => `distribution/${it.name}`),
    attributes: { Id: name, DomainName: (it) => `${it.name}.cloudfront.net` },
  },
  'AWS::CloudFront::Function': {
    nameProperty: 'Name',
    ref: 'arn',
    arn: global('cloudfront', (it) => `function/${it.name}`),
    attributes: { FunctionARN: global('cloudfront', (it) => `function/${it.name}`) },
  },
  'AWS::CloudFront::OriginAccessControl': { id: idOf(14), attributes: { Id: name } },
  'AWS::CloudFront::ResponseHeadersPolicy': { id: idOf(32), attributes: { Id: name } },
  'AWS::CloudFront::CachePolicy': { id: idOf(32), attributes: { Id: name } },
  'AWS::CloudFront::OriginRequestPolicy': { id: idOf(32), attributes: { Id: name } },
  'AWS::SNS::Topic': {
    nameProperty: 'TopicName',
    ref: 'arn',
    arn: arn('sns', name),
    attributes: { TopicArn: arn('sns', name), TopicName: name },
  },
  'AWS::Bedrock::Guardrail': {
    id: idOf(12),
    ref: 'arn',
    arn: arn('bedrock', (it) => `guardrail/${it.name}`),
    attributes: {
      GuardrailId: name,
      GuardrailArn: arn('bedrock', (it) => `guardrail/${it.name}`),
    },
  },
  'AWS::KMS::Key': { id: idOf(32), arn: arn('kms', (it) => `key/${it.name}`), attributes: { KeyId: name } },
  'AWS::Logs::LogGroup': {
    nameProperty: 'LogGroupName',
    arn: arn('logs', (it) => `log-group:${it.name}:*`),
  },
};

/** For types whose identity nobody asks for by a property of its own. */
export function genericArn(type: string): Rule {
  const [, service = 'aws', kind = 'resource'] = type.toLowerCase().split('::');
  return arn(service, (it) => `${kind}/${it.name}`);
}
