import { KinesisClient } from '@aws-sdk/client-kinesis';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import { type Config, readConfig } from '../../adapters/config.ts';
import { localAws } from '../stage-of.ts';

/** The stream of one stage, and the clients that reach it. */
export interface StreamTarget {
  readonly sqs: SQSClient;
  readonly kinesis: KinesisClient;
  readonly queueUrl: string;
  readonly stream: string;
  /** To reach the registry of schemas. */
  readonly config: Config<'aws' | 'credentials' | 'schemas'>;
}

interface Found {
  readonly region: string;
  readonly endpoint: string | undefined;
  readonly stage: string;
  readonly queueUrl: string;
  readonly registry: string;
}

/** The system that runs on this machine. Throws with what to do when none does. */
export async function localTarget(home: string): Promise<StreamTarget> {
  const aws = await localAws(home);
  return target(
    {
      region: aws.region,
      endpoint: aws.endpointUrl,
      stage: 'local',
      queueUrl: aws.deadLettersUrl,
      registry: aws.schemaRegistry,
    },
    { credentials: { accessKeyId: aws.accessKeyId, secretAccessKey: aws.secretAccessKey } },
  );
}

/** A deployed stage, with the caller's own credentials; what is where its processor says. */
export async function deployedTarget(options: {
  readonly stage: string;
  readonly region: string;
  readonly profile: string | undefined;
}): Promise<StreamTarget> {
  const { stage, region, profile } = options;
  const caller = profile === undefined ? {} : { profile };
  const name = `conext-${stage}-integrations-process-stream`;
  const { Environment } = await new LambdaClient({ region, ...caller }).send(
    new GetFunctionConfigurationCommand({ FunctionName: name }),
  );
  const { DEAD_LETTER_QUEUE_URL, SCHEMA_REGISTRY } = Environment?.Variables ?? {};
  if (DEAD_LETTER_QUEUE_URL === undefined || SCHEMA_REGISTRY === undefined) {
    throw new Error(`${name} names no dead-letter queue; deploy the stage again.`);
  }
  return target(
    { region, endpoint: undefined, stage, queueUrl: DEAD_LETTER_QUEUE_URL, registry: SCHEMA_REGISTRY },
    caller,
  );
}

type Caller = { credentials?: { accessKeyId: string; secretAccessKey: string }; profile?: string };

async function target({ region, endpoint, stage, queueUrl, registry }: Found, caller: Caller): Promise<StreamTarget> {
  const client = { region, maxAttempts: 4, ...caller, ...(endpoint === undefined ? {} : { endpoint }) };
  const sqs = new SQSClient(client);
  const credentials = await sqs.config.credentials();
  return {
    sqs,
    kinesis: new KinesisClient(client),
    queueUrl,
    stream: `conext-${stage}-stream-events`,
    config: readConfig(['aws', 'credentials', 'schemas'], {
      AWS_REGION: region,
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken,
      SCHEMA_REGISTRY: registry,
    }),
  };
}
