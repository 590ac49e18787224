import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { AttributeType, Billing, StreamViewType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { type RetentionRule, retention } from '../contracts/retention.ts';
import { grain } from '../contracts/schemas/primitives.ts';
import {
  type Column,
  factColumns,
  factTable,
  keyColumns,
  releasedColumns,
  stagingPartitions,
  stagingTable,
} from '../contracts/warehouse.ts';
import { acknowledge } from './constructs/acknowledge.ts';
import { type Lake, parameterPrefix } from './constructs/needs.ts';
import { physicalName, type Stage } from './stage.ts';
import { stageSettings } from './stage-settings.ts';

/** State, lake, warehouse, event bus and parameters: what outlives a release. */
export class DataStack extends Stack {
  readonly state: TableV2;
  readonly lake: Lake;
  readonly accessLogs: Bucket;
  readonly bus: EventBus;
  readonly warehouse: { readonly database: string; readonly workgroup: string; readonly lake: Lake };
  /** The same tables through the work group of people’s own queries. */
  readonly analysts: DataStack['warehouse'];

  constructor(scope: Construct, id: string, props: StackProps & { readonly stage: Stage }) {
    super(scope, id, props);
    const { stage } = props;

    this.state = new TableV2(this, 'State', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      globalSecondaryIndexes: [
        {
          indexName: 'gsi1',
          partitionKey: { name: 'gsi1pk', type: AttributeType.STRING },
          sortKey: { name: 'gsi1sk', type: AttributeType.STRING },
        },
      ],
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.awsManagedKey(),
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: 'expiresAt',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: stage.name === 'prod',
      removalPolicy: stage.removal,
    });

    const bucketDefaults = {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: stage.removal,
    };
    this.accessLogs = new Bucket(this, 'AccessLogs', {
      ...bucketDefaults,
      // CloudFront still delivers its logs through an ACL.
      objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
      lifecycleRules: [{ expiration: Duration.days(90) }],
    });
    acknowledge(this.accessLogs, 'This bucket holds the access logs of the others.', 'AwsSolutions-S1');

    this.lake = { bucketName: physicalName(stage, `lake-${stage.account}`), partition: this.partition };
    new Bucket(this, 'Lake', {
      bucketName: this.lake.bucketName,
      ...bucketDefaults,
      // CDK's own Bucket and IBucket disagree about an optional key under exactOptionalPropertyTypes.
      serverAccessLogsBucket: this.accessLogs as IBucket,
      serverAccessLogsPrefix: 'lake/',
      lifecycleRules: [
        ...expiringFolders(stage).map(({ prefix, days }) => ({ prefix, expiration: Duration.days(days) })),
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });

    this.warehouse = this.#warehouse(stage);
    // A person’s query reads a workspace’s partitions; 10 GiB cost five cents.
    const analysts = this.#workgroup(stage, 'Analysts', 'analysts', 10);
    this.analysts = { ...this.warehouse, workgroup: analysts };

    this.bus = new EventBus(this, 'Bus', { eventBusName: physicalName(stage, 'events') });

    new StringParameter(this, 'Endpoints', {
      parameterName: `${parameterPrefix(stage)}/endpoints`,
      description: 'Base URLs that replace the platforms’ public ones; empty on AWS',
      stringValue: '{}',
    });

    new CfnOutput(this, 'LakeBucket', { value: this.lake.bucketName });
    new CfnOutput(this, 'StateTable', { value: this.state.tableName });
  }

  #warehouse(stage: Stage): DataStack['warehouse'] {
    const name = `conext_${stage.name}`;
    const database = new CfnDatabase(this, 'Warehouse', {
      catalogId: this.account,
      databaseInput: { name, description: 'Advertising facts, one table a grain' },
    });
    database.applyRemovalPolicy(stage.removal);
    for (const level of grain.options) {
      const fact = this.#factTable(name, factTable(level), keyColumns(level).length, releasedColumns(level));
      const staging = this.#stagingTable(name, stagingTable(level), factColumns(level));
      // An Iceberg table's catalogue entry alone knows which of its files are the table.
      fact.applyRemovalPolicy(stage.removal);
      fact.addResourceDependency(database);
      staging.addResourceDependency(database);
    }

    // A statement that would read more than this is a mistake.
    const workgroup = this.#workgroup(stage, 'Workgroup', 'warehouse', 50);
    return { database: name, workgroup, lake: this.lake };
  }

  /** Athena bills by bytes read and stops a statement that reads more than the limit. */
  #workgroup(stage: Stage, id: string, name: string, gibibytesPerQuery: number): string {
    return new CfnWorkGroup(this, id, {
      name: physicalName(stage, name),
      recursiveDeleteOption: stage.name !== 'prod',
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: gibibytesPerQuery * 1024 ** 3,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: `s3://${this.lake.bucketName}/athena-results/`,
          encryptionConfiguration: { encryptionOption: 'SSE_S3' },
        },
      },
    }).name;
  }

  /** Iceberg, partitioned so that one account's load touches its own files. */
  #factTable(database: string, name: string, keys: number, columns: readonly Column[]): CfnTable {
    const fields = columns.map((column, index) => ({
      id: index + 1,
      name: column.name,
      type: icebergType[column.type],
      required: index < keys,
      doc: column.description,
    }));
    const sourceOf = (column: string): number => {
      const field = fields.find((each) => each.name === column);
      if (field === undefined) {
        throw new Error(`${name} has no column ${column} to partition by`);
      }
      return field.id;
    };
    return new CfnTable(this, name, {
      catalogId: this.account,
      databaseName: database,
      name,
      openTableFormatInput: {
        icebergInput: {
          metadataOperation: 'CREATE',
          version: '2',
          icebergTableInput: {
            location: `s3://${this.lake.bucketName}/warehouse/${name}/`,
            schema: { type: 'struct', fields },
            partitionSpec: {
              specId: 0,
              fields: [
                { name: 'workspace_id', sourceId: sourceOf('workspace_id'), transform: 'identity', fieldId: 1000 },
                {
                  name: 'account_platform_id',
                  sourceId: sourceOf('account_platform_id'),
                  transform: 'identity',
                  fieldId: 1001,
                },
                { name: 'date_month', sourceId: sourceOf('date'), transform: 'month', fieldId: 1002 },
              ],
            },
            // Iceberg's own names: `format` and `write_compression` are words of Athena's CREATE TABLE alone. Athena always
            // merges on read, whatever `write.merge.mode` says.
            properties: { 'write.format.default': 'parquet', 'write.parquet.compression-codec': 'zstd' },
          },
        },
      },
    });
  }

  /** Plain Parquet under a folder a load; partition projection spares the catalogue an entry a load. */
  #stagingTable(database: string, name: string, columns: readonly Column[]): CfnTable {
    const folder = name.replace(/^staging_/, '').replace(/_daily$/, '');
    const root = `s3://${this.lake.bucketName}/staging/${folder}/`;
    const leaf = stagingPartitions.map((partition) => `${partition}=\${${partition}}`).join('/');
    return new CfnTable(this, name, {
      catalogId: this.account,
      databaseName: database,
      tableInput: {
        name,
        tableType: 'EXTERNAL_TABLE',
        parameters: {
          classification: 'parquet',
          'projection.enabled': 'true',
          ...Object.fromEntries(stagingPartitions.map((partition) => [`projection.${partition}.type`, 'injected'])),
          'storage.location.template': `${root}${leaf}/`,
        },
        partitionKeys: stagingPartitions.map((partition) => ({ name: partition, type: 'string' })),
        storageDescriptor: {
          location: root,
          inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
          outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
          serdeInfo: { serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
          columns: columns.map((column) => ({ name: column.name, type: column.type, comment: column.description })),
        },
      },
    });
  }
}

/** What S3 takes away by age alone. */
const expiringFolders = (stage: Stage): { prefix: string; days: number }[] => {
  const set: Readonly<Record<string, unknown>> = stageSettings(stage.name);
  return (Object.entries(retention) as [string, RetentionRule][]).flatMap(([kind, { by, days, prefix }]) => {
    const kept = set[`retention.${kind}.days`] ?? days;
    return by === 's3-lifecycle' && typeof kept === 'number' && prefix !== undefined ? [{ prefix, days: kept }] : [];
  });
};

const icebergType = { string: 'string', bigint: 'long', date: 'date', timestamp: 'timestamp' } as const;
