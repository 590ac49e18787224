import type { EventCodec } from '../../../adapters/streams/event-codec.ts';
import { landedColumns } from '../../../contracts/streams/landed-event.ts';

/** As Firehose hands records to a transforming function. */
export interface LandingBatch {
  readonly records: readonly { readonly recordId: string; readonly data: string }[];
}

export interface LandedRecord {
  readonly recordId: string;
  readonly result: 'Ok' | 'ProcessingFailed';
  /** Base64: a line of JSON, or the record as it came. */
  readonly data: string;
  readonly metadata?: { readonly partitionKeys: { readonly workspace: string; readonly day: string } };
}

/**
 * Each event as a line of JSON with the columns of the lake's table. What is no event is left to Firehose, which puts it below the
 * folder of errors; the processor has told it by then. Throws when the registry does not answer: Firehose asks again.
 */
export async function landEvents({ records }: LandingBatch, codec: EventCodec): Promise<{ records: LandedRecord[] }> {
  return {
    records: await Promise.all(
      records.map(async ({ recordId, data }): Promise<LandedRecord> => {
        const decoded = await codec.decode(Buffer.from(data, 'base64'));
        if (decoded.kind !== 'event') return { recordId, result: 'ProcessingFailed', data };
        const { event } = decoded;
        const line = JSON.stringify(Object.fromEntries(landedColumns.map(({ name, of }) => [name, of(event)])));
        return {
          recordId,
          result: 'Ok',
          data: Buffer.from(`${line}\n`).toString('base64'),
          metadata: {
            partitionKeys: {
              workspace: event.workspaceId,
              day: new Date(event.receivedAt).toISOString().slice(0, 10),
            },
          },
        };
      }),
    ),
  };
}
