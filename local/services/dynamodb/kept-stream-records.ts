/**
 * The emulator's own table of stream records, seen from beside it: the emulator looks through all of it at every write (the next
 * sequence number) and at every read, and never lets a record go.
 */
import { DatabaseSync } from 'node:sqlite';

/** As on AWS: a record is kept for 24 hours. */
const KEPT_MS = 24 * 3_600_000;
/** Records let go in one go: some tens of milliseconds of a lock that the emulator waits for. */
const AT_ONCE = 5_000;
/** The emulator may be writing. */
const PATIENCE_MS = 5_000;

/** An index over what the emulator asks for, so that neither writing nor reading slows as records come. */
export function indexStreamRecords(file: string): void {
  withDatabase(file, (database) =>
    database.exec(
      'CREATE INDEX IF NOT EXISTS _stream_records_sequence ON _stream_records (table_name, CAST(sequence_number AS INTEGER))',
    ),
  );
}

/** Lets go of records older than a day, the oldest first; a table's newest stays, since the next number is counted from it. Gives how many went. */
export function trimStreamRecords(file: string, now: number): number {
  return withDatabase(file, (database) => {
    const before = Math.floor((now - KEPT_MS) / 1_000);
    // Ids rise with time: the first that is young enough ends the search.
    const oldest = database
      .prepare('SELECT id, created_at AS createdAt FROM _stream_records ORDER BY id LIMIT ?')
      .all(AT_ONCE) as unknown as readonly { readonly id: number; readonly createdAt: number }[];
    const young = oldest.findIndex(({ createdAt }) => createdAt >= before);
    const last = oldest.at(young === -1 ? -1 : young - 1);
    if (last === undefined || young === 0) return 0;
    const { changes } = database
      .prepare(
        'DELETE FROM _stream_records WHERE id <= ? AND id NOT IN (SELECT MAX(id) FROM _stream_records GROUP BY table_name)',
      )
      .run(last.id);
    return Number(changes);
  });
}

function withDatabase<T>(file: string, use: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(file, { timeout: PATIENCE_MS });
  try {
    return use(database);
  } finally {
    database.close();
  }
}
