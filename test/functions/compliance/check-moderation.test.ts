import { describe, expect, it } from 'vitest';
import { apiHandler } from '../../../adapters/http/api-handler.ts';
import { createModerator } from '../../../adapters/moderation/moderator.ts';
import { createTelemetry } from '../../../adapters/telemetry.ts';
import { checkModerationRoutes } from '../../../contracts/routes/check-moderation.ts';
import { moderationAnswer } from '../../../contracts/schemas/moderation.ts';
import { newId } from '../../../domain/integrations/ids.ts';
import { checkModeration } from '../../../functions/compliance/check-moderation/check-moderation.ts';
import { callApi } from '../../adapters/http/api-event.ts';

const workspaceId = newId('wsp', 0);
const assetId = 'ast_00000000000000000000000001';
const asked: string[] = [];
const handler = apiHandler(
  checkModerationRoutes,
  checkModeration({
    moderator: createModerator(
      async (texts) =>
        texts.map((text) => ({
          kind: 'seen',
          seen: text.includes('losers') ? [{ category: 'insult', confidence: 0.95 }] : [],
        })),
      {
        look: async (key) => {
          asked.push(key);
          return { kind: 'seen', seen: [{ category: 'suggestive', confidence: 0.7 }] };
        },
        read: async () => ({ kind: 'read', lines: ['For losers only'] }),
      },
    ),
    thresholdsOf: async () => ({ review: 0.6, block: 0.9 }),
    exists: async (key) => key.includes(workspaceId) && key.includes(assetId),
  }),
  { allowedOrigin: 'https://app.example', telemetry: createTelemetry({}, () => undefined) },
);
const check = (body: object) =>
  callApi(handler, {
    ...{ method: 'POST', resource: '/v1/moderation/check', caller: { workspaceId } },
    ...{ headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  });

describe('POST /v1/moderation/check', () => {
  it('says what is not fit to be shown, where, and who says so', async () => {
    const texts = [
      { field: 'headline', text: 'Damn it, dry feet' },
      { field: 'description', text: 'Call +49 30 1234567, or +49 40 7654321' },
      { field: 'text', text: 'Grip on wet stone' },
    ];
    const { status, body } = await check({ texts, allowed: ['+49 30 1234567'] });
    expect(status).toBe(200);
    const answer = moderationAnswer.parse(body);
    expect(answer.verdict).toBe('review');
    expect(
      answer.findings.map(({ category, detector, field, span }) => [category, detector, field, span?.start]),
    ).toEqual([
      ['profanity', 'rules', 'headline', 0],
      ['personal-data', 'rules', 'description', 24],
    ]);
  });

  it('reads pictures and judges what stands in them', async () => {
    const answer = moderationAnswer.parse((await check({ assetIds: [assetId] })).body);
    expect(answer).toMatchObject({ verdict: 'block', read: [{ field: 'assets.0', text: 'For losers only' }] });
    expect(answer.findings.map(({ category, severity }) => [category, severity])).toEqual([
      ['insult', 'block'],
      ['suggestive', 'review'],
    ]);
    expect(asked.every((key) => key.includes(workspaceId))).toBe(true);
  });

  it('passes what is harmless', async () => {
    const { body } = await check({ texts: [{ field: 'text', text: 'Dry feet in heavy rain' }] });
    expect(body).toEqual({ verdict: 'pass', findings: [], read: [] });
  });

  it.each([
    [{}, 400],
    [{ texts: [{ field: 'text', text: '' }] }, 400],
    [{ texts: Array(51).fill({ field: 'text', text: 'a' }) }, 400],
    [{ assetIds: ['ast_00000000000000000000000002'] }, 404],
  ])('refuses %j', async (body, status) => {
    expect((await check(body)).status).toBe(status);
  });
});
