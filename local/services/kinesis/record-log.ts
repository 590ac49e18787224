/**
 * Records of all streams in SQLite, in the order of their shards. A record is there once its call was answered, whenever the process
 * dies; what the machine loses with its power is not looked at (`synchronous = OFF`).
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface StoredRecord {
  /** Counted over all streams: rising within a shard, never used again. */
  readonly id: number;
  readonly partitionKey: string;
  readonly data: Buffer;
  /** Epoch milliseconds. */
  readonly arrivedAt: number;
}

export interface NewRecord {
  readonly shard: number;
  readonly partitionKey: string;
  readonly data: Buffer;
}

export interface RecordLog {
  /** Ids in the order of the records. */
  append(stream: string, records: readonly NewRecord[], arrivedAt: number): number[];
  /** Records of a shard after an id, oldest first, up to a number and to as many bytes as fit; at least one where there is one. */
  read(stream: string, shard: number, after: number, limit: number, mostBytes: number): readonly StoredRecord[];
  /** The last id of a shard; 0 where it never had a record. */
  lastId(stream: string, shard: number): number;
  /** The id before the first record of a shard that arrived at the instant or later. */
  idBefore(stream: string, shard: number, instant: number): number;
  /** Takes away what arrived earlier. */
  sweep(stream: string, before: number): void;
  close(): void;
}

const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = OFF;
  CREATE TABLE IF NOT EXISTS records (
    id INTEGER PRIMARY KEY AUTOINCREMENT, stream TEXT NOT NULL, shard INTEGER NOT NULL, partition_key TEXT NOT NULL,
    data BLOB NOT NULL, arrived_at INTEGER NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS records_by_shard ON records (stream, shard, id);
  CREATE INDEX IF NOT EXISTS records_by_arrival ON records (stream, arrived_at);
`;
/** Deleted in one statement, so that no call waits long for it. */
const sweptAtOnce = 20_000;

interface Row {
  readonly id: number;
  readonly partition_key: string;
  readonly data: Uint8Array;
  readonly arrived_at: number;
}

export function openRecordLog(path: string): RecordLog {
  mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path);
  database.exec(schema);
  const insert = database.prepare(
    'INSERT INTO records (stream, shard, partition_key, data, arrived_at) VALUES (?, ?, ?, ?, ?)',
  );
  const select = database.prepare(
    'SELECT id, partition_key, data, arrived_at FROM records WHERE stream = ? AND shard = ? AND id > ? ORDER BY id LIMIT ?',
  );
  const last = database.prepare('SELECT max(id) AS id FROM records WHERE stream = ? AND shard = ?');
  const first = database.prepare(
    'SELECT min(id) AS id FROM records WHERE stream = ? AND shard = ? AND arrived_at >= ?',
  );
  const remove = database.prepare(
    'DELETE FROM records WHERE id IN (SELECT id FROM records WHERE stream = ? AND arrived_at < ? LIMIT ?)',
  );
  const lastId = (stream: string, shard: number): number =>
    Number((last.get(stream, shard) as { id: number | null }).id ?? 0);
  return {
    append(stream, records, arrivedAt) {
      database.exec('BEGIN');
      try {
        const ids = records.map(({ shard, partitionKey, data }) =>
          Number(insert.run(stream, shard, partitionKey, data, arrivedAt).lastInsertRowid),
        );
        database.exec('COMMIT');
        return ids;
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
    read(stream, shard, after, limit, mostBytes) {
      const records: StoredRecord[] = [];
      let bytes = 0;
      for (const row of select.iterate(stream, shard, after, limit)) {
        const { id, partition_key: partitionKey, data, arrived_at: arrivedAt } = row as unknown as Row;
        bytes += data.length;
        if (records.length > 0 && bytes > mostBytes) break;
        records.push({ id, partitionKey, data: Buffer.from(data), arrivedAt });
      }
      return records;
    },
    lastId,
    idBefore(stream, shard, instant) {
      const { id } = first.get(stream, shard, instant) as { id: number | null };
      return id === null ? lastId(stream, shard) : Number(id) - 1;
    },
    sweep(stream, before) {
      for (let swept = sweptAtOnce; swept === sweptAtOnce; ) {
        swept = Number(remove.run(stream, before, sweptAtOnce).changes);
      }
    },
    close: () => database.close(),
  };
}
