import { ArnFormat, type Stack } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Stream } from 'aws-cdk-lib/aws-kinesis';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { physicalName, type Stage } from '../stage.ts';
import { readStageSettings, stageSettings } from '../stage-settings.ts';
import type { Need } from './capability-function.ts';

/**
 * The lake by its given name rather than a reference: policies of other stacks then read as plain text, and the wildcard below
 * each folder can be accepted by name.
 */
export interface Lake {
  readonly bucketName: string;
  readonly partition: string;
}
const bucketArn = (lake: Lake): string => `arn:${lake.partition}:s3:::${lake.bucketName}`;
/** Every object of a folder: the narrowest that S3 can say. */
export const lakeObjects = (lake: Lake, folder: LakeFolder): string => `${bucketArn(lake)}/${folder}/*`;

const allow = (
  actions: readonly string[],
  resources: readonly string[],
  conditions?: Record<string, unknown>,
): PolicyStatement =>
  new PolicyStatement({
    actions: [...actions],
    resources: [...resources],
    ...(conditions === undefined ? {} : { conditions }),
  });

/** What a function may do with the state table, by DynamoDB's names. A transaction is allowed by what it is made of. */
type StateOperation = 'GetItem' | 'BatchGetItem' | 'Query' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'BatchWriteItem';

/** `QueryIndex` is a query of gsi1; what is not named is not allowed. */
export const reachState = (table: TableV2, ...operations: readonly (StateOperation | 'QueryIndex')[]): Need => {
  const onTable = operations.filter((operation) => operation !== 'QueryIndex');
  return {
    environment: { STATE_TABLE: table.tableName },
    statements: [
      ...(onTable.length === 0
        ? []
        : [
            allow(
              onTable.map((operation) => `dynamodb:${operation}`),
              [table.tableArn],
            ),
          ]),
      ...(operations.includes('QueryIndex') ? [allow(['dynamodb:Query'], [`${table.tableArn}/index/gsi1`])] : []),
    ],
  };
};

/**
 * Reading the stream of the state table: what an event source mapping does as its function. The function itself calls none of the
 * four; Lambda names them all where it refuses a mapping (“Cannot access stream”).
 */
export const followStream = (table: TableV2): Need => ({
  environment: {},
  statements: [
    ...(table.tableStreamArn === undefined
      ? []
      : [
          allow(
            ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
            [table.tableStreamArn],
          ),
        ]),
    // It names no stream, and the Service Authorization Reference has no resource for it: on a stream it allows nothing (aws-cdk #9511).
    allow(['dynamodb:ListStreams'], ['*']),
  ],
});

/** Folders of the lake bucket; a function is let into the ones it works in. */
export type LakeFolder =
  | 'raw'
  | 'runs'
  | 'quarantine'
  | 'staging'
  | 'rollups'
  | 'quality'
  | 'imports'
  | 'generation'
  | 'assets'
  | 'athena-results'
  | 'warehouse'
  | 'proofs'
  | 'events'
  | 'events-failed';

/** Reading takes listing with it: without it S3 answers 403 for an object that is not there. */
export const readLake = (lake: Lake, ...folders: readonly LakeFolder[]): Need => ({
  environment: { LAKE_BUCKET: lake.bucketName },
  statements: [
    allow(
      ['s3:GetObject'],
      folders.map((folder) => lakeObjects(lake, folder)),
    ),
    // IfExists: without this permission S3 answers 403 for a key that is missing, and such a read names no prefix.
    allow(['s3:ListBucket'], [bucketArn(lake)], {
      StringLikeIfExists: { 's3:prefix': folders.map((folder) => `${folder}/*`) },
    }),
  ],
});

export const writeLake = (lake: Lake, ...folders: readonly LakeFolder[]): Need => ({
  environment: { LAKE_BUCKET: lake.bucketName },
  statements: [
    allow(
      ['s3:PutObject'],
      folders.map((folder) => lakeObjects(lake, folder)),
    ),
  ],
});

/** Listing and deleting every version of every object in some folders: the end of a workspace. */
export const eraseFromLake = (lake: Lake, ...folders: readonly LakeFolder[]): Need => ({
  environment: { LAKE_BUCKET: lake.bucketName },
  statements: [
    allow(
      ['s3:DeleteObject', 's3:DeleteObjectVersion'],
      folders.map((folder) => lakeObjects(lake, folder)),
    ),
    allow(['s3:ListBucketVersions'], [bucketArn(lake)], {
      StringLike: { 's3:prefix': folders.map((folder) => `${folder}/*`) },
    }),
  ],
});

/** Deleting objects of a folder that are known by name. */
export const removeFromLake = (lake: Lake, ...folders: readonly LakeFolder[]): Need => ({
  environment: { LAKE_BUCKET: lake.bucketName },
  statements: [
    allow(
      ['s3:DeleteObject'],
      folders.map((folder) => lakeObjects(lake, folder)),
    ),
  ],
});

/** Statements through Athena on the warehouse; Athena works with the caller's permissions on Glue and S3. A change reads what is staged. */
export const queryWarehouse = (
  scope: Stack,
  warehouse: { readonly database: string; readonly workgroup: string; readonly lake: Lake },
  access: 'read' | 'change',
): Need => {
  const glue = (resource: string, resourceName?: string): string =>
    scope.formatArn({ service: 'glue', resource, ...(resourceName === undefined ? {} : { resourceName }) });
  const { lake } = warehouse;
  return {
    environment: { ATHENA_WORKGROUP: warehouse.workgroup, WAREHOUSE_DATABASE: warehouse.database },
    statements: [
      allow(
        [
          'athena:StartQueryExecution',
          'athena:GetQueryExecution',
          'athena:GetQueryResults',
          'athena:StopQueryExecution',
        ],
        [scope.formatArn({ service: 'athena', resource: 'workgroup', resourceName: warehouse.workgroup })],
      ),
      allow(
        [
          'glue:GetDatabase',
          'glue:GetTable',
          'glue:GetPartitions',
          ...(access === 'change' ? ['glue:UpdateTable'] : []),
        ],
        [glue('catalog'), glue('database', warehouse.database), glue('table', `${warehouse.database}/*`)],
      ),
      allow(['s3:GetBucketLocation', 's3:ListBucket'], [bucketArn(lake)]),
      allow(
        ['s3:GetObject'],
        (access === 'change'
          ? (['warehouse', 'athena-results', 'staging'] as const)
          : (['warehouse', 'athena-results'] as const)
        ).map((folder) => lakeObjects(lake, folder)),
      ),
      allow(
        ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
        (access === 'change' ? (['athena-results', 'warehouse'] as const) : (['athena-results'] as const)).map(
          (folder) => lakeObjects(lake, folder),
        ),
      ),
      ...(access === 'change' ? [allow(['s3:DeleteObject'], [lakeObjects(lake, 'warehouse')])] : []),
    ],
  };
};

const secretPrefix = (stage: Stage): string => `conext/${stage.name}`;
/** Secrets Manager appends six characters of its own to every name. */
const secretsBelow = (scope: Stack, stage: Stage, folder: 'connections' | 'apps' | 'alert-webhooks'): string =>
  `arn:${scope.partition}:secretsmanager:${scope.region}:${scope.account}:secret:${secretPrefix(stage)}/${folder}/*`;

/** The credentials of connections, and of our apps at the platforms, which complete them. */
export const readConnections = (scope: Stack, stage: Stage): Need => ({
  environment: { SECRET_PREFIX: secretPrefix(stage) },
  statements: [
    allow(
      ['secretsmanager:GetSecretValue'],
      [secretsBelow(scope, stage, 'connections'), secretsBelow(scope, stage, 'apps')],
    ),
  ],
});

/** Our apps at the platforms alone: what they sign with. */
export const readApps = (scope: Stack, stage: Stage): Need => ({
  environment: { SECRET_PREFIX: secretPrefix(stage) },
  statements: [allow(['secretsmanager:GetSecretValue'], [secretsBelow(scope, stage, 'apps')])],
});

/** Both, and keeping what a platform gave in place of a credential. */
export const renewConnections = (scope: Stack, stage: Stage): Need => {
  const { environment, statements } = readConnections(scope, stage);
  return {
    environment,
    statements: [...statements, allow(['secretsmanager:PutSecretValue'], [secretsBelow(scope, stage, 'connections')])],
  };
};

/** Storing credentials, and deleting and restoring those of a connection that was removed. */
export const keepConnections = (scope: Stack, stage: Stage): Need => ({
  environment: { SECRET_PREFIX: secretPrefix(stage) },
  statements: [
    allow(
      [
        'secretsmanager:CreateSecret',
        'secretsmanager:PutSecretValue',
        'secretsmanager:DeleteSecret',
        'secretsmanager:RestoreSecret',
      ],
      [secretsBelow(scope, stage, 'connections')],
    ),
  ],
});

/** Deleting credentials of connections and secrets of webhooks at once and for good; their values stay unread. */
export const removeConnections = (scope: Stack, stage: Stage): Need => ({
  environment: { SECRET_PREFIX: secretPrefix(stage) },
  statements: [
    allow(
      ['secretsmanager:DescribeSecret', 'secretsmanager:DeleteSecret'],
      [secretsBelow(scope, stage, 'connections'), secretsBelow(scope, stage, 'alert-webhooks')],
    ),
  ],
});

/** The secrets that sign what is sent to webhooks of alert rules: made and deleted by one function, read by another. */
export const webhookSecrets = (scope: Stack, stage: Stage, access: 'keep' | 'read'): Need => ({
  environment: { SECRET_PREFIX: secretPrefix(stage) },
  statements: [
    allow(
      access === 'keep'
        ? ['secretsmanager:CreateSecret', 'secretsmanager:DeleteSecret']
        : ['secretsmanager:GetSecretValue'],
      [secretsBelow(scope, stage, 'alert-webhooks')],
    ),
  ],
});

/** Mail through SES from any identity that this account has verified there. */
export const sendMail = (scope: Stack): Need => ({
  environment: {},
  statements: [
    allow(['ses:SendEmail'], [scope.formatArn({ service: 'ses', resource: 'identity', resourceName: '*' })]),
  ],
});

export const parameterPrefix = (stage: Stage): string => `/conext/${stage.name}`;

export const readParameters = (scope: Stack, stage: Stage): Need => ({
  environment: { PARAMETER_PREFIX: parameterPrefix(stage) },
  statements: [
    allow(
      ['ssm:GetParameter'],
      [scope.formatArn({ service: 'ssm', resource: 'parameter', resourceName: `conext/${stage.name}/endpoints` })],
    ),
  ],
});

/** The layers of settings: the stage's goes with the function, the operators' is read from its parameter, a workspace's from the state table. */
export const readSettings = (scope: Stack, stage: Stage): Need => ({
  environment: { PARAMETER_PREFIX: parameterPrefix(stage), STAGE_SETTINGS: readStageSettings(stage.name) },
  statements: [
    allow(
      ['ssm:GetParameter'],
      [scope.formatArn({ service: 'ssm', resource: 'parameter', resourceName: `conext/${stage.name}/settings` })],
    ),
  ],
});

/**
 * The model that writes ads or paints for them, where the stage's file names one, and no other: a model that operators set elsewhere is
 * refused by IAM, and the built-in one stands in. An inference profile leads to the model it is named after, in any region of its own.
 */
export function askModel(scope: Stack, stage: Stage, setting: 'copy.model' | 'images.model'): Need {
  const { [setting]: model = null } = stageSettings(stage.name);
  if (model === null) return { environment: {}, statements: [] };
  const bedrock = (region: string, account: string, resource: string, resourceName: string): string =>
    scope.formatArn({ service: 'bedrock', region, account, resource, resourceName });
  const resources = model.startsWith('arn:')
    ? [model]
    : [
        bedrock(stage.region, stage.account, 'inference-profile', model),
        bedrock('*', '', 'foundation-model', model.replace(/^(us|eu|apac|global)\./, '')),
      ];
  return { environment: {}, statements: [allow(['bedrock:InvokeModel'], resources)] };
}

export const publishEvents = (bus: EventBus): Need => ({
  environment: { EVENT_BUS_NAME: bus.eventBusName },
  statements: [allow(['events:PutEvents'], [bus.eventBusArn])],
});

/** Whether an execution of a state machine is under way; executions are named only once they are started. */
export const followWorkflow = (scope: Stack, stage: Stage, workflow: string): Need => ({
  environment: {},
  statements: [
    allow(
      ['states:DescribeExecution'],
      [
        scope.formatArn({
          service: 'states',
          resource: 'execution',
          resourceName: `${physicalName(stage, workflow)}:*`,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      ],
    ),
  ],
});

export const startWorkflow = (environmentName: string, stateMachineArn: string): Need => ({
  environment: { [environmentName]: stateMachineArn },
  statements: [allow(['states:StartExecution'], [stateMachineArn])],
});

/** The stream of events and the registry of its schemas, as functions know them. */
export interface EventStreamNames {
  readonly streamName: string;
  readonly registryName: string;
}

/** Versions of schemas by their ids, and ids by definition. */
export const readSchemas = (scope: Stack, { registryName }: Pick<EventStreamNames, 'registryName'>): Need => ({
  environment: { SCHEMA_REGISTRY: registryName },
  statements: [
    allow(
      ['glue:GetSchemaVersion', 'glue:GetSchemaByDefinition'],
      [
        scope.formatArn({ service: 'glue', resource: 'registry', resourceName: registryName }),
        scope.formatArn({ service: 'glue', resource: 'schema', resourceName: `${registryName}/*` }),
      ],
    ),
  ],
});

/** Putting events on the stream. */
export const putEvents = (scope: Stack, names: EventStreamNames): Need => {
  const schemas = readSchemas(scope, names);
  return {
    environment: { ...schemas.environment, EVENT_STREAM: names.streamName },
    statements: [
      ...schemas.statements,
      allow(
        ['kinesis:PutRecords'],
        [scope.formatArn({ service: 'kinesis', resource: 'stream', resourceName: names.streamName })],
      ),
    ],
  };
};

/** Reading the stream of events: what an event source mapping, or a delivery, does as its function. */
export const followEvents = (stream: Stream): Need => ({
  environment: {},
  statements: [
    allow(
      [
        'kinesis:DescribeStream',
        'kinesis:DescribeStreamSummary',
        'kinesis:GetRecords',
        'kinesis:GetShardIterator',
        'kinesis:ListShards',
      ],
      [stream.streamArn],
    ),
    // As with streams of tables: Lambda demands it, and it names no stream.
    allow(['kinesis:ListStreams'], ['*']),
  ],
});

/** Keeping what is no event; the mapping sends there as its function too. */
export const keepDeadLetters = (queue: Queue): Need => ({
  environment: { DEAD_LETTER_QUEUE_URL: queue.queueUrl },
  statements: [allow(['sqs:SendMessage'], [queue.queueArn])],
});

/** Answering an execution that waits for a decision: its token says which. */
export const answerWorkflow = (scope: Stack, stage: Stage, workflow: string): Need => ({
  environment: {},
  statements: [
    allow(
      ['states:SendTaskSuccess', 'states:SendTaskFailure'],
      [
        scope.formatArn({
          service: 'states',
          resource: 'stateMachine',
          resourceName: physicalName(stage, workflow),
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      ],
    ),
  ],
});

/** The key that signs Content Credentials: read, and made where there is none. */
export const signContentCredentials = (scope: Stack, stage: Stage): Need => ({
  environment: { SECRET_PREFIX: secretPrefix(stage) },
  statements: [
    allow(
      ['secretsmanager:GetSecretValue', 'secretsmanager:CreateSecret'],
      [
        `arn:${scope.partition}:secretsmanager:${scope.region}:${scope.account}:secret:${secretPrefix(stage)}/content-credentials-*`,
      ],
    ),
  ],
});
