import type { LaneStore, StoredBlock } from '../stores/lane-store.ts';
import type { DayPart } from '../stores/live-keys.ts';

/** Ids and items a warm worker keeps: some 200 MB at most. */
const mostMarks = 1_500_000;
const mostItems = 4_000;

/**
 * What a worker knows of one lane since it last wrote it. While no other worker writes there, it reads nothing again; a write that is
 * refused says that somebody did, and all is forgotten. Mutable: the counting adds to the blocks before it writes them.
 */
export class LaneMemory {
  readonly #store: LaneStore;
  readonly #minutes = new Map<number, Promise<StoredBlock>>();
  readonly #days = new Map<string, Promise<StoredBlock>>();
  readonly #seen = new Map<number, Promise<Set<string>>>();

  constructor(store: LaneStore) {
    this.#store = store;
  }

  minutes = (start: number): Promise<StoredBlock> => known(this.#minutes, start, () => this.#store.minutes(start));
  day = (part: DayPart): Promise<StoredBlock> =>
    known(this.#days, `${part.date}#${part.quarter}`, () => this.#store.day(part));
  seen = (start: number): Promise<Set<string>> => known(this.#seen, start, () => this.#store.seen(start));

  /** After a write: the versions are one higher. */
  wrote(
    minutes: readonly (StoredBlock & { start: number })[],
    days: readonly (StoredBlock & { part: DayPart })[],
  ): void {
    for (const { start, block, version } of minutes) {
      this.#minutes.set(start, Promise.resolve({ block, version: version + 1 }));
    }
    for (const { part, block, version } of days) {
      this.#days.set(`${part.date}#${part.quarter}`, Promise.resolve({ block, version: version + 1 }));
    }
  }

  forget(): void {
    this.#minutes.clear();
    this.#days.clear();
    this.#seen.clear();
  }

  async size(): Promise<{ readonly items: number; readonly marks: number }> {
    const seen = await Promise.all(this.#seen.values());
    return {
      items: this.#minutes.size + this.#days.size + this.#seen.size,
      marks: seen.reduce((sum, marks) => sum + marks.size, 0),
    };
  }
}

function known<K, V>(map: Map<K, Promise<V>>, key: K, read: () => Promise<V>): Promise<V> {
  const found = map.get(key);
  if (found !== undefined) return found;
  const reading = read();
  map.set(key, reading);
  // What could not be read is no knowledge.
  reading.catch(() => map.delete(key));
  return reading;
}

/** The lanes a worker has written, the least recently used forgotten first. */
export class LaneCache {
  readonly #open: (workspaceId: string, lane: number) => LaneStore;
  readonly #lanes = new Map<string, { readonly memory: LaneMemory; readonly store: LaneStore }>();

  constructor(open: (workspaceId: string, lane: number) => LaneStore) {
    this.#open = open;
  }

  lane(workspaceId: string, lane: number): { readonly memory: LaneMemory; readonly store: LaneStore } {
    const name = `${workspaceId}#${lane}`;
    const found = this.#lanes.get(name) ?? this.#opened(workspaceId, lane);
    this.#lanes.delete(name);
    this.#lanes.set(name, found);
    return found;
  }

  /** Called between batches. A single lane above the bound goes too: it is read again. */
  async shrink(): Promise<void> {
    let items = 0;
    let marks = 0;
    for (const [name, { memory }] of [...this.#lanes].reverse()) {
      const size = await memory.size();
      items += size.items;
      marks += size.marks;
      if (items > mostItems || marks > mostMarks) this.#lanes.delete(name);
    }
  }

  #opened(workspaceId: string, lane: number) {
    const store = this.#open(workspaceId, lane);
    return { store, memory: new LaneMemory(store) };
  }
}
