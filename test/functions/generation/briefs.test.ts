import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { apiHandler } from '../../../adapters/http/api-handler.ts';
import type { PageRead } from '../../../adapters/pages/page-reader.ts';
import type { EventDetail } from '../../../contracts/events.ts';
import { manageBrandKitsRoutes } from '../../../contracts/routes/manage-brand-kits.ts';
import { manageBriefsRoutes } from '../../../contracts/routes/manage-briefs.ts';
import { type BriefRecord, brandKitRecord, briefRecord } from '../../../contracts/schemas/kept-briefs.ts';
import { problem } from '../../../contracts/schemas/problem.ts';
import { readPageKey } from '../../../domain/generation/pipeline/generation-layout.ts';
import { manageBrandKits } from '../../../functions/generation/manage-brand-kits/manage-brand-kits.ts';
import { manageBriefs } from '../../../functions/generation/manage-briefs/manage-briefs.ts';
import { inputsOf } from '../../../functions/generation/manage-generation-runs/inputs-of.ts';
import { writeReading } from '../../../functions/generation/read-landing-page/write-reading.ts';
import { type Call, callApi } from '../../adapters/http/api-event.ts';
import { type StateTable, startStateTable } from '../../adapters/state-table.ts';
import { briefNamed } from '../../domain/generation/brief-files.ts';

const workspaceId = 'wsp_01J00000000000000000000000';
const other = 'wsp_01J00000000000000000000001';
const { brief: whole } = briefNamed('trail-shoes');
const withoutAccounts = { ...whole, platforms: [] };
const ownAccount = {
  ...{
    id: 'acc_01J00000000000000000000009',
    platform: 'google-ads' as const,
    platformId: '9',
    name: 'Shop',
    status: 'enabled' as const,
  },
  ...{
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    connectionId: 'con_01J00000000000000000000000',
    managerPlatformId: null,
  },
} as const;
const options = { allowedOrigin: 'https://dashboard.example' };

let table: StateTable;
let asked: EventDetail<'brief.reading.asked'>[];
let pages: Map<string, unknown>;
let clock = Date.parse('2026-11-20T10:00:00.000Z');
let briefs: ReturnType<typeof apiHandler>;
let kits: ReturnType<typeof apiHandler>;

beforeAll(async () => {
  table = await startStateTable();
}, 30_000);
afterAll(() => table.close());
beforeEach(() => {
  asked = [];
  pages = new Map();
  const now = (): number => {
    clock += 1_000;
    return clock;
  };
  const askReading = async (one: EventDetail<'brief.reading.asked'>) => void asked.push(one);
  briefs = apiHandler(manageBriefsRoutes, manageBriefs({ stores: table.stores, askReading, now }), options);
  kits = apiHandler(manageBrandKitsRoutes, manageBrandKits({ stores: table.stores, now }), options);
});

const send = (handler: unknown, method: string, resource: string, given: Partial<Call> & { json?: unknown } = {}) => {
  const { json, ...rest } = given;
  return callApi(handler, {
    ...{ method, resource, caller: { workspaceId } },
    ...rest,
    ...(json !== undefined && {
      body: JSON.stringify(json),
      headers: { 'content-type': 'application/json', ...rest.headers },
    }),
  });
};
const begin = async (json: unknown, headers?: Record<string, string>): Promise<BriefRecord> =>
  briefRecord.parse((await send(briefs, 'POST', '/v1/briefs', { json, ...(headers && { headers }) })).body);
const look = (briefId: string, as = workspaceId) =>
  send(briefs, 'GET', '/v1/briefs/{briefId}', { path: { briefId }, caller: { workspaceId: as } });
const change = async (briefId: string, json: unknown, tag?: string) =>
  send(briefs, 'PATCH', '/v1/briefs/{briefId}', {
    ...{ path: { briefId }, json },
    headers: { 'if-match': tag ?? (await look(briefId)).headers.etag ?? '' },
  });
const readerFor = (answer: PageRead) => ({
  stores: table.stores,
  lake: { putJson: async (key: string, value: unknown) => void pages.set(key, value) },
  readPage: async () => answer,
  now: () => clock,
});
const page: PageRead = {
  ...{ kind: 'read', status: 200, url: 'https://shop.example/trail' },
  html: '<html lang="en"><title>Trail shoes</title><main><h1>Trail shoes</h1><ul><li>Recycled rubber sole</li></ul></main></html>',
};

describe('briefs', () => {
  it('are begun with as much as is known, say what is open, and are whole once it is there', async () => {
    const started = await begin({ product: { name: 'Trail shoes' } });
    expect(started).toMatchObject({ complete: false, reading: null, createdBy: 'user-1' });
    expect(started.open.map(({ field }) => field)).toEqual([
      ...['landingPageUrl', 'dailyBudget', 'countries', 'languages', 'platforms', 'politicalAdvertising'],
    ]);
    const changed = briefRecord.parse((await change(started.id, { brief: withoutAccounts })).body);
    expect(changed.open).toEqual([{ field: 'platforms', message: 'Choose at least one account to advertise from.' }]);
    const less = briefRecord.parse((await change(started.id, { without: ['offer'] })).body);
    expect(less.brief.offer).toBeUndefined();
    expect(less.brief.product).toMatchObject({ name: whole.product.name });
  });

  it('name what contradicts itself, and accounts that are not theirs', async () => {
    const account = { accountId: 'acc_01J00000000000000000000000' };
    const refused = await send(briefs, 'POST', '/v1/briefs', { json: { ...whole, platforms: [account] } });
    expect(problem.parse(refused.body)).toMatchObject({
      status: 400,
      errors: [{ field: 'platforms.0.accountId', message: 'is no account of this workspace' }],
    });
    await table.stores.forWorkspace(workspaceId).accounts.upsert(ownAccount);
    const ended = { ...whole, offer: { text: 'Autumn sale', validUntil: '2020-01-01' }, languages: ['en', 'fi'] };
    const { complete, findings } = await begin({ ...ended, platforms: [{ accountId: ownAccount.id }] });
    expect(complete).toBe(true);
    expect(findings.map(({ field }) => field)).toEqual(expect.arrayContaining(['offer.validUntil', 'languages']));
  });

  it('are changed by whoever read them last, and every change is in the trail', async () => {
    const { id } = await begin({ product: { name: 'Trail shoes' } });
    const { headers } = await look(id);
    expect((await change(id, { brief: { problem: 'Wet feet' } }, headers.etag)).status).toBe(200);
    expect((await change(id, { brief: { problem: 'Cold feet' } }, headers.etag)).status).toBe(412);
    expect((await send(briefs, 'PATCH', '/v1/briefs/{briefId}', { path: { briefId: id }, json: {} })).status).toBe(428);
    const { items } = await table.stores.forWorkspace(workspaceId).audit.list({ limit: 50 });
    const own = items.filter(({ object }) => object?.id === id).map(({ action }) => action);
    expect(own.toSorted()).toEqual(['brief.changed', 'brief.created']);
  });

  it('are made once for one key, and refuse the key for another', async () => {
    const headers = { 'idempotency-key': 'brief-once' };
    const first = await begin({ product: { name: 'Once' } }, headers);
    expect((await begin({ product: { name: 'Once' } }, headers)).id).toBe(first.id);
    const mismatch = await send(briefs, 'POST', '/v1/briefs', { json: { product: { name: 'Twice' } }, headers });
    expect(mismatch.status).toBe(422);
  });

  it('belong to one workspace, and leave the list when they are archived', async () => {
    const { id } = await begin({ product: { name: 'Mine' } });
    expect((await look(id, other)).status).toBe(404);
    const list = async (query?: Record<string, string>) =>
      ((await send(briefs, 'GET', '/v1/briefs', query && { query })).body as { items: BriefRecord[] }).items.map(
        (one) => one.id,
      );
    expect((await list())[0]).toBe(id);
    await change(id, { archived: true });
    expect(await list()).not.toContain(id);
    expect(await list({ archived: 'true' })).toContain(id);
  });

  it('refuse what does not fit, by field', async () => {
    const { body, status } = await send(briefs, 'POST', '/v1/briefs', {
      json: { landingPageUrl: 'http://shop.example', countries: ['Germany'], surprise: 1 },
    });
    expect(status).toBe(400);
    const fields = problem.parse(body).errors?.map(({ field }) => field) ?? [];
    expect(fields).toEqual(expect.arrayContaining(['landingPageUrl', 'countries.0']));
  });
});

describe('a brief from an address', () => {
  const fromUrl = async (headers?: Record<string, string>) =>
    briefRecord.parse(
      (
        await send(briefs, 'POST', '/v1/briefs/from-url', {
          json: { url: 'https://shop.example/trail' },
          ...(headers && { headers }),
        })
      ).body,
    );

  it('is read in the background, and shows what was found with where it stands', async () => {
    const { id, reading } = await fromUrl();
    expect(reading).toMatchObject({ status: 'reading', url: 'https://shop.example/trail' });
    expect(asked).toEqual([{ workspaceId, briefId: id, startedAt: reading?.startedAt }]);
    for (const one of asked) await writeReading(readerFor(page), one);
    const read = briefRecord.parse((await look(id)).body);
    expect(read).toMatchObject({
      brief: { product: { name: 'Trail shoes' }, benefits: ['Recycled rubber sole'], languages: ['en'] },
      reading: { status: 'ready', httpStatus: 200, language: 'en', title: 'Trail shoes' },
    });
    expect(read.reading?.toConfirm).toEqual(['product.name', 'benefits', 'languages']);
    const kept = pages.get(readPageKey(workspaceId, id)) as {
      text: string;
      facts: { text: string; source: { start: number; end: number } }[];
    };
    for (const { text, start, end } of read.reading?.facts ?? []) expect(kept.text.slice(start, end)).toBe(text);
    // What somebody confirms or writes anew needs no second look.
    const confirmed = await change(id, { confirmed: ['benefits'], brief: { product: { name: 'Better name' } } });
    expect(briefRecord.parse(confirmed.body).reading?.toConfirm).toEqual(['languages']);
  });

  it('says why it could not be read and can be read again', async () => {
    const { id } = await fromUrl();
    const reason = 'the page answers with status 404';
    for (const one of asked) {
      await writeReading(readerFor({ kind: 'failed', status: 404, reason }), one);
    }
    expect(briefRecord.parse((await look(id)).body).reading).toMatchObject({
      status: 'failed',
      httpStatus: 404,
      reason,
    });
    expect((await send(briefs, 'POST', '/v1/briefs/{briefId}/reading', { path: { briefId: id } })).status).toBe(202);
    expect(asked).toHaveLength(2);
    // The event of the first reading comes again: it is over.
    const [first, second] = asked;
    if (first !== undefined) await writeReading(readerFor(page), first);
    expect(briefRecord.parse((await look(id)).body).reading?.status).toBe('reading');
    if (second !== undefined) await writeReading(readerFor(page), second);
    expect(briefRecord.parse((await look(id)).body).reading?.status).toBe('ready');
  });

  it('that nobody ends is shown as failed, and may still end', async () => {
    const { id } = await fromUrl();
    clock += 11 * 60_000;
    const lost = briefRecord.parse((await look(id)).body).reading;
    expect(lost).toMatchObject({ status: 'failed', reason: expect.stringContaining('not read in time') });
    for (const one of asked) await writeReading(readerFor(page), one);
    expect(briefRecord.parse((await look(id)).body).reading?.status).toBe('ready');
  });

  it('is asked for once by one key', async () => {
    const headers = { 'idempotency-key': 'from-url-once' };
    expect((await fromUrl(headers)).id).toBe((await fromUrl(headers)).id);
  });

  it('that is drawn by scripts alone is a failure in words', async () => {
    const { id } = await fromUrl();
    for (const one of asked)
      await writeReading(readerFor({ ...page, html: '<script>draw()</script>' } as PageRead), one);
    expect(briefRecord.parse((await look(id)).body).reading).toMatchObject({
      status: 'failed',
      reason: expect.stringContaining('the page shows no text'),
    });
  });
});

describe('what a run works from', () => {
  const ask = (briefId: string, brandKitId?: string) =>
    inputsOf(table.stores.forWorkspace(workspaceId), { briefId, ...(brandKitId !== undefined && { brandKitId }) });

  it('is a whole brief with its page and brand kit; what is open is named', async () => {
    const { id } = await begin(withoutAccounts);
    await expect(ask(id)).rejects.toMatchObject({
      code: 'invalid-request',
      fields: [{ field: 'platforms', message: 'Choose at least one account to advertise from.' }],
    });
    expect(await ask('brf_00000000000000000000000000')).toBeUndefined();
  });
});

describe('brand kits', () => {
  const kit = {
    ...{ name: 'Nordlicht', businessName: 'Nordlicht Outdoor', bannedWords: ['cheap'], claims: [] },
    voice: { tone: 'friendly', formality: 'informal' },
    colours: { primary: '#0b5fff' },
    fonts: { heading: 'inter', body: 'inter' },
  };

  it('are made, changed by whoever read them last, and archived', async () => {
    const made = brandKitRecord.parse((await send(kits, 'POST', '/v1/brand-kits', { json: kit })).body);
    expect(made.kit).toEqual(kit);
    const path = { brandKitId: made.id };
    const { headers } = await send(kits, 'GET', '/v1/brand-kits/{brandKitId}', { path });
    const patch = (json: unknown) =>
      send(kits, 'PATCH', '/v1/brand-kits/{brandKitId}', { path, json, headers: { 'if-match': headers.etag ?? '' } });
    expect(
      brandKitRecord.parse((await patch({ legalLine: 'Only while stocks last', archived: true })).body),
    ).toMatchObject({
      kit: { ...kit, legalLine: 'Only while stocks last' },
      archived: true,
    });
    expect((await patch({ name: 'Other' })).status).toBe(412);
    const refused = await send(kits, 'POST', '/v1/brand-kits', { json: { ...kit, colours: { primary: 'blue' } } });
    expect(problem.parse(refused.body).errors?.map(({ field }) => field)).toEqual(['colours.primary']);
  });
});
