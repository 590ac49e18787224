import { measureNames, type StreamEvent } from './stream-event.ts';

/**
 * How an event lies in the lake: `events/workspace=…/day=…/*.parquet`, one row an event as it was delivered. It may lie there twice;
 * `id` and `counts at` tell, as everywhere. `day` is the UTC day it was received on.
 */
export const landedTable = 'stream_events';
export const landedFolder = 'events';
export const landedPartitions = ['workspace', 'day'] as const;

export interface LandedColumn {
  readonly name: string;
  readonly type: 'string' | 'bigint';
  readonly description: string;
  /** As JSON text where it is more than a value. */
  readonly of: (event: StreamEvent) => string | number | null;
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const text = (name: keyof StreamEvent & string, description: string): LandedColumn => ({
  name: snake(name),
  type: 'string',
  description,
  of: (event) => event[name] as string | null,
});
const number = (name: 'occurredAt' | 'receivedAt' | 'appliesTo', description: string): LandedColumn => ({
  name: snake(name),
  type: 'bigint',
  description,
  of: (event) => event[name],
});
const json = (name: 'clickIds' | 'consent' | 'identifiers' | 'attributes', description: string): LandedColumn => ({
  name: snake(name),
  type: 'string',
  description,
  of: (event) => (event[name] === null ? null : JSON.stringify(event[name])),
});

export const landedColumns: readonly LandedColumn[] = [
  text('id', 'Of the event, as its sender gave it'),
  text('workspaceId', 'Workspace'),
  text('kind', 'What happened'),
  text('source', 'By which way it came in'),
  number('occurredAt', 'When it happened, epoch milliseconds'),
  number('receivedAt', 'When it was received, epoch milliseconds'),
  number('appliesTo', 'When that happened which it takes back, epoch milliseconds'),
  text('platform', 'Ad platform'),
  text('accountId', 'Account'),
  text('campaignId', 'Campaign'),
  text('adGroupId', 'Ad group'),
  text('adId', 'Ad'),
  text('currency', 'Of all money in it'),
  ...measureNames.map(
    (name): LandedColumn => ({
      name: snake(name),
      type: 'bigint',
      description: 'What it adds to its window',
      of: ({ measures }) => measures[name],
    }),
  ),
  text('orderId', 'Order'),
  json('clickIds', 'Ids of the click, JSON'),
  json('consent', 'What the person has agreed to, JSON'),
  json('identifiers', 'SHA-256 of normalised identifiers, JSON'),
  json('attributes', 'What else it says, JSON'),
];
