import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '../../../contracts/access.ts';
import { appealPack, type ReviewRecord, reviewPage, reviewRecord } from '../../../contracts/schemas/reviews.ts';
import { newId } from '../../../domain/integrations/ids.ts';
import { watchReviews } from '../../../functions/compliance/watch-reviews/watch-reviews.ts';
import { creativeIn, type GenerationWorld, openGenerationWorld } from '../generation/generation-world.ts';

let world: GenerationWorld;
beforeAll(async () => {
  world = await openGenerationWorld();
}, 30_000);
afterAll(() => world.close());
/** A page that is gone: every ad leads nowhere, and no wording mends that. */
beforeEach(() => {
  world.readPage = async (url) => ({ kind: 'read', url, status: 404, html: '<h1>Gone</h1>' });
});

interface By {
  readonly subject?: string;
  readonly role?: Role;
}
const path = (review: ReviewRecord) => ({ path: { reviewId: review.id } });
const act = (review: ReviewRecord, what: 'claim' | 'release', by: By = {}) =>
  world.call('POST', `/v1/reviews/{reviewId}/${what}`, { ...path(review), ...by });
const decide = (review: ReviewRecord, decision: string, reason: string, by: By = {}) =>
  world.call('POST', '/v1/reviews/{reviewId}/decision', { ...path(review), ...by, body: { decision, reason } });
const read = async (review: ReviewRecord) =>
  reviewRecord.parse((await world.call('GET', '/v1/reviews/{reviewId}', path(review))).body);
const queue = async (status = 'open') =>
  reviewPage.parse((await world.call('GET', '/v1/reviews', { query: { status } })).body).items;
const onlyGoogle = { variants: 2, languages: ['en'], platforms: ['google-ads'] };
const waiting = async () => {
  const runId = await world.start(onlyGoogle);
  const run = await world.until(runId, 'awaiting-approval', 'failed');
  expect(run.error).toBe(null);
  const reviews = (await queue()).filter(({ creative }) => creative?.runId === runId);
  return { run, runId, reviews };
};
const edit = async (creativeId = '', field: string, text: string) => {
  const at = { path: { creativeId } };
  const { headers } = await world.call('GET', '/v1/creatives/{creativeId}', at);
  const body = { texts: [{ field, text }] };
  return creativeIn(
    await world.call('PATCH', '/v1/creatives/{creativeId}', {
      ...at,
      body,
      headers: { 'if-match': headers.etag ?? '' },
    }),
  );
};
const adOf = async ({ creative }: ReviewRecord) => {
  const answer = await world.call('GET', '/v1/creatives/{creativeId}', {
    path: { creativeId: creative?.creativeId ?? '' },
  });
  return { ad: creativeIn(answer) };
};
const first = (reviews: readonly ReviewRecord[]): ReviewRecord => {
  const [review] = reviews;
  if (review === undefined) throw new Error('Nothing waits.');
  return review;
};
const askedText = async (key = crypto.randomUUID(), text = 'Is this too bold?') =>
  world.call('POST', '/v1/reviews', {
    body: { texts: [{ field: 'headline', text }], note: 'From the agency' },
    headers: { 'idempotency-key': key },
  });
const asked = async () => reviewRecord.parse((await askedText()).body);

describe('ads that the check could not mend', () => {
  it('wait for a person with the rules that they break, and keep out of what is launched', async () => {
    const { run, runId, reviews } = await waiting();
    expect(run.creatives.blocked).toBe(reviews.length);
    expect(first(reviews)).toMatchObject({ kind: 'creative', status: 'open', overdue: false, claim: null });
    expect(first(reviews).reasons.map(({ ruleId }) => ruleId)).toContain('destination.broken');
    const { ad } = await adOf(first(reviews));
    const refused = await world.decide(runId, { decision: 'approve', creativeIds: [ad.id] });
    expect(refused.status).toBe(409);
  });

  it('may be launched once somebody has let them pass, which is written down', async () => {
    const { runId, reviews } = await waiting();
    const review = first(reviews);
    const reason = 'The page comes back on Monday, before it runs.';
    expect((await decide(review, 'approve', 'too short')).status).toBe(400);
    expect((await decide(review, 'approve', reason)).status).toBe(200);
    expect(await read(review)).toMatchObject({ status: 'approved', history: [{ what: 'opened' }, { reason }] });
    const { ad } = await adOf(review);
    expect(ad).toMatchObject({ status: 'draft', verdict: 'block', review: { reason } });
    const { creatives } = await world.until(runId, 'awaiting-approval');
    expect(creatives.blocked).toBe(reviews.length - 1);
    expect((await world.decide(runId, { decision: 'approve', creativeIds: [ad.id] })).status).toBe(202);
    const { items } = await world.desk.stores.audit.list({ limit: 20 });
    expect(items.find(({ action }) => action === 'review.approved')).toMatchObject({ reason });
    expect((await queue()).filter(({ creative }) => creative?.runId === runId)).toEqual([]);
    await world.until(runId, 'succeeded', 'partial');
  });

  it('wait again when their words are changed after somebody has let them pass', async () => {
    const review = first((await waiting()).reviews);
    await decide(review, 'approve', 'The page comes back on Monday, before it runs.');
    const { ad } = await adOf(review);
    const { field = '' } = ad.texts[0] ?? {};
    expect(await edit(review.creative?.creativeId, field, 'Dry feet')).toMatchObject({
      ...{ review: null, status: 'needs-review' },
    });
    expect(await read(review)).toMatchObject({ status: 'open', history: [{}, {}, { what: 'reopened' }] });
  });

  it('wait when somebody has made them break a rule, until they are mended', async () => {
    world.readPage = async () => ({ kind: 'failed', status: null, reason: 'there is no internet here' });
    const runId = await world.start(onlyGoogle);
    await world.until(runId, 'awaiting-approval');
    const [ad] = await world.creatives(runId);
    expect((await edit(ad?.id, 'headlines.0', 'C.l.i.c.k here: dry feet')).status).toBe('needs-review');
    const review = first((await queue()).filter(({ creative }) => creative?.creativeId === ad?.id));
    expect((await edit(ad?.id, 'headlines.0', 'Dry feet')).status).toBe('draft');
    expect(await read(review)).toMatchObject({ status: 'closed' });
    expect((await decide(review, 'reject', 'It is too late for this.')).status).toBe(409);
  });

  it('wait when a model finds them unfit to be shown, or cannot be asked', async () => {
    world.readPage = async () => ({ kind: 'failed', status: null, reason: 'there is no internet here' });
    const harmless = world.looksAt;
    world.looksAt = (text) => ({
      kind: 'seen',
      seen: /dry|feet/i.test(text) ? [{ category: 'insult', confidence: 0.95 }] : [],
    });
    const { run, reviews } = await waiting();
    expect(run.creatives.blocked).toBeGreaterThan(0);
    expect(first(reviews).reasons[0]).toMatchObject({ ruleId: 'moderation.insult', severity: 'block', fix: null });
    world.looksAt = () => ({ kind: 'unavailable', reason: 'Bedrock answered TimeoutError' });
    const { ad } = await adOf(first(reviews));
    const edited = await edit(ad.id, ad.texts[0]?.field ?? '', 'Made for trails');
    expect(edited.findings.map(({ ruleId }) => ruleId)).toContain('moderation.unchecked');
    expect(edited.status).toBe('needs-review');
    world.looksAt = harmless;
    expect((await edit(ad.id, ad.texts[0]?.field ?? '', 'Grip on wet stone')).status).toBe('draft');
  });

  it('are gone with a rejection, and with the run that made them', async () => {
    const { runId, reviews } = await waiting();
    const review = first(reviews);
    expect((await decide(review, 'reject', 'Nobody knows when the page is back.')).status).toBe(200);
    const { ad } = await adOf(review);
    expect(ad.status).toBe('rejected');
    expect((await world.decide(runId, { decision: 'approve', creativeIds: [ad.id] })).status).toBe(409);
    await world.call('POST', '/v1/pipelines/campaign-generation/runs/{runId}/cancel', { path: { runId } });
    expect((await queue()).filter(({ creative }) => creative?.runId === runId)).toEqual([]);
  });

  it('come with all that speaks for them', async () => {
    const { reviews } = await waiting();
    const review = first(reviews);
    await decide(review, 'approve', 'The page comes back on Monday, before it runs.');
    const pack = appealPack.parse((await world.call('GET', '/v1/reviews/{reviewId}/appeal-pack', path(review))).body);
    const { ad } = await adOf(review);
    expect(pack.texts).toEqual(ad.texts.map(({ field, text }) => ({ field, text })));
    expect(pack.facts.length).toBe(ad.facts.length);
    expect(pack.letter).toContain('Google Ads');
    expect(pack.letter).toContain('The page comes back on Monday, before it runs.');
    for (const { source } of review.reasons) expect(pack.letter).toContain(source.url);
  });
});

describe('the queue', () => {
  it('gives a review to one person at a time, for a quarter of an hour', async () => {
    const review = await asked();
    const [ada, ben] = [{ subject: 'ada' }, { subject: 'ben' }];
    const claims = await Promise.all([act(review, 'claim', ada), act(review, 'claim', ben)]);
    expect(claims.map(({ status }) => status).sort()).toEqual([200, 409]);
    const holder = (await read(review)).claim?.by === 'ada' ? ada : ben;
    const other = holder === ada ? ben : ada;
    expect((await decide(review, 'approve', 'It is not too bold.', other)).status).toBe(409);
    expect((await act(review, 'release', other)).status).toBe(409);
    expect((await act(review, 'claim', holder)).status).toBe(200);
    world.desk.now += 16 * 60_000;
    expect((await read(review)).claim).toBe(null);
    expect((await act(review, 'claim', other)).status).toBe(200);
    expect((await act(review, 'release', other)).status).toBe(200);
    expect((await decide(review, 'approve', 'It is not too bold.', holder)).status).toBe(200);
    expect((await decide(review, 'approve', 'It is not too bold.', holder)).status).toBe(409);
  });

  it('puts first what was escalated, which an owner decides', async () => {
    await asked();
    const review = await asked();
    const manager = { role: 'manager' } as const;
    expect((await decide(review, 'escalate', 'I am not sure about this.', manager)).status).toBe(200);
    expect(first(await queue()).id).toBe(review.id);
    expect((await decide(review, 'approve', 'It is not too bold.', manager)).status).toBe(403);
    expect((await decide(review, 'approve', 'It is not too bold.', { role: 'owner' })).status).toBe(200);
  });

  it('takes a text once by its key, and shows a page after the other', async () => {
    const key = crypto.randomUUID();
    const one = reviewRecord.parse((await askedText(key)).body);
    expect(reviewRecord.parse((await askedText(key)).body).id).toBe(one.id);
    expect((await askedText(key, 'Something else')).status).toBe(422);
    await asked();
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query = { limit: '1', ...(cursor !== null && { cursor }) };
      const page = reviewPage.parse((await world.call('GET', '/v1/reviews', { query })).body);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual((await queue()).map(({ id }) => id));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('says what waits too long, in whichever workspace', async () => {
    const review = await asked();
    world.desk.now += 25 * 3_600_000;
    expect(await read(review)).toMatchObject({ overdue: true });
    const other = newId('wsp', world.desk.now);
    const look = await watchReviews({
      workspaceIds: async () => [other, world.desk.stores.workspaceId],
      storesOf: (id) => world.desk.world.stores.forWorkspace(id),
      hoursOf: async () => 24,
      failed: (_id, error) => expect(error).toBe(null),
      now: () => world.desk.now,
    });
    expect(look.overdue).toBe(1);
    expect(look.oldestHours).toBeGreaterThan(24);
  });
});
