/**
 * The Athena API on DuckDB, with the Glue databases and tables of the templates. SQL must be what both engines understand;
 * what DuckDB refuses ends as FAILED with its reason. Permissions are those of a caller on AWS: the work group, the Glue
 * catalog, database and tables that the statement names, and S3 for their data and for the result. (AWS also checks
 * `glue:UpdateTable` on writes to Iceberg tables, and so does this.)
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type AccessNeed, AwsError, type LocalService, type Provisioner } from '../../ports.ts';
import { type JsonOperations, jsonDispatch } from '../json-operations.ts';
import { type JsonObject, objectOf, optionalNumber, optionalText, textOf, textsOf } from '../json-protocol.ts';
import { arnOf, type ServiceSettings } from '../place.ts';
import { refuseUnlisted } from '../property-support.ts';
import { type Execution, Executions } from './executions.ts';
import { type GlueTable, readGlueTable, refuseTable } from './glue-table.ts';
import { readMaintenance } from './maintenance.ts';
import { QueryQueue } from './query-queue.ts';
import { type Cell, readCsvPage } from './result-csv.ts';
import { bindParameters, statementKind } from './sql-text.ts';
import { Warehouse } from './warehouse.ts';
import { readWorkGroup, refuseWorkGroup, type WorkGroup } from './work-groups.ts';

/** What Athena needs of the local S3. */
interface ResultStore {
  readonly bucketsFolder: string;
  putObject(bucket: string, key: string, data: Buffer, contentType: string): Promise<void>;
  readObject(bucket: string, key: string): Promise<Buffer>;
}

const MAX_QUERY_BYTES = 262_144;
const MAX_PAGE = 1000;

export function createAthena(
  settings: ServiceSettings & { readonly s3: ResultStore },
): LocalService & Provisioner & { readonly tableOf: Warehouse['tableOf'] } {
  const { s3, clock } = settings;
  const folder = join(settings.dataDir, 'athena');
  const warehouse = new Warehouse({ folder, bucketsFolder: s3.bucketsFolder });
  const executions = new Executions(join(folder, 'executions'));
  const groups = new Map<string, WorkGroup>([['primary', { name: 'primary', output: undefined, enforced: false }]]);
  const store = async (url: string, data: Buffer): Promise<void> => {
    const { bucket, key } = splitUrl(url);
    await s3.putObject(bucket, key, data, 'text/csv');
  };
  const queue = new QueryQueue({ warehouse, executions, store, clock });

  const onGroup = (action: string, group: string): AccessNeed => ({
    action: `athena:${action}`,
    resource: arnOf(settings, 'athena', `workgroup/${group}`),
  });
  const groupOf = (input: JsonObject): WorkGroup => {
    const name = optionalText(input, 'WorkGroup') ?? 'primary';
    const group = groups.get(name);
    if (group === undefined) throw new AwsError('InvalidRequestException', `WorkGroup ${name} is not found.`);
    return group;
  };
  const outputOf = (input: JsonObject, group: WorkGroup): string => {
    const asked = optionalText(objectOf(input, 'ResultConfiguration'), 'OutputLocation');
    const output = group.enforced ? (group.output ?? asked) : (asked ?? group.output);
    if (output === undefined || !output.startsWith('s3://')) {
      throw new AwsError(
        'InvalidRequestException',
        'No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.',
      );
    }
    return output.endsWith('/') ? output : `${output}/`;
  };
  const databaseOf = (input: JsonObject): string =>
    optionalText(objectOf(input, 'QueryExecutionContext'), 'Database') ?? '';
  const executionOf = (input: JsonObject): Execution => executions.get(textOf(input, 'QueryExecutionId'));
  const onExecution = (action: string) => (input: JsonObject) => [onGroup(action, executionOf(input).workGroup)];

  const operations: JsonOperations = {
    StartQueryExecution: {
      access: (input) => {
        const group = groupOf(input);
        const sql = textOf(input, 'QueryString');
        const kind = statementKind(sql);
        return [
          onGroup('StartQueryExecution', group.name),
          { action: 's3:PutObject', resource: `${s3Arn(outputOf(input, group))}*` },
          ...warehouse
            .tablesIn(sql, databaseOf(input))
            .flatMap((table, index) => tableNeeds(settings, table, kind === 'write' && index === 0)),
          // Without it Athena's VACUUM succeeds and leaves the files.
          ...(readMaintenance(sql)?.deletes
            ? warehouse
                .tablesIn(sql, databaseOf(input))
                .map((table) => ({ action: 's3:DeleteObject', resource: dataArn(table) }))
            : []),
        ];
      },
      run: (input) => {
        const token = optionalText(input, 'ClientRequestToken');
        const earlier = executions.withToken(token);
        if (earlier !== undefined) return { QueryExecutionId: earlier.id };
        const text = textOf(input, 'QueryString');
        if (Buffer.byteLength(text) > MAX_QUERY_BYTES)
          throw new AwsError('InvalidRequestException', `A query holds at most ${MAX_QUERY_BYTES} bytes.`);
        const group = groupOf(input);
        const id = randomUUID();
        queue.add({
          id,
          sql: bindParameters(text, textsOf(input, 'ExecutionParameters')).trim().replace(/;$/, ''),
          kind: statementKind(text),
          database: databaseOf(input),
          workGroup: group.name,
          output: `${outputOf(input, group)}${id}.csv`,
          token,
          submitted: clock(),
          state: 'QUEUED',
        });
        return { QueryExecutionId: id };
      },
    },
    GetQueryExecution: {
      access: onExecution('GetQueryExecution'),
      run: (input) => ({ QueryExecution: describeExecution(executionOf(input)) }),
    },
    StopQueryExecution: {
      access: onExecution('StopQueryExecution'),
      run: (input) => {
        queue.cancel(executionOf(input));
        return {};
      },
    },
    GetQueryResults: {
      access: (input) => {
        const execution = executionOf(input);
        return [
          onGroup('GetQueryResults', execution.workGroup),
          { action: 's3:GetObject', resource: s3Arn(execution.output) },
        ];
      },
      run: async (input) => {
        const execution = executionOf(input);
        if (execution.state !== 'SUCCEEDED') {
          throw new AwsError(
            'InvalidRequestException',
            `Query did not finish successfully. Final query state: ${execution.state}`,
          );
        }
        if (execution.kind === 'write')
          return {
            UpdateCount: execution.changed ?? 0,
            ResultSet: { Rows: [], ResultSetMetadata: { ColumnInfo: [] } },
          };
        const { bucket, key } = splitUrl(execution.output);
        const csv = await s3.readObject(bucket, key);
        const from = Number(optionalText(input, 'NextToken') ?? 0);
        const page = readCsvPage(csv, from, Math.min(optionalNumber(input, 'MaxResults') ?? MAX_PAGE, MAX_PAGE));
        return {
          UpdateCount: 0,
          ResultSet: { Rows: page.rows.map(showRow), ResultSetMetadata: { ColumnInfo: showColumns(execution) } },
          ...(page.next === undefined ? {} : { NextToken: String(page.next) }),
        };
      },
    },
  };

  return {
    tableOf: (database, name) => warehouse.tableOf(database, name),
    name: 'athena',
    types: ['AWS::Glue::Database', 'AWS::Glue::Table', 'AWS::Athena::WorkGroup'],
    ...jsonDispatch('Athena', operations),
    refuse: (resource) => {
      if (resource.type === 'AWS::Glue::Table') return refuseTable(resource);
      if (resource.type === 'AWS::Athena::WorkGroup') return refuseWorkGroup(resource);
      return refuseUnlisted(resource, { CatalogId: 'harmless', DatabaseInput: 'honoured', DatabaseName: 'honoured' });
    },
    provision: async (resource) => {
      if (resource.type === 'AWS::Athena::WorkGroup') {
        groups.set(resource.physicalId, readWorkGroup(resource));
        return;
      }
      if (resource.type === 'AWS::Glue::Database') {
        await warehouse.createDatabase(
          optionalText(objectOf(resource.properties, 'DatabaseInput'), 'Name') ?? resource.physicalId,
        );
        return;
      }
      const table = readGlueTable(resource);
      if (typeof table === 'string') throw new Error(`${resource.logicalId}: ${table}`);
      await warehouse.createTable(table);
    },
    close: async () => {
      await queue.close();
      await warehouse.close();
    },
  };
}

const dataArn = ({ location }: GlueTable): string => `arn:aws:s3:::${location.bucket}/${location.prefix}/*`;

function tableNeeds(settings: ServiceSettings, table: GlueTable, written: boolean): readonly AccessNeed[] {
  const data = dataArn(table);
  const resources = ['catalog', `database/${table.database}`, `table/${table.database}/${table.name}`].map((path) =>
    arnOf(settings, 'glue', path),
  );
  const on = (action: string): readonly AccessNeed[] => resources.map((resource) => ({ action, resource }));
  const read = [...on('glue:GetTable'), { action: 's3:GetObject', resource: data }];
  if (!written) return read;
  return [...read, ...on('glue:UpdateTable'), { action: 's3:PutObject', resource: data }];
}

function splitUrl(url: string): { readonly bucket: string; readonly key: string } {
  const [bucket = '', ...rest] = url.slice('s3://'.length).split('/');
  return { bucket, key: rest.join('/') };
}

function s3Arn(url: string): string {
  return `arn:aws:s3:::${url.slice('s3://'.length)}`;
}

function showRow(cells: readonly Cell[]): JsonObject {
  return { Data: cells.map((cell) => (cell === null ? {} : { VarCharValue: cell })) };
}

function showColumns(execution: Execution): readonly JsonObject[] {
  return (execution.columns ?? []).map((column) => ({
    CatalogName: 'hive',
    SchemaName: '',
    TableName: '',
    Name: column.name,
    Label: column.name,
    Type: column.type,
    Precision: column.precision,
    Scale: column.scale,
    Nullable: 'UNKNOWN',
    CaseSensitive: column.type === 'varchar',
  }));
}

function describeExecution(execution: Execution): JsonObject {
  const ended = execution.completed ?? execution.submitted;
  const started = execution.started ?? ended;
  return {
    QueryExecutionId: execution.id,
    Query: execution.sql,
    StatementType: /^\s*ALTER\b/i.test(execution.sql) ? 'DDL' : 'DML',
    ResultConfiguration: { OutputLocation: execution.output },
    QueryExecutionContext: { Database: execution.database, Catalog: 'awsdatacatalog' },
    WorkGroup: execution.workGroup,
    Status: {
      State: execution.state,
      SubmissionDateTime: execution.submitted / 1000,
      ...(execution.reason === undefined ? {} : { StateChangeReason: execution.reason }),
      ...(execution.state === 'FAILED'
        ? { AthenaError: { ErrorCategory: 2, ErrorType: 0, Retryable: false, ErrorMessage: execution.reason } }
        : {}),
      ...(execution.completed === undefined ? {} : { CompletionDateTime: execution.completed / 1000 }),
    },
    Statistics: {
      EngineExecutionTimeInMillis: ended - started,
      QueryQueueTimeInMillis: started - execution.submitted,
      TotalExecutionTimeInMillis: ended - execution.submitted,
      DataScannedInBytes: 0,
    },
  };
}
