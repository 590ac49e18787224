import type { AwsCall } from '../../../adapters/aws-json.ts';
import { createEventCodec } from '../../../adapters/streams/event-codec.ts';
import type { EventStream } from '../../../adapters/streams/event-stream.ts';
import { createFileRegistry, readReleasedSchemas } from '../../../adapters/streams/file-registry.ts';
import { createEventStream } from '../../../adapters/streams/kinesis-event-stream.ts';
import type { StreamEvent } from '../../../contracts/streams/stream-event.ts';
import { releasedFolder } from '../../../scripts/check-schemas.ts';

export interface RecordedStream {
  readonly stream: EventStream;
  /** What Kinesis took, decoded again, in order. */
  readonly events: StreamEvent[];
  /** The very bytes, as text. */
  readonly wire: string[];
  /** Ids of events that Kinesis has no room for. */
  readonly full: Set<string>;
}

/** The product's stream over Kinesis' PutRecords as its API documents it, with a stream that may be full. */
export function recordedStream(): RecordedStream {
  const registry = createFileRegistry(readReleasedSchemas(releasedFolder));
  const codec = createEventCodec(registry);
  const events: StreamEvent[] = [];
  const wire: string[] = [];
  const full = new Set<string>();
  const call: AwsCall = async (_operation, { Records }) => {
    const results = [];
    for (const { Data } of Records as readonly { readonly Data: string }[]) {
      const bytes = Buffer.from(Data, 'base64');
      const decoded = await codec.decode(bytes);
      if (decoded.kind !== 'event') throw new Error(`Put what is no event: ${decoded.kind} ${decoded.detail}`);
      const { event } = decoded;
      if (full.has(event.id)) {
        results.push({ ErrorCode: 'ProvisionedThroughputExceededException' });
        continue;
      }
      events.push(event);
      wire.push(bytes.toString('latin1'));
      results.push({ SequenceNumber: String(events.length), ShardId: 'shardId-000000000000' });
    }
    return { Records: results, FailedRecordCount: results.filter((one) => 'ErrorCode' in one).length };
  };
  const config = {
    aws: { region: 'eu-central-1', endpoint: undefined, s3Endpoint: undefined },
    credentials: { accessKeyId: 'test', secretAccessKey: 'test', sessionToken: undefined },
    schemas: { registry: 'schemas' },
    stream: { name: 'events' },
  };
  return { stream: createEventStream(config, registry, call), events, wire, full };
}
