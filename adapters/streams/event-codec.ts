import avro from 'avsc/lib/types.js';
import {
  type StreamEvent,
  streamEvent,
  streamEventAvro,
  streamEventSchemaName,
} from '../../contracts/streams/stream-event.ts';
import { frameHeader, unframe } from './record-format.ts';
import type { SchemaRegistry } from './schema-registry.ts';

/** Why a record is no event. Names stay: people ask the dead-letter queue by them. */
export type DecodingFailure = 'unreadable' | 'unknown-schema' | 'incompatible-schema' | 'undecodable' | 'invalid';

export type DecodedRecord =
  | { readonly kind: 'event'; readonly event: StreamEvent; readonly schemaVersionId: string }
  | {
      readonly kind: DecodingFailure;
      readonly detail: string;
      readonly schemaVersionId: string | null;
      /** Of an invalid one, where it names any. */
      readonly workspaceId: string | null;
    };

export interface EventCodec {
  /** Throws `AppError` when the registry does not answer or does not hold the schema. */
  encoder(): Promise<(event: StreamEvent) => Buffer>;
  /** Throws `AppError` `unavailable` when the registry does not answer: then nothing is known of the record. */
  decode(record: Buffer): Promise<DecodedRecord>;
}

type AvroType = ReturnType<typeof avro.Type.forSchema>;
type Reader =
  | { readonly read: (payload: Buffer) => unknown }
  | { readonly kind: DecodingFailure; readonly detail: string };

/** Schema ids that nobody registered are remembered, so that a flood of them does not become a flood of questions. */
const mostReaders = 200;

export function createEventCodec(registry: SchemaRegistry): EventCodec {
  const type = avro.Type.forSchema(streamEventAvro as unknown as Parameters<typeof avro.Type.forSchema>[0]);
  const readers = new Map<string, Reader>();
  let header: Promise<Buffer> | undefined;

  async function readerOf(id: string): Promise<Reader> {
    const known = readers.get(id);
    if (known !== undefined) return known;
    const definition = await registry.definitionOf(id);
    const reader: Reader =
      definition === undefined
        ? { kind: 'unknown-schema', detail: `no schema is registered as ${id}` }
        : resolved(type, definition, id);
    if (readers.size >= mostReaders) readers.clear();
    readers.set(id, reader);
    return reader;
  }

  return {
    async encoder() {
      header ??= registry.idOf(streamEventSchemaName, streamEventAvro).then(frameHeader);
      header.catch(() => {
        header = undefined;
      });
      const bytes = await header;
      return (event) => Buffer.concat([bytes, type.toBuffer(event)]);
    },
    async decode(record) {
      const framed = unframe(record);
      if (framed.kind === 'unreadable') return { ...framed, schemaVersionId: null, workspaceId: null };
      const { schemaVersionId, payload } = framed;
      const reader = await readerOf(schemaVersionId);
      if ('kind' in reader) return { ...reader, schemaVersionId, workspaceId: null };
      let raw: unknown;
      try {
        raw = reader.read(payload);
      } catch (error) {
        return { kind: 'undecodable', detail: messageOf(error), schemaVersionId, workspaceId: null };
      }
      const parsed = streamEvent.safeParse(raw);
      if (parsed.success) return { kind: 'event', event: parsed.data, schemaVersionId };
      const [issue] = parsed.error.issues;
      return {
        kind: 'invalid',
        detail: `${issue?.path.join('.') || 'the event'}: ${issue?.message}`,
        schemaVersionId,
        workspaceId: workspaceOf(raw),
      };
    },
  };
}

/** How records of a version are read as events of today; or that they cannot be. */
function resolved(type: AvroType, definition: object, id: string): Reader {
  try {
    const writer = avro.Type.forSchema(definition as Parameters<typeof avro.Type.forSchema>[0]);
    const resolver = type.createResolver(writer);
    return { read: (payload) => type.fromBuffer(payload, resolver) };
  } catch (error) {
    return { kind: 'incompatible-schema', detail: `version ${id} is not readable as today’s: ${messageOf(error)}` };
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 300);
const workspaceOf = (raw: unknown): string | null =>
  typeof raw === 'object' && raw !== null && 'workspaceId' in raw && typeof raw.workspaceId === 'string'
    ? raw.workspaceId.slice(0, 64)
    : null;
