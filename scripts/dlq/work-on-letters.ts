import { type Letter, reasonOf, workspaceOf } from './dead-letter.ts';
import { mostMessages, type QueueMessage, visitMessages } from './queue-messages.ts';
import { type ReplayPorts, replayLetter } from './replay-letter.ts';
import type { StreamTarget } from './stream-target.ts';

export interface LetterPorts extends ReplayPorts, Pick<StreamTarget, 'sqs' | 'queueUrl'> {
  readonly print: (line: string) => void;
}

/** A line a letter, the reason first. */
export async function listLetters(
  ports: LetterPorts,
  options: { readonly reason: string | undefined; readonly limit: number; readonly now: number },
): Promise<void> {
  let shown = 0;
  const seen = await visitMessages(ports.sqs, ports.queueUrl, async ({ id, letter, sentAt }) => {
    const reason = reasonOf(letter);
    if (options.reason !== undefined && reason !== options.reason) return 'keep';
    shown += 1;
    ports.print(
      `${id}  ${reason.padEnd(20)} ${ageOf(options.now - sentAt).padStart(5)}  ${workspaceOf(letter)}  ${kindOf(letter)}`,
    );
    return shown >= options.limit ? 'stop' : 'keep';
  });
  if (shown === 0) ports.print(options.reason === undefined ? 'No dead letters.' : `None for ${options.reason}.`);
  else if (seen >= mostMessages) ports.print(`The first ${mostMessages} were looked at; there may be more.`);
}

/** The whole of one letter, with the event in it where it can be read. Answers whether there is such a letter. */
export async function showLetter(ports: LetterPorts, id: string): Promise<boolean> {
  let found: QueueMessage | undefined;
  await visitMessages(ports.sqs, ports.queueUrl, async (message) => {
    if (message.id !== id) return 'keep';
    found = message;
    return 'stop';
  });
  if (found === undefined) return false;
  const { letter, body, sentAt } = found;
  if (letter.kind === 'unknown') {
    ports.print(body);
    return true;
  }
  const decoded =
    letter.kind === 'record' ? await ports.codec.decode(Buffer.from(letter.record.data, 'base64')) : undefined;
  ports.print(
    JSON.stringify({ id, sentAt: new Date(sentAt).toISOString(), ...JSON.parse(body), decoded }, undefined, 2),
  );
  return true;
}

export interface Replayed {
  readonly letters: number;
  readonly records: number;
  /** Letters that stay in the queue. */
  readonly refused: number;
  /** Ids that were asked for and are not in the queue. */
  readonly missing: readonly string[];
  /** Letters that came while others were put again, perhaps the same: they stay, or a replay would never end. */
  readonly newer: number;
}

/** Puts letters on the stream again, and takes each from the queue once the stream has it. */
export async function replayLetters(
  ports: LetterPorts,
  options: {
    readonly ids: readonly string[];
    readonly reason: string | undefined;
    readonly dryRun: boolean;
    readonly now: number;
  },
): Promise<Replayed> {
  const wanted = new Set(options.ids);
  const all = wanted.size === 0;
  const done = { letters: 0, records: 0, refused: 0, newer: 0 };
  await visitMessages(ports.sqs, ports.queueUrl, async ({ id, letter, sentAt }) => {
    if (!all && wanted.size === 0) return 'stop';
    const asked = all ? options.reason === undefined || reasonOf(letter) === options.reason : wanted.delete(id);
    if (!asked) return 'keep';
    if (all && sentAt > options.now) {
      done.newer += 1;
      return 'keep';
    }
    const result = await replayLetter(ports, letter, options.dryRun);
    if (result.kind === 'refused') {
      done.refused += 1;
      ports.print(`${id} stays: ${result.why}.`);
      return 'keep';
    }
    done.letters += 1;
    done.records += result.records;
    if (done.letters % 500 === 0) ports.print(`${done.letters} letters …`);
    return options.dryRun ? 'keep' : 'delete';
  });
  return { ...done, missing: [...wanted] };
}

const kindOf = (letter: Letter): string =>
  letter.kind === 'record'
    ? `record of ${String(letter.record.source.type)}: ${letter.record.detail}`
    : letter.kind === 'range'
      ? `${letter.range.records} records of ${letter.range.shardId} (${letter.condition})`
      : letter.kind === 'kafka-range'
        ? `a range of ${letter.partitions.join(', ')} (${letter.condition})`
        : 'not a message of the stream';

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const;
const ageOf = (millis: number): string => {
  const [unit, size] = units.find(([, each]) => millis >= each) ?? ['s', 1_000];
  return `${Math.max(0, Math.floor(millis / size))}${unit}`;
};
