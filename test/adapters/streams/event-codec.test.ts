import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEventCodec } from '../../../adapters/streams/event-codec.ts';
import { createFileRegistry, derivedVersionId, readReleasedSchemas } from '../../../adapters/streams/file-registry.ts';
import { frameHeader } from '../../../adapters/streams/record-format.ts';
import {
  consentStates,
  eventKinds,
  eventSources,
  measureNames,
  mostMeasure,
} from '../../../contracts/streams/stream-event.ts';
import { releasedFolder } from '../../../scripts/check-schemas.ts';
import { sampleEvent } from './sample-events.ts';

const released = readReleasedSchemas(releasedFolder);
const codec = createEventCodec(createFileRegistry(released));
const encoded = async (event = sampleEvent()) => (await codec.encoder())(event);

const text = fc.string({ minLength: 1, maxLength: 60 });
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const hex = fc.stringMatching(/^[0-9a-f]{64}$/);
const serial = (prefix: string) => fc.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/).map((body) => `${prefix}_${body}`);
const instant = fc.integer({ min: 1_577_836_800_000, max: 4_102_444_800_000 });
const events = fc.record({
  id: fc.stringMatching(/^[\x21-\x7e]{1,128}$/),
  workspaceId: serial('wsp'),
  kind: fc.constantFrom(...eventKinds),
  source: fc.constantFrom(...eventSources),
  occurredAt: instant,
  receivedAt: instant,
  appliesTo: orNull(instant),
  platform: orNull(fc.constantFrom('google-ads' as const, 'tiktok-ads' as const, 'linkedin-ads' as const)),
  accountId: orNull(serial('acc')),
  campaignId: orNull(serial('cmp')),
  adGroupId: orNull(serial('adg')),
  adId: orNull(serial('ad')),
  currency: orNull(fc.stringMatching(/^[A-Z]{3}$/)),
  measures: fc.record(
    Object.fromEntries(
      measureNames.map((name) => [name, fc.integer({ min: -mostMeasure, max: mostMeasure })]),
    ) as Record<(typeof measureNames)[number], fc.Arbitrary<number>>,
  ),
  orderId: orNull(text),
  clickIds: orNull(
    fc.record({
      gclid: orNull(text),
      gbraid: orNull(text),
      wbraid: orNull(text),
      ttclid: orNull(text),
      liFatId: orNull(text),
    }),
  ),
  consent: orNull(
    fc.record({
      adStorage: fc.constantFrom(...consentStates),
      adUserData: fc.constantFrom(...consentStates),
      adPersonalization: fc.constantFrom(...consentStates),
    }),
  ),
  identifiers: orNull(
    fc.record({
      emails: fc.array(hex, { maxLength: 5 }),
      phones: fc.array(hex, { maxLength: 5 }),
      firstName: orNull(hex),
      lastName: orNull(hex),
      externalIds: fc.array(hex, { maxLength: 5 }),
    }),
  ),
  attributes: fc.dictionary(fc.stringMatching(/^[a-z]{1,20}$/), text, { maxKeys: 5, noNullPrototype: true }),
});

describe('an event on the wire', () => {
  it('is read as it was written, whatever it holds', async () => {
    const encode = await codec.encoder();
    await fc.assert(
      fc.asyncProperty(events, async (event) => {
        expect(await codec.decode(encode(event))).toMatchObject({ kind: 'event', event });
      }),
      { numRuns: 200 },
    );
  });

  it('carries the version it was written with, in the form of the Glue Schema Registry', async () => {
    const record = await encoded();
    const version = released.at(-1)?.id.replaceAll('-', '');
    expect(record.subarray(0, 18).toString('hex')).toBe(`0300${version}`);
  });

  it('is read from a compressed record too', async () => {
    const record = await encoded();
    const compressed = Buffer.concat([Buffer.from([3, 5]), record.subarray(2, 18), deflateSync(record.subarray(18))]);
    expect(await codec.decode(compressed)).toMatchObject({ kind: 'event', event: sampleEvent() });
  });

  // Made by the release that registered the version and never made again.
  it.each(readdirSync(join(import.meta.dirname, 'records')))(
    'of an earlier release stays readable: %s',
    async (file) => {
      const record = Buffer.from(readFileSync(join(import.meta.dirname, 'records', file), 'utf8').trim(), 'hex');
      expect(await codec.decode(record)).toMatchObject({
        kind: 'event',
        event: sampleEvent({
          id: 'order-1001',
          kind: 'conversion',
          orderId: '1001',
          currency: 'EUR',
          measures: { orders: 1, revenueMicros: 59_900_000 },
          consent: { adStorage: 'granted', adUserData: 'denied', adPersonalization: 'unknown' },
          attributes: { page: '/thanks' },
        }),
      });
    },
  );

  it('has a record kept of every released version', () => {
    expect(readdirSync(join(import.meta.dirname, 'records')).sort()).toEqual(
      released.map(({ schemaName, version }) => `${schemaName}-${version}.hex`).sort(),
    );
  });
});

describe('a record that is no event', () => {
  const framed = (id: string, payload: Buffer) => Buffer.concat([frameHeader(id), payload]);
  const unknown = '00000000-0000-8000-a000-000000000000';
  const current = released.at(-1)?.id ?? '';
  it.each([
    ['too short', Buffer.from('{}'), 'unreadable', '2 bytes are fewer than the header of 18'],
    ['JSON', Buffer.from(JSON.stringify(sampleEvent())), 'unreadable', 'the first byte is 123 and not 3'],
    ['of another compression', Buffer.concat([Buffer.from([3, 9]), Buffer.alloc(20)]), 'unreadable', 'compression 9'],
    ['broken in compression', Buffer.concat([Buffer.from([3, 5]), Buffer.alloc(40)]), 'unreadable', 'does not inflate'],
    ['of a version nobody registered', framed(unknown, Buffer.alloc(4)), 'unknown-schema', unknown],
    ['cut off', framed(current, Buffer.alloc(4)), 'undecodable', ''],
  ])('is told by its reason: %s', async (_what, record, kind, detail) => {
    expect(await codec.decode(record)).toMatchObject({ kind, detail: expect.stringContaining(detail) });
  });

  it('is told by its reason: of a schema that cannot be read as today’s', async () => {
    const definition = {
      type: 'record',
      name: 'StreamEvent',
      namespace: 'conext',
      fields: [{ name: 'id', type: 'int' }],
    };
    const id = derivedVersionId('stream-event', definition);
    const registry = createFileRegistry([...released, { schemaName: 'stream-event', version: 99, id, definition }]);
    expect(await createEventCodec(registry).decode(framed(id, Buffer.from([2])))).toMatchObject({
      kind: 'incompatible-schema',
      detail: expect.stringContaining(id),
    });
  });

  it('is told with its workspace and the field where it can be read and is not valid', async () => {
    const record = await encoded(sampleEvent({ kind: 'party' as 'click' }));
    expect(await codec.decode(record)).toMatchObject({
      kind: 'invalid',
      detail: expect.stringContaining('kind'),
      workspaceId: sampleEvent().workspaceId,
    });
  });
});
