/** Queues and their messages in one SQLite file: visibility, order within FIFO groups, deduplication, dead letters, long polls. */
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AwsError, type Clock } from '../../ports.ts';
import type { JsonObject } from '../json-protocol.ts';
import { fifoDeduplicationId, type Row, readReceipt, SCHEMA } from './message-rows.ts';
import type { QueueAttributes } from './queue-attributes.ts';

interface OutgoingMessage {
  readonly body: string;
  readonly attributes?: JsonObject;
  readonly delayS?: number | undefined;
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
}

interface SentMessage {
  readonly id: string;
  readonly sequence: number;
}

export interface ReceivedMessage {
  readonly id: string;
  readonly receipt: string;
  readonly body: string;
  readonly attributes: JsonObject;
  /** SentTimestamp, ApproximateReceiveCount and so on, all texts. */
  readonly system: Readonly<Record<string, string>>;
}

/** AWS looks this far back for duplicates in FIFO queues. */
const DEDUPLICATION_MS = 300_000;
/** A long poll looks again at least this often, for messages whose visibility or delay ends. */
const LOOK_AGAIN_MS = 100;
/** Messages looked at for one receive of a FIFO queue. */
const FIFO_WINDOW = 20_000;

export class QueueStore {
  readonly #database: DatabaseSync;
  readonly #clock: Clock;
  readonly #queues = new Map<string, QueueAttributes>();
  readonly #arnOf: (queue: string) => string;
  readonly #arrivals = new EventEmitter().setMaxListeners(0);
  readonly #closing = new AbortController();

  constructor(path: string, clock: Clock, arnOf: (queue: string) => string) {
    mkdirSync(dirname(path), { recursive: true });
    this.#database = new DatabaseSync(path);
    this.#database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    this.#database.exec(SCHEMA);
    this.#clock = clock;
    this.#arnOf = arnOf;
  }

  define(queue: QueueAttributes): void {
    this.#queues.set(queue.name, queue);
  }

  names(): readonly string[] {
    return [...this.#queues.keys()].sort();
  }

  get(name: string): QueueAttributes {
    const queue = this.#queues.get(name);
    if (queue === undefined) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    return queue;
  }

  send(name: string, message: OutgoingMessage): SentMessage {
    const queue = this.get(name);
    const now = this.#clock();
    if (message.body === '')
      throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
    if (Buffer.byteLength(message.body) > queue.maxBytes) {
      throw new AwsError(
        'InvalidParameterValue',
        `One or more parameters are invalid. Reason: Message must be shorter than ${queue.maxBytes} bytes.`,
      );
    }
    const deduplicationId = queue.fifo ? fifoDeduplicationId(queue, message) : undefined;
    if (deduplicationId !== undefined) {
      this.#database.prepare('DELETE FROM sent_lately WHERE queue = ? AND sent <= ?').run(name, now - DEDUPLICATION_MS);
      const earlier = this.#database
        .prepare('SELECT id, sequence FROM sent_lately WHERE queue = ? AND deduplication_id = ?')
        .get(name, deduplicationId);
      if (earlier !== undefined) return { id: String(earlier.id), sequence: Number(earlier.sequence) };
    }
    const id = randomUUID();
    const visibleAt = now + (message.delayS ?? queue.delayS) * 1000;
    const { lastInsertRowid } = this.#database
      .prepare(
        'INSERT INTO messages (queue, id, body, attributes, group_id, deduplication_id, sent, visible_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      )
      .run(
        name,
        id,
        message.body,
        JSON.stringify(message.attributes ?? {}),
        message.groupId ?? null,
        deduplicationId ?? null,
        now,
        visibleAt,
      );
    const sequence = Number(lastInsertRowid);
    if (deduplicationId !== undefined) {
      this.#database
        .prepare('INSERT INTO sent_lately (queue, deduplication_id, id, sequence, sent) VALUES (?, ?, ?, ?, ?)')
        .run(name, deduplicationId, id, sequence, now);
    }
    this.#arrivals.emit(name);
    return { id, sequence };
  }

  /** Waits up to `waitS` for at least one message. */
  async receive(
    name: string,
    options: {
      readonly max: number;
      readonly waitS?: number | undefined;
      readonly visibilityS?: number | undefined;
      readonly signal?: AbortSignal;
    },
  ): Promise<readonly ReceivedMessage[]> {
    const queue = this.get(name);
    const until = Date.now() + (options.waitS ?? queue.waitS) * 1000;
    for (;;) {
      if (this.#closing.signal.aborted) return [];
      const taken = this.#take(queue, options.max, options.visibilityS ?? queue.visibilityS);
      const left = until - Date.now();
      if (taken.length > 0 || left <= 0 || options.signal?.aborted === true) return taken;
      await this.#arrival(name, Math.min(left, LOOK_AGAIN_MS), options.signal);
    }
  }

  /** A receipt that is no longer the latest deletes nothing, without an error, as on AWS. */
  delete(name: string, receipt: string): void {
    this.get(name);
    const { sequence, token } = readReceipt(receipt);
    this.#database
      .prepare('DELETE FROM messages WHERE queue = ? AND sequence = ? AND receipt = ?')
      .run(name, sequence, token);
    this.#arrivals.emit(name);
  }

  changeVisibility(name: string, receipt: string, seconds: number): void {
    this.get(name);
    const { sequence, token } = readReceipt(receipt);
    const now = this.#clock();
    const { changes } = this.#database
      .prepare('UPDATE messages SET visible_at = ? WHERE queue = ? AND sequence = ? AND receipt = ? AND visible_at > ?')
      .run(now + seconds * 1000, name, sequence, token, now);
    if (changes === 0) throw new AwsError('MessageNotInflight', "The specified message isn't in flight.");
    if (seconds === 0) this.#arrivals.emit(name);
  }

  purge(name: string): void {
    this.get(name);
    this.#database.prepare('DELETE FROM messages WHERE queue = ?').run(name);
  }

  /** Visible, in flight and delayed. */
  counts(name: string): { readonly visible: number; readonly inFlight: number; readonly delayed: number } {
    const now = this.#clock();
    const row = this.#database
      .prepare(
        `SELECT COUNT(*) FILTER (WHERE visible_at <= ?1) AS visible, COUNT(*) FILTER (WHERE visible_at > ?1 AND receives > 0) AS inFlight,
          COUNT(*) FILTER (WHERE visible_at > ?1 AND receives = 0) AS delayed FROM messages WHERE queue = ?2`,
      )
      .get(now, name);
    return { visible: Number(row?.visible), inFlight: Number(row?.inFlight), delayed: Number(row?.delayed) };
  }

  close(): void {
    this.#closing.abort();
    this.#database.close();
  }

  #take(queue: QueueAttributes, max: number, visibilityS: number): readonly ReceivedMessage[] {
    const now = this.#clock();
    this.#database
      .prepare('DELETE FROM messages WHERE queue = ? AND sent <= ?')
      .run(queue.name, now - queue.retentionS * 1000);
    const received: ReceivedMessage[] = [];
    for (const row of this.#candidates(queue, now, max)) {
      if (queue.deadLetter !== undefined && row.receives >= queue.deadLetter.maxReceives) {
        this.#bury(queue.name, row, queue.deadLetter.queue, now);
        continue;
      }
      if (received.length >= max) break;
      received.push(this.#hand(row, now, visibilityS));
    }
    return received;
  }

  #candidates(queue: QueueAttributes, now: number, max: number): readonly Row[] {
    if (!queue.fifo) {
      // Messages on their way to the dead-letter queue do not count: enough rows for both.
      return this.#rows(
        'SELECT * FROM messages WHERE queue = ? AND visible_at <= ? ORDER BY sequence LIMIT ?',
        queue.name,
        now,
        max + 100,
      );
    }
    const blocked = new Set<string | null>();
    const ready: Row[] = [];
    for (const row of this.#rows(
      'SELECT * FROM messages WHERE queue = ? ORDER BY sequence LIMIT ?',
      queue.name,
      FIFO_WINDOW,
    )) {
      if (row.visible_at > now) blocked.add(row.group_id);
      else if (!blocked.has(row.group_id)) ready.push(row);
    }
    return ready;
  }

  #rows(sql: string, ...values: readonly (string | number)[]): readonly Row[] {
    return this.#database.prepare(sql).all(...values) as unknown as readonly Row[];
  }

  #hand(row: Row, now: number, visibilityS: number): ReceivedMessage {
    const token = randomUUID();
    const first = row.first_received ?? now;
    this.#database
      .prepare(
        'UPDATE messages SET visible_at = ?, receives = receives + 1, first_received = ?, receipt = ? WHERE sequence = ?',
      )
      .run(now + visibilityS * 1000, first, token, row.sequence);
    return {
      id: row.id,
      receipt: `${row.sequence}:${token}`,
      body: row.body,
      attributes: JSON.parse(row.attributes) as JsonObject,
      system: {
        SentTimestamp: String(row.sent),
        ApproximateReceiveCount: String(row.receives + 1),
        ApproximateFirstReceiveTimestamp: String(first),
        SenderId: 'local',
        ...(row.group_id === null ? {} : { MessageGroupId: row.group_id }),
        ...(row.deduplication_id === null
          ? {}
          : { MessageDeduplicationId: row.deduplication_id, SequenceNumber: String(row.sequence).padStart(20, '0') }),
        ...(row.source_arn === null ? {} : { DeadLetterQueueSourceArn: row.source_arn }),
      },
    };
  }

  #bury(from: string, row: Row, to: string, now: number): void {
    this.#database
      .prepare(
        'UPDATE messages SET queue = ?, source_arn = ?, visible_at = ?, receives = 0, first_received = NULL, receipt = NULL WHERE sequence = ?',
      )
      .run(to, this.#arnOf(from), now, row.sequence);
    this.#arrivals.emit(to);
  }

  #arrival(name: string, ms: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((done) => {
      const finish = (): void => {
        clearTimeout(timer);
        this.#arrivals.off(name, finish);
        this.#closing.signal.removeEventListener('abort', finish);
        signal?.removeEventListener('abort', finish);
        done();
      };
      const timer = setTimeout(finish, ms);
      this.#arrivals.once(name, finish);
      this.#closing.signal.addEventListener('abort', finish);
      signal?.addEventListener('abort', finish);
    });
  }
}
