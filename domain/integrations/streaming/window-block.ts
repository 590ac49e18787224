import { type CounterKey, type Counters, counterNames } from './counters.ts';

/**
 * Counters of some slots (minutes of a block, hours of a part of a day) by key: what one item of the state table holds. Mutable: the
 * processor adds to it event by event.
 */
export class WindowBlock {
  readonly #cells = new Map<string, Cell>();

  /** Adds one event's numbers to a slot. */
  add(key: CounterKey, slot: number, counters: Counters): void {
    const name = nameOf(key);
    let cell = this.#cells.get(name);
    if (cell === undefined) {
      cell = { key: keyOf(key), slots: new Map() };
      this.#cells.set(name, cell);
    }
    let sums = cell.slots.get(slot);
    if (sums === undefined) {
      sums = counterNames.map(() => 0);
      cell.slots.set(slot, sums);
    }
    for (let index = 0; index < counterNames.length; index += 1) {
      sums[index] = (sums[index] ?? 0) + counters[counterNames[index] as (typeof counterNames)[number]];
    }
  }

  isEmpty(): boolean {
    return this.#cells.size === 0;
  }

  /** What is in it, in the order of keys and slots. */
  *entries(): Generator<{ readonly key: CounterKey; readonly slot: number; readonly counters: Counters }> {
    for (const [, { key, slots }] of ordered(this.#cells)) {
      for (const [slot, sums] of ordered(slots)) {
        yield {
          key,
          slot,
          counters: Object.fromEntries(counterNames.map((name, i) => [name, sums[i] ?? 0])) as Counters,
        };
      }
    }
  }

  /** The same without the slots that are named. */
  without(named: (key: CounterKey, slot: number) => boolean): WindowBlock {
    const rest = new WindowBlock();
    for (const { key, slot, counters } of this.entries()) if (!named(key, slot)) rest.add(key, slot, counters);
    return rest;
  }

  /** As it is stored: the same counters always give the same text, whatever order they came in. */
  write(): string {
    return JSON.stringify([
      layout,
      ...[...ordered(this.#cells)].map(([, { key, slots }]) => [
        keyParts.map((part) => key[part]),
        ...[...ordered(slots)].map(([slot, sums]) => [slot, ...withoutTrailingZeros(sums)]),
      ]),
    ]);
  }

  /** Throws `Error` for what `write` did not write. */
  static read(text: string): WindowBlock {
    const block = new WindowBlock();
    const [names, ...cells] = JSON.parse(text) as [string[], ...[(string | null)[], ...number[][]][]];
    // Counters may have been added since; what was stored says which it holds.
    const places = counterNames.map((name) => names.indexOf(name));
    for (const [parts, ...slots] of cells) {
      const key = Object.fromEntries(
        keyParts.map((part, index) => [part, parts[index] ?? null]),
      ) as unknown as CounterKey;
      block.#cells.set(nameOf(key), {
        key,
        slots: new Map(slots.map(([slot = 0, ...sums]) => [slot, places.map((place) => sums[place] ?? 0)])),
      });
    }
    return block;
  }
}

interface Cell {
  readonly key: CounterKey;
  readonly slots: Map<number, number[]>;
}

const keyParts = ['accountId', 'campaignId', 'adGroupId', 'adId', 'currency'] as const;
const layout: readonly string[] = counterNames;

const nameOf = (key: CounterKey): string =>
  `${key.accountId ?? ''}|${key.campaignId ?? ''}|${key.adGroupId ?? ''}|${key.adId ?? ''}|${key.currency ?? ''}`;
const keyOf = ({ accountId, campaignId, adGroupId, adId, currency }: CounterKey): CounterKey => ({
  accountId,
  campaignId,
  adGroupId,
  adId,
  currency,
});

const ordered = <K extends string | number, V>(map: ReadonlyMap<K, V>): [K, V][] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : 1));

function withoutTrailingZeros(sums: readonly number[]): readonly number[] {
  const last = sums.findLastIndex((sum) => sum !== 0);
  return sums.slice(0, last + 1);
}
