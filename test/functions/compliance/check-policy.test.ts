import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { policyAnswer, policyRulesPage } from '../../../contracts/schemas/policies.ts';
import { problem } from '../../../contracts/schemas/problem.ts';
import { callApi } from '../../adapters/http/api-event.ts';

let handler: unknown;
const caller = { workspaceId: 'wsp_00000000000000000000000000', role: 'analyst' } as const;

beforeAll(async () => {
  vi.stubEnv('ALLOWED_ORIGIN', 'https://app.example');
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  ({ handler } = await import('../../../functions/compliance/check-policy/handler.ts'));
});
afterAll(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const ask = (body: unknown) =>
  callApi(handler, {
    method: 'POST',
    resource: '/v1/policies/check',
    headers: { 'content-type': 'application/json' },
    caller,
    body: JSON.stringify(body),
  });

const search = {
  format: 'responsive-search',
  headlines: ['Trail shoes', 'FLOWERS every day', 'Light on the foot'],
  descriptions: ['Shoes from €89.90', 'Sent in two days'],
  landingPageUrl: 'https://shop.example/shoes',
};

describe('POST /v1/policies/check', () => {
  it('finds where a creative breaks a rule, with the offsets of what was sent and a text that passes', async () => {
    const { status, body } = await ask({
      platform: 'google-ads',
      countries: ['DE'],
      creative: search,
      destination: { url: 'https://shop.example/shoes', status: 200, text: 'Shoes, 79,90 €' },
    });
    expect(status).toBe(200);
    const { verdict, findings, rules } = policyAnswer.parse(body);
    expect(verdict).toBe('block');
    expect(findings.map(({ ruleId, field, span, fix }) => [ruleId, field, span, fix?.text ?? null])).toEqual([
      ['google.capitals', 'creative.headlines.1', { start: 0, end: 7 }, 'Flowers every day'],
      ['destination.price-missing', 'creative.descriptions.0', { start: 11, end: 17 }, null],
    ]);
    expect(rules.checked).toBeGreaterThan(50);
  });

  it('passes an ad that keeps the rules', async () => {
    const { body } = await ask({
      platform: 'google-ads',
      countries: ['DE'],
      texts: [{ field: 'headlines.0', text: 'Schuhe für den Herbst' }],
    });
    expect(policyAnswer.parse(body)).toMatchObject({ verdict: 'pass', findings: [] });
  });

  it('takes the rules of the day it is asked about', async () => {
    const asked = {
      platform: 'google-ads',
      countries: ['FR'],
      texts: [{ field: 'descriptions.0', text: 'Votez Martin' }],
    };
    const on = async (at: string) => policyAnswer.parse((await ask({ ...asked, at })).body).verdict;
    expect(await on('2025-10-09')).toBe('warn');
    expect(await on('2025-10-10')).toBe('block');
  });

  it.each([
    ['nothing to check', { platform: 'google-ads', countries: ['DE'] }, 'texts'],
    [
      'two texts of one field',
      {
        platform: 'google-ads',
        countries: ['DE'],
        texts: [{ field: 'a', text: 'x' }],
        imageTexts: [{ field: 'a', text: 'y' }],
      },
      'a',
    ],
    ['no country', { platform: 'google-ads', countries: [], texts: [{ field: 'a', text: 'x' }] }, 'countries'],
    [
      'a text without an end',
      { platform: 'google-ads', countries: ['DE'], texts: [{ field: 'a', text: 'x'.repeat(5_001) }] },
      'texts.0.text',
    ],
  ])('refuses %s and names the field', async (_what, body, field) => {
    const answer = await ask(body);
    expect(answer.status).toBe(400);
    expect(problem.parse(answer.body).errors?.map((error) => error.field)).toContain(field);
  });

  it('is for those who may', async () => {
    const { status } = await callApi(handler, {
      method: 'POST',
      resource: '/v1/policies/check',
      caller: { ...caller, scopes: ['accounts.read'] },
      body: '{}',
    });
    expect(status).toBe(403);
  });
});

describe('GET /v1/policies/rules', () => {
  it('lists rules as data, those of one platform and country where they are named', async () => {
    const list = async (query: Record<string, string>) => {
      const { status, body } = await callApi(handler, { resource: '/v1/policies/rules', query, caller });
      expect(status).toBe(200);
      return policyRulesPage.parse(body).items;
    };
    const all = await list({});
    const french = await list({ platform: 'linkedin-ads', country: 'FR' });
    expect(french.length).toBeLessThan(all.length);
    expect(french.map(({ id }) => id)).toContain('disclosure.alcohol-fr');
    expect(french.every(({ platforms }) => platforms === 'all' || platforms.includes('linkedin-ads'))).toBe(true);
    expect(all.find(({ id }) => id === 'google.capitals')?.fails[0]).toEqual({
      text: 'FLOWERS for every day',
      at: 'FLOWERS',
    });
  });
});
