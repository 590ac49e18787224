import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { QualityResult } from '../../../contracts/schemas/quality.ts';
import { accountIdOf } from '../../../domain/integrations/ids.ts';
import { quarantineKey } from '../../../domain/integrations/lake-layout.ts';
import type { PlatformId, PlatformReader, RawRow } from '../../../domain/integrations/platform.ts';
import { startPipeline } from './pipeline.ts';
import { type RawFact, rawCampaign, rawFact, switchedOn } from './raw-facts.ts';

const noon = Date.parse('2026-11-20T12:00:00.000Z');
const good: Partial<RawFact> = { date: '2026-11-18', campaign: '11' };
const alsoGood: Partial<RawFact> = { date: '2026-11-19', campaign: '12' };
const other: Partial<RawFact> = { date: '2026-11-17', campaign: '13' };

/** What a platform answers wrongly of one account, and what becomes of it. */
interface BadInput {
  readonly what: string;
  /** The pages of its report by campaign. */
  readonly pages?: readonly (readonly Partial<RawFact>[])[];
  /** The placements of a report by placement. */
  readonly placements?: readonly string[];
  /** Status of campaigns that are listed beside one that is switched on. */
  readonly statuses?: readonly string[];
  /** Facts of campaigns that are in the warehouse afterwards, by their campaign. */
  readonly loaded?: readonly string[];
  /** Why rows were refused, in their order. */
  readonly refused?: readonly { readonly refusal: string; readonly reason: RegExp }[];
  /** Why nothing of the account was loaded. */
  readonly fails?: RegExp;
  /** The check that speaks of it. */
  readonly check?: string;
}

const unreadable = { refusal: 'schema', reason: /expected, got/ };
const outOfRange = { refusal: 'range', reason: /outside the window 2026-10-\d\d to 2026-11-20/ };
const repeated = { refusal: 'duplicate', reason: /more than once/ };

const badInputs: readonly BadInput[] = [
  {
    what: 'text where a number belongs',
    pages: [[good, { ...other, impressions: 'many' }, alsoGood]],
    loaded: ['11', '12'],
    refused: [unreadable],
    check: 'rows-readable',
  },
  {
    what: 'an object where a number belongs',
    pages: [[good, { ...other, spend: { amount: 5 } }, alsoGood]],
    loaded: ['11', '12'],
    refused: [unreadable],
    check: 'rows-readable',
  },
  {
    what: 'a fraction of an impression',
    pages: [[good, { ...other, impressions: 1.5 }, alsoGood]],
    loaded: ['11', '12'],
    refused: [unreadable],
    check: 'rows-readable',
  },
  {
    what: 'an id that is none',
    pages: [[good, { ...other, campaign: '' }, alsoGood]],
    loaded: ['11', '12'],
    refused: [unreadable],
    check: 'rows-readable',
  },
  {
    what: 'a day that no calendar has',
    pages: [[good, { ...other, date: '2026-11-31' }, alsoGood]],
    loaded: ['11', '12'],
    refused: [unreadable],
    check: 'rows-readable',
  },
  {
    what: 'negative clicks',
    pages: [[good, { ...other, clicks: '-4' }, alsoGood]],
    loaded: ['11', '12'],
    refused: [unreadable],
    check: 'rows-readable',
  },
  {
    what: 'negative spend',
    pages: [[good, { ...other, spend: '-4' }, alsoGood]],
    loaded: ['11', '12'],
    refused: [unreadable],
    check: 'rows-readable',
  },
  {
    what: 'days before and after those asked for',
    pages: [
      [good, { ...other, date: '2026-08-01' }],
      [alsoGood, { ...other, date: '2026-11-21' }],
    ],
    loaded: ['11', '12'],
    refused: [outOfRange, outOfRange],
    check: 'rows-in-range',
  },
  {
    what: 'the same page twice',
    pages: [
      [good, alsoGood],
      [good, alsoGood],
    ],
    loaded: ['11', '12'],
    refused: [repeated, repeated],
    check: 'rows-once',
  },
  {
    what: 'spend without impressions',
    pages: [[good, { ...other, impressions: '0', clicks: '0' }]],
    loaded: ['11', '13'],
    check: 'spend-with-impressions',
  },
  { what: 'a placement nobody has heard of', placements: ['HOLOGRAM'] },
  { what: 'a status nobody has heard of', statuses: ['LEVITATING'], refused: [unreadable], check: 'rows-readable' },
  {
    what: 'mostly rows that cannot be read',
    pages: [[good, { ...other, clicks: 'many' }, { ...alsoGood, clicks: 'many' }]],
    loaded: [],
    refused: [unreadable, unreadable],
    fails: /2 of 3 rows were refused/,
    check: 'account-loaded',
  },
  {
    what: 'an answer that is no report at all',
    pages: [[{ date: 'Bad gateway', campaign: '<html>' }]],
    loaded: [],
    refused: [unreadable],
    fails: /1 of 1 rows were refused/,
    check: 'account-loaded',
  },
];

/** An account a row of the table: one run meets them all, and each says how it fared. */
const accountOf = (index: number): string => String(700_001 + index);

export function describeBadInput(platform: PlatformId): void {
  let clock = noon;
  let pipeline: Awaited<ReturnType<typeof startPipeline>>;
  let runId: string;
  let quality: readonly QualityResult[];
  const answers = badInputs.map((input) => structuredClone(input.pages ?? [[good, alsoGood]]));
  const reader: PlatformReader = {
    listAccounts: async () =>
      badInputs.map(({ what }, index) => ({
        platformId: accountOf(index),
        name: what,
        currency: 'EUR',
        timeZone: 'UTC',
        status: 'enabled',
      })),
    async *report(request) {
      const index = Number(request.account.platformId) - Number(accountOf(0));
      for (const page of pagesOf(request, badInputs[index], answers[index] ?? [])) yield page;
    },
  };

  function* pagesOf(
    request: Parameters<PlatformReader['report']>[0],
    input: BadInput | undefined,
    pages: readonly (readonly Partial<RawFact>[])[],
  ): Generator<readonly RawRow[]> {
    if (request.kind === 'structure') {
      if (request.structure !== 'campaign') return;
      const on = switchedOn[platform];
      yield ['11', '12', '13'].map((id) => rawCampaign[platform](id, on));
      yield (input?.statuses ?? []).map((status) => rawCampaign[platform]('14', status));
    } else if (request.grain === 'campaign') {
      // Wrong days are answered whatever is asked for; once the clock has jumped, those asked for.
      const asked = ({ date = '' }: Partial<RawFact>) =>
        clock === noon || (date >= request.window.from && date <= request.window.to);
      for (const page of pages) yield page.filter(asked).map((said) => rawFact(platform, 'campaign', said));
    } else {
      yield (input?.placements ?? []).map((placement) => rawFact(platform, 'placement', { ...good, placement }));
    }
  }

  describe(`what ${platform} answers wrongly`, () => {
    beforeAll(async () => {
      pipeline = await startPipeline({
        platform,
        openReader: async () => reader,
        now: () => clock,
        only: ['campaign', 'placement'],
      });
      runId = await pipeline.run({ trigger: 'daily' });
      await pipeline.check(runId);
      quality = (await pipeline.stores.quality.list({ runId, limit: 2_000 })).items;
    }, 60_000);
    afterAll(() => pipeline?.close());

    const idOf = (index: number) => accountIdOf(pipeline.stores.workspaceId, platform, accountOf(index));
    const progressOf = async (index: number, run = runId) =>
      (await pipeline.stores.runs.progress(run)).filter(({ accountId }) => accountId === idOf(index));
    const factsOf = async (index: number) =>
      (await pipeline.facts('account_platform_id, campaign_platform_id, "date", clicks'))
        .filter(([account]) => account === accountOf(index))
        .map(([, ...fact]) => fact);

    it.each(badInputs.map((input, index) => [input.what, input, index] as const))(
      '%s: refused or loaded with a word about it, counted, and the good rows load',
      async (_, { loaded = ['11', '12'], refused = [], fails, check }, index) => {
        const progress = await progressOf(index);
        const ends = progress.map(({ stage, error }) => ({ stage, error }));
        const expected =
          fails === undefined
            ? { stage: 'loaded', error: null }
            : { stage: 'failed', error: expect.stringMatching(fails) };
        expect(ends).toContainEqual(expected);
        expect(new Set(ends.map(({ stage }) => stage))).toEqual(new Set([expected.stage]));
        expect(progress.reduce((sum, item) => sum + item.rowsQuarantined, 0)).toBe(refused.length);
        expect((await factsOf(index)).map(([campaign]) => campaign).sort()).toEqual(loaded);
        const kept: unknown[] = [];
        const { workspaceId } = pipeline.stores;
        for (const { itemId } of progress) {
          const key = quarantineKey({ workspaceId, runId, itemId });
          for await (const row of pipeline.lake.readLines(key)) kept.push(row);
        }
        expect(kept).toEqual(
          refused.map(({ refusal, reason }) =>
            expect.objectContaining({
              refusal,
              field: expect.stringMatching(/./),
              reason: expect.stringMatching(reason),
              raw: expect.anything(),
            }),
          ),
        );
        const spoken = quality.filter(
          ({ accountId, severity }) => accountId === idOf(index) && (severity === 'warning' || severity === 'error'),
        );
        if (check === undefined) expect(spoken.map((one) => one.check)).not.toContain('rows-readable');
        else expect(spoken.map((one) => one.check)).toContain(check);
      },
    );

    it('names a placement nobody has heard of as the platform does, and loses no money over it', async () => {
      const index = badInputs.findIndex(({ placements }) => placements !== undefined);
      const found = (await pipeline.facts('account_platform_id, placement, spend_micros', 'placement')).filter(
        ([account]) => account === accountOf(index),
      );
      expect(found).toEqual([[accountOf(index), expect.stringMatching(/^other:.*hologram$/i), expect.any(String)]]);
    });

    it('ends as a whole saying that some accounts failed', async () => {
      const failed = badInputs.filter(({ fails }) => fails !== undefined).length;
      expect(await pipeline.stores.runs.get(runId)).toMatchObject({
        status: 'partial',
        accounts: { total: badInputs.length, loaded: badInputs.length - failed, failed },
        rowsQuarantined: badInputs.reduce((sum, { refused = [] }) => sum + refused.length, 0),
      });
    });

    it.each([
      ['back by three days', -3],
      ['ahead by three days', 3],
    ])('a clock that jumps %s takes no facts away, and no load is dated before an earlier one', async (_, days) => {
      const index = badInputs.findIndex(({ what }) => what === 'spend without impressions');
      const before = await factsOf(index);
      const known = await pipeline.stores.accounts.get(idOf(index));
      clock = noon + days * 86_400_000;
      const jumped = await pipeline.run({ trigger: 'daily', accountIds: [idOf(index)] });
      const stages = (await progressOf(index, jumped)).map(({ stage }) => stage);
      expect(new Set(stages)).toEqual(new Set(['loaded']));
      expect(await factsOf(index)).toEqual(before);
      const now = await pipeline.stores.accounts.get(idOf(index));
      expect((now?.lastLoadedAt ?? '') >= (known?.lastLoadedAt ?? '')).toBe(true);
      expect(now?.throughDate).toBe(known?.throughDate);
    });
  });
}
