/** Every emulated service of this system, wired to the router and to each other. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { CredentialBook } from '../endpoint/credentials.ts';
import { createTargetDelivery } from '../endpoint/deliver-to-target.ts';
import { createSdkCaller } from '../endpoint/sdk-caller.ts';
import type { ServiceRouter } from '../endpoint/service-router.ts';
import { type AsyncInvocations, createAsyncInvocations } from '../functions/async-invocations.ts';
import { createFunctionRuntime, type FunctionRuntime } from '../functions/function-runtime.ts';
import { createLambdaService } from '../functions/lambda-service.ts';
import type { AccessControl } from '../iam/access-control.ts';
import type { Clock, LocalService, Provisioner } from '../ports.ts';
import { createAthena } from '../services/athena/athena-service.ts';
import { createDynamoDb, type DynamoDbService } from '../services/dynamodb/dynamodb-service.ts';
import { createEventSourceMappings } from '../services/event-sources/event-source-mappings.ts';
import { createEvents } from '../services/events/events-service.ts';
import { createFirehose } from '../services/firehose/firehose-service.ts';
import { createGlue } from '../services/glue/glue-service.ts';
import { createGuardrails } from '../services/guardrails/guardrails-service.ts';
import { createKinesis } from '../services/kinesis/kinesis-service.ts';
import type { Place } from '../services/place.ts';
import { createRekognition } from '../services/rekognition/rekognition-service.ts';
import { createS3 } from '../services/s3/s3-service.ts';
import { createScheduler } from '../services/scheduler/scheduler-service.ts';
import { createSecrets } from '../services/secrets/secrets-service.ts';
import { createSes } from '../services/ses/ses-service.ts';
import { createSqs } from '../services/sqs/sqs-service.ts';
import { createSsm } from '../services/ssm/ssm-service.ts';
import type { ExecutionRecord } from '../step-functions/execution-store.ts';
import { createStepFunctionsService, type StepFunctionsService } from '../step-functions/service.ts';

export interface LocalServicesSettings extends Place {
  readonly dataDir: string;
  readonly logsFolder: string;
  readonly clock: Clock;
  readonly endpointUrl: string;
  readonly router: ServiceRouter;
  readonly credentials: CredentialBook;
  readonly accessControl: () => AccessControl;
  readonly databasePort: number;
  /** A DynamoDB Local that runs already. */
  readonly databaseEndpoint: string | undefined;
  readonly log: (message: string, error?: unknown) => void;
}

export interface LocalServices {
  readonly functions: FunctionRuntime;
  readonly events: AsyncInvocations;
  readonly database: DynamoDbService;
  readonly stepFunctions: StepFunctionsService;
  readonly provisioners: readonly Provisioner[];
  /** First what starts work, then what does it, then what stores it. */
  close(): Promise<void>;
}

export function createLocalServices(settings: LocalServicesSettings): LocalServices {
  const { region, accountId, dataDir, clock, router, accessControl, log } = settings;
  const service = { region, accountId, dataDir, clock };

  const functions = createFunctionRuntime({
    region,
    accountId,
    logsFolder: settings.logsFolder,
    codeFolder: join(dataDir, 'code'),
    endpointUrl: settings.endpointUrl,
    credentials: settings.credentials,
  });
  const targets = createTargetDelivery({
    router,
    accessControl,
    enqueue: (functionArn, event) => events.enqueue(functionArn, event, randomUUID()),
    queueUrlOf: (arn) => `${settings.endpointUrl}/${accountId}/${arn.split(':').at(-1)}`,
  });
  const events = createAsyncInvocations({ folder: join(dataDir, 'events-waiting'), functions, targets, clock, log });

  const s3 = createS3(service);
  const sqs = createSqs({ ...service, endpoint: settings.endpointUrl });
  const secrets = createSecrets(service);
  const ssm = createSsm(service);
  const athena = createAthena({ ...service, s3 });
  const kinesis = createKinesis(service);
  const glue = createGlue(service);
  const ses = createSes({ ...service, log });
  const guardrails = createGuardrails(service);
  const rekognition = createRekognition({ readObject: s3.readObject });
  const database = createDynamoDb({
    ...service,
    port: settings.databasePort,
    endpoint: settings.databaseEndpoint,
  });
  const eventBus = createEvents({ ...service, targets });
  const scheduler = createScheduler({ ...service, targets });
  const stepFunctions = createStepFunctionsService({
    region,
    accountId,
    lambda: functions,
    sdk: createSdkCaller(router),
    authorize: (roleArn, action, resource) =>
      accessControl().check({ accessKeyId: 'service', roleArn, label: 'states.amazonaws.com' }, { action, resource }),
    databaseFile: join(dataDir, 'step-functions.sqlite'),
    clock,
    onStatusChange: (execution) => eventBus.publish(statusChange(execution)),
  });
  const eventSources = createEventSourceMappings({
    ...service,
    queues: sqs.queues,
    streams: database.streams,
    kinesis: kinesis.reader,
    invoker: functions,
    roleOf: (functionName) => functions.definitionOf(functionName).roleArn,
    authorize: (roleArn, need) =>
      accessControl().check({ accessKeyId: 'service', roleArn, label: 'lambda.amazonaws.com' }, need),
    targets,
  });
  const firehose = createFirehose({
    ...service,
    kinesis: kinesis.reader,
    invoker: functions,
    tableOf: athena.tableOf,
    store: s3.putObject,
    authorize: (roleArn, need) =>
      accessControl().check({ accessKeyId: 'service', roleArn, label: 'firehose.amazonaws.com' }, need),
  });
  const lambda = createLambdaService(functions, events);

  const starters: readonly LocalService[] = [scheduler, eventBus];
  const models: readonly LocalService[] = [guardrails, rekognition];
  const stores: readonly LocalService[] = [athena, s3, sqs, secrets, ssm, kinesis, glue, ses, database];
  for (const one of [...starters, stepFunctions, lambda, ...models, ...stores]) router.add(one);

  return {
    functions,
    events,
    database,
    stepFunctions,
    provisioners: [
      s3,
      sqs,
      secrets,
      ssm,
      athena,
      kinesis,
      glue,
      ses,
      database,
      eventBus,
      scheduler,
      stepFunctions,
      functions,
      eventSources,
      firehose,
    ],
    close: async () => {
      await Promise.all([...starters.map((one) => one.close()), eventSources.close(), firehose.close()]);
      await stepFunctions.close();
      const ended = events.close();
      await functions.close();
      await ended;
      await Promise.all([...models, ...stores].map((one) => one.close()));
    },
  };
}

/** As Step Functions reports an execution on the default event bus. */
function statusChange(execution: ExecutionRecord): Parameters<ReturnType<typeof createEvents>['publish']>[0] {
  return {
    source: 'aws.states',
    detailType: 'Step Functions Execution Status Change',
    resources: [execution.arn],
    detail: {
      executionArn: execution.arn,
      stateMachineArn: execution.machineArn,
      name: execution.name,
      status: execution.status,
      startDate: execution.startedAt,
      stopDate: execution.stoppedAt ?? null,
      input: execution.input,
      output: execution.output ?? null,
      error: execution.error ?? null,
      cause: execution.cause ?? null,
    },
  };
}
