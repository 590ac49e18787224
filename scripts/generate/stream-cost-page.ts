import results from '../../bench/results.json' with { type: 'json' };

/** What a million events cost on AWS, part by part: prices and amounts are tables, the page is their product. */

/** US East (N. Virginia), on demand, as AWS listed them in 2026, in dollars. Another region is a tenth or two more. */
const prices = {
  apiRequest: 3.5e-6,
  lambdaRequest: 0.2e-6,
  /** arm64. */
  lambdaGigabyteSecond: 1.33334e-5,
  kinesisPut: 0.014e-6,
  kinesisShardHour: 0.015,
  /** From the second to the seventh day. */
  kinesisRetentionShardHour: 0.02,
  dynamoWriteUnit: 0.625e-6,
  dynamoReadUnit: 0.125e-6,
  firehoseGigabyte: 0.029,
  firehoseConversionGigabyte: 0.018,
  firehosePartitionGigabyte: 0.02,
  firehosePartitionObject: 5e-6,
  logGigabyte: 0.5,
} as const;

interface Traffic {
  readonly name: string;
  readonly eventsPerSecond: number;
  readonly eventsPerRequest: number;
  readonly shards: number;
  readonly recordsPerBatch: number;
  readonly writeUnitsPerRecord: number;
}

/** Of the last run of the bench; the quiet one sees 250 records a batch. */
const { handler, quiet } = results.streamHandler.figures;

const traffics: readonly Traffic[] = [
  {
    name: '500 events a second, 20 to a request, 2 shards',
    eventsPerSecond: 500,
    eventsPerRequest: 20,
    shards: 2,
    recordsPerBatch: 250,
    writeUnitsPerRecord: quiet.writeUnitsPerRecord,
  },
  {
    name: '8,000 events a second, 100 to a request, 16 shards',
    eventsPerSecond: 8_000,
    eventsPerRequest: 100,
    shards: 16,
    recordsPerBatch: 500,
    writeUnitsPerRecord: handler.writeUnitsPerRecord,
  },
];

/** Assumed where nothing was measured on AWS. */
const assumed = {
  requestSeconds: 0.1,
  requestGigabytes: 0.5,
  batchSeconds: 0.05,
  batchGigabytes: 1.769,
  logBytesPerRequest: 400,
  logBytesPerBatch: 600,
} as const;

const million = 1_000_000;
/** Firehose charges each record for 5 KB at least; an event has a tenth of a KB. */
const firehoseGigabytes = (million * 5 * 1024) / 1024 ** 3;
const jsonGigabytes = (million * 640) / 1024 ** 3;
const workspacesAtOnce = 1;

interface Part {
  readonly what: string;
  readonly of: (traffic: Traffic) => number;
}

const parts: readonly Part[] = [
  { what: 'API Gateway, a request', of: (one) => (million / one.eventsPerRequest) * prices.apiRequest },
  {
    what: '`receive-events`: Lambda, one quota write and two reads a request',
    of: (one) =>
      (million / one.eventsPerRequest) *
      (prices.lambdaRequest +
        assumed.requestSeconds * assumed.requestGigabytes * prices.lambdaGigabyteSecond +
        prices.dynamoWriteUnit +
        2 * prices.dynamoReadUnit),
  },
  { what: 'Kinesis, a record put', of: () => million * prices.kinesisPut },
  {
    what: 'Kinesis, shards with seven days of retention',
    of: (one) =>
      (million / one.eventsPerSecond / 3_600) *
      one.shards *
      (prices.kinesisShardHour + prices.kinesisRetentionShardHour),
  },
  {
    what: '`process-stream`: Lambda',
    of: (one) =>
      (million / one.recordsPerBatch) *
      (prices.lambdaRequest + assumed.batchSeconds * assumed.batchGigabytes * prices.lambdaGigabyteSecond),
  },
  { what: 'DynamoDB, counters and ids', of: (one) => million * one.writeUnitsPerRecord * prices.dynamoWriteUnit },
  { what: 'Firehose, taken in at 5 KB a record', of: () => firehoseGigabytes * prices.firehoseGigabyte },
  { what: 'Firehose, made into Parquet', of: () => firehoseGigabytes * prices.firehoseConversionGigabyte },
  {
    what: 'Firehose, by workspace and day',
    of: (one) =>
      jsonGigabytes * prices.firehosePartitionGigabyte +
      (million / one.eventsPerSecond / 300) * workspacesAtOnce * prices.firehosePartitionObject,
  },
  {
    what: 'Logs and metrics in them',
    of: (one) =>
      ((million / one.eventsPerRequest) * assumed.logBytesPerRequest +
        (million / one.recordsPerBatch) * assumed.logBytesPerBatch) *
      (prices.logGigabyte / 1024 ** 3),
  },
];

const dollars = (value: number): string => (value < 0.0005 ? 'below 0.001' : value.toFixed(3));

export function streamCostPage(): string {
  const total = (traffic: Traffic): number => parts.reduce((sum, { of }) => sum + of(traffic), 0);
  return `<!-- Made by "npm run generate" from scripts/generate/stream-cost-page.ts. -->
# What the stream costs

Dollars for a million events on AWS, at list prices of US East (N. Virginia) without free tiers or commitments. **Nothing of it was billed:** it is prices
times amounts. The write units of DynamoDB are measured on the emulated table (\`npm run bench\`), what is assumed is said below.

| part | ${traffics.map(({ name }) => name).join(' | ')} |
|---|${traffics.map(() => '---:').join('|')}|
${parts.map(({ what, of }) => `| ${what} | ${traffics.map((traffic) => dollars(of(traffic))).join(' | ')} |`).join('\n')}
| **all of it** | ${traffics.map((traffic) => `**${dollars(total(traffic))}**`).join(' | ')} |

One \`UpdateItem\` an event alone would be ${dollars(million * prices.dynamoWriteUnit)}, and would count what comes twice twice.

- **Firehose is the largest part**, because it charges every record for 5 KB. Whoever needs no replay takes the delivery stream out; whoever has much more
  than this writes events together into larger records.
- **Events sent one by one** cost ${dollars(million * (prices.apiRequest + prices.lambdaRequest))} for API Gateway and Lambda's requests: send them in batches.
- **A quiet stream costs its shards**: ${(730 * (prices.kinesisShardHour + prices.kinesisRetentionShardHour)).toFixed(0)} dollars a shard and month. One is enough up to 1,000 events a second
  (\`-c streamShards=1\`).
- A live page that is open reads versions of some items a second, about ${dollars(3_600 * 14 * prices.dynamoReadUnit)} an hour, and is a Lambda of 512 MB for as long:
  ${dollars(3_600 * 0.5 * prices.lambdaGigabyteSecond)} an hour.

Assumed: ${assumed.requestSeconds * 1_000} ms and ${assumed.requestGigabytes} GB a request, ${assumed.batchSeconds * 1_000} ms and ${assumed.batchGigabytes} GB a batch, ${assumed.logBytesPerRequest} and ${assumed.logBytesPerBatch} bytes of log for each; ${workspacesAtOnce} workspace.
Not in it: S3, alarms (0.10 a month each), custom metrics (0.30 a month each), data that leaves AWS.
`;
}
