import { setTimeout as wait } from 'node:timers/promises';
import { createAwsCall } from '../../../adapters/aws-json.ts';
import { createLake } from '../../../adapters/lake.ts';
import { createWarehouse } from '../../../adapters/warehouse.ts';
import {
  type Column,
  factColumns,
  factTable,
  stagingPartitions,
  stagingPrefix,
  stagingTable,
} from '../../../contracts/warehouse.ts';
import { grains } from '../../../domain/integrations/platform.ts';
import type { LocalService, Provisioner, ResolvedResource } from '../../../local/ports.ts';
import { createAthena } from '../../../local/services/athena/athena-service.ts';
import { createS3 } from '../../../local/services/s3/s3-service.ts';
import { inProcess } from '../../local/services/in-process.ts';
import { PLACE, serveService } from '../../local/services/serve-service.ts';

const bucket = 'lake';
/** Nothing is far away in this process. */
const pollMs = 2;

/**
 * S3 and Athena of the laptop with bucket and tables. `lake` and `warehouse` ask them in this process; `config` is what
 * adapters take that go through their ports.
 */
export async function startLakeServices(dataDir: string) {
  const settings = { ...PLACE, dataDir, clock: Date.now };
  const s3 = createS3(settings);
  const athena = createAthena({ ...settings, s3 });
  await provision(s3, athena);
  const [servedS3, servedAthena] = [await serveService(s3), await serveService(athena)];
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'local', sessionToken: undefined };
  const config = {
    lake: { bucket },
    warehouse: { workgroup: 'conext', database: 'conext' },
    aws: { region: PLACE.region, endpoint: servedAthena.endpoint, s3Endpoint: servedS3.endpoint },
    credentials,
  };
  return {
    credentials,
    config,
    lake: createLake(config, inProcess(s3)),
    warehouse: createWarehouse(
      config,
      createAwsCall(config, { name: 'athena', target: 'AmazonAthena' }, inProcess(athena)),
      { deadlineMs: 4 * 60_000, now: Date.now, wait: (ms) => wait(Math.min(ms, pollMs)) },
    ),
    async close() {
      await servedAthena.close();
      await servedS3.close();
      await athena.close();
      await s3.close();
    },
  };
}

/** Bucket, tables and work group as the templates say them. */
async function provision(s3: Provisioner, athena: LocalService & Provisioner): Promise<void> {
  const resource = (type: string, physicalId: string, properties: Record<string, unknown>): ResolvedResource => ({
    type,
    stack: 'Data',
    logicalId: physicalId,
    physicalId,
    arn: `arn:aws:test:::${physicalId}`,
    properties,
  });
  const shape = (columns: readonly Column[]) => columns.map(({ name, type }) => ({ Name: name, Type: type }));
  await s3.provision(resource('AWS::S3::Bucket', bucket, {}));
  await athena.provision(resource('AWS::Glue::Database', 'conext', { DatabaseInput: { Name: 'conext' } }));
  for (const grain of grains) {
    await athena.provision(
      resource('AWS::Glue::Table', factTable(grain), {
        DatabaseName: 'conext',
        OpenTableFormatInput: { IcebergInput: { MetadataOperation: 'CREATE', Version: '2' } },
        TableInput: {
          Name: factTable(grain),
          TableType: 'EXTERNAL_TABLE',
          StorageDescriptor: {
            Location: `s3://${bucket}/warehouse/${factTable(grain)}/`,
            Columns: shape(factColumns(grain)),
          },
        },
      }),
    );
    // The placeholders are Athena’s.
    const leaf = { workspace: '${workspace}', run: '${run}', item: '${item}' };
    const template = stagingPrefix(grain, leaf);
    await athena.provision(
      resource('AWS::Glue::Table', stagingTable(grain), {
        DatabaseName: 'conext',
        TableInput: {
          Name: stagingTable(grain),
          TableType: 'EXTERNAL_TABLE',
          PartitionKeys: stagingPartitions.map((name) => ({ Name: name, Type: 'string' })),
          Parameters: {
            'projection.enabled': 'true',
            ...Object.fromEntries(stagingPartitions.map((name) => [`projection.${name}.type`, 'injected'])),
            'storage.location.template': `s3://${bucket}/${template}`,
          },
          StorageDescriptor: {
            Location: `s3://${bucket}/${template.split('workspace=')[0]}`,
            SerdeInfo: { SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
            Columns: shape(factColumns(grain)),
          },
        },
      }),
    );
  }
  await athena.provision(
    resource('AWS::Athena::WorkGroup', 'conext', {
      Name: 'conext',
      WorkGroupConfiguration: {
        EnforceWorkGroupConfiguration: true,
        ResultConfiguration: { OutputLocation: `s3://${bucket}/athena-results/` },
      },
    }),
  );
}
