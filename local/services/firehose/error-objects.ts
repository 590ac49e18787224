/** What could not be delivered, as Firehose writes it below the prefix of errors: a line of JSON each, the record as it came. */
import { sequenceNumber } from '../kinesis/shards.ts';
import type { Place } from '../place.ts';
import type { Delivery } from './delivery.ts';
import { type Failure, INVOCATIONS } from './transform.ts';

/** The name that stands for `!{firehose:error-output-type}`. */
export type ErrorType = 'processing-failed' | 'format-conversion-failed';

export function errorObject(
  type: ErrorType,
  failures: readonly Failure[],
  place: Place,
  delivery: Delivery,
  now: number,
): Buffer {
  const lines = failures.map(({ taken: { record }, code, message }) =>
    JSON.stringify(
      type === 'processing-failed'
        ? {
            attemptsMade: code === 'Lambda.FunctionError' ? INVOCATIONS : 1,
            arrivalTimestamp: record.arrivedAt,
            errorCode: code,
            errorMessage: message,
            attemptEndingTimestamp: now,
            rawData: record.data.toString('base64'),
            lambdaArn: delivery.functionArn,
          }
        : {
            attemptsMade: 1,
            arrivalTimestamp: record.arrivedAt,
            lastErrorCode: code,
            lastErrorMessage: message,
            attemptEndingTimestamp: now,
            rawData: record.data.toString('base64'),
            sequenceNumber: sequenceNumber(record.id),
            subSequenceNumber: 0,
            dataCatalogTable: {
              catalogId: place.accountId,
              databaseName: delivery.table.database,
              tableName: delivery.table.name,
              region: place.region,
              versionId: 'LATEST',
            },
          },
    ),
  );
  return Buffer.from(`${lines.join('\n')}\n`);
}
