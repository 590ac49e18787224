import type { Brief } from '../../../contracts/schemas/briefs.ts';
import type { Bidding, Money } from '../../../contracts/schemas/changes.ts';
import type {
  GenerationPlan,
  PlanAdGroup,
  PlanCampaign,
  PlatformHistory,
} from '../../../contracts/schemas/generation-runs.ts';
import { moneyText } from '../../changes/money-text.ts';
import type { PlatformId } from '../../integrations/platform.ts';
import type { Objection, PlatformOperation, WriteRules } from '../../integrations/platform-writer.ts';
import { type Angle, angles } from '../fact.ts';
import type { FactSheet } from '../facts.ts';
import type { CampaignShape } from './campaign-shape.ts';
import { type Claimant, splitBudget } from './split-budget.ts';

/** An account that the brief names, with what is known of its platform. */
export interface PlannedAccount {
  readonly id: string;
  readonly name: string;
  readonly platform: PlatformId;
  readonly platformName: string;
  readonly currency: string;
  readonly enabled: boolean;
  readonly shape: CampaignShape;
  readonly rules: Pick<WriteRules, 'objections' | 'dailyBudget' | 'declarationLevel'>;
  /** Units of the account's currency for one of the brief's; null where no rate is known. */
  readonly rate: number | null;
  readonly page: string | undefined;
  readonly identity: string | undefined;
}

export interface PlanQuestion {
  readonly brief: Brief;
  readonly accounts: readonly PlannedAccount[];
  readonly languages: readonly string[];
  readonly platforms: readonly PlatformId[];
  readonly variants: number;
  readonly images: boolean;
  readonly history: readonly PlatformHistory[];
  /** By language. */
  readonly sheets: ReadonlyMap<string, FactSheet>;
  /** `2026-11-23`: part of the names, so that those of two runs differ. */
  readonly today: string;
  readonly runId: string;
}

interface Wanted {
  readonly key: string;
  readonly account: PlannedAccount;
  readonly language: string;
}

type LeftOut = GenerationPlan['leftOut'][number];

/** Each round may leave out one campaign that its share of the budget is too small for. */
const mostRounds = 60;

/** Where the brief's money goes, to whom, saying what. What cannot be had is said with the reason, and its money goes to the others. */
export function planCampaigns(question: PlanQuestion): GenerationPlan {
  const { brief } = question;
  const leftOut: LeftOut[] = missingPlatforms(question);
  const wanted: Wanted[] = [];
  for (const account of question.accounts) {
    const reason = whyNot(account, question);
    if (reason !== null) leftOut.push({ platform: account.platform, accountId: account.id, reason });
    else for (const language of question.languages) wanted.push({ key: '', account, language });
  }
  let left = keyed(wanted.filter((one) => sayable(one, question, leftOut)));
  for (let round = 0; round < mostRounds; round += 1) {
    const made = split(left, question);
    const refused = made.campaigns.findLast(({ objections }) => objections.length > 0);
    if (refused === undefined) {
      return {
        dailyBudget: brief.dailyBudget,
        split: made.by,
        campaigns: made.campaigns.map(({ campaign }) => campaign),
        leftOut,
      };
    }
    leftOut.push({
      platform: refused.one.account.platform,
      accountId: refused.one.account.id,
      reason: refused.objections.map(({ field, reason }) => `${field}: ${reason}`).join('; '),
    });
    left = left.filter((one) => one !== refused.one);
  }
  return { dailyBudget: brief.dailyBudget, split: 'even', campaigns: [], leftOut };
}

function missingPlatforms({ accounts, platforms }: PlanQuestion): LeftOut[] {
  const there = new Set(accounts.map(({ platform }) => platform));
  return platforms
    .filter((platform) => !there.has(platform))
    .map((platform) => ({ platform, accountId: null, reason: 'The brief names no account of this platform.' }));
}

/** Why an account can have no campaign at all; null when it can. */
function whyNot(account: PlannedAccount, { brief, platforms, images }: PlanQuestion): string | null {
  const { shape, platformName } = account;
  if (!platforms.includes(account.platform)) return `The run was not asked for ${platformName}.`;
  if (!account.enabled) return `The account ${account.name} is disabled on ${platformName}.`;
  if (shape.ways[brief.goal.objective] === undefined) {
    return `${platformName} ${shape.type} campaigns cannot be bought for ${brief.goal.objective}; there are ${Object.keys(shape.ways).join(', ')}.`;
  }
  if (shape.imageSize !== null && !images) return `${platformName} shows no ${shape.format} ads without an image.`;
  if (shape.shownUnder !== null && account[shape.shownUnder] === undefined) {
    return `${platformName} needs to know under which ${shape.shownUnder} ads are shown; name it in the brief beside the account.`;
  }
  if (account.rate === null) {
    return `There is no rate from ${brief.dailyBudget.currency} to ${account.currency}; give the budget in ${account.currency}.`;
  }
  return null;
}

/** A language in which there is something to say. */
function sayable({ account, language }: Wanted, { sheets }: PlanQuestion, leftOut: LeftOut[]): boolean {
  const sheet = sheets.get(language);
  if (sheet?.facts.some(({ kind }) => kind === 'product')) return true;
  leftOut.push({
    platform: account.platform,
    accountId: account.id,
    reason: `In ${language} nothing may be said: the product’s name is missing or holds a banned word.`,
  });
  return false;
}

const keyed = (wanted: readonly Wanted[]): Wanted[] => {
  const taken = new Map<string, number>();
  return wanted.map((one) => {
    const base = `${one.account.platform}-${one.language}`;
    const count = (taken.get(base) ?? 0) + 1;
    taken.set(base, count);
    return { ...one, key: count === 1 ? base : `${base}-${count}` };
  });
};

interface Drafted {
  readonly one: Wanted;
  readonly campaign: PlanCampaign;
  readonly objections: readonly Objection[];
}

function split(
  wanted: readonly Wanted[],
  question: PlanQuestion,
): { by: GenerationPlan['split']; campaigns: Drafted[] } {
  const claimants = wanted.map(
    ({ key, account }): Claimant => ({ key, cpaMicros: comparableCpa(account, question.history) }),
  );
  const { by, shares } = splitBudget(claimants);
  return {
    by,
    campaigns: wanted.map((one, index) => {
      const share = shares.get(one.key) ?? 0;
      const campaign = campaignOf(one, share, by, claimants[index]?.cpaMicros ?? null, question);
      return {
        one,
        campaign,
        objections: objectionsTo(campaign, one.account, question.brief),
      };
    }),
  };
}

/** In the brief's currency, so that costs of accounts in two currencies can be compared. */
function comparableCpa({ id, rate }: PlannedAccount, history: readonly PlatformHistory[]): number | null {
  const own = history.find(({ accountId }) => accountId === id)?.cpaMicros ?? null;
  return own === null || rate === null ? null : Math.round(own / rate);
}

function campaignOf(
  { key, account, language }: Wanted,
  share: number,
  by: GenerationPlan['split'],
  cpaMicros: number | null,
  question: PlanQuestion,
): PlanCampaign {
  const { brief, today, runId } = question;
  const { shape } = account;
  const way = shape.ways[brief.goal.objective];
  const dailyBudget = budgetOf(account, brief.dailyBudget.micros * share * (account.rate ?? 1));
  const cost =
    by === 'even'
      ? 'The budget is split evenly: fewer than two platforms have enough past conversions to compare.'
      : cpaMicros === null
        ? 'It has too few past conversions to say what one costs, and gets an even part.'
        : `A conversion has cost ${moneyText(cpaMicros, brief.dailyBudget.currency)} here so far.`;
  const groups = adGroupsOf(question, language);
  return {
    key,
    platform: account.platform,
    accountId: account.id,
    accountName: account.name,
    // The end of the run's id: two runs of one day on one brief do not take each other's campaigns for their own.
    name: `${brief.product.name} ${language} ${today} ${runId.slice(-6)}`,
    type: shape.type,
    objective: way?.objective ?? brief.goal.objective,
    format: shape.format,
    language,
    countries: brief.countries,
    dailyBudget,
    share,
    reason: way?.because === undefined ? cost : `${cost} ${way.because}.`,
    audience: {
      name: brief.audience.segments[0]?.name ?? 'Everybody in the countries',
      description: brief.audience.description,
      targeting: { countries: brief.countries, languages: [language] },
    },
    adGroups: groups,
  };
}

/** Whole steps of the platform's money, rounded down: a budget is never exceeded by rounding. */
function budgetOf({ currency, rules }: PlannedAccount, micros: number): Money {
  const { stepMicros } = rules.dailyBudget(currency);
  return { micros: Math.floor(micros / stepMicros) * stepMicros, currency };
}

const saying: Readonly<Record<Angle, readonly string[]>> = {
  benefit: ['benefit', 'feature'],
  offer: ['offer', 'price'],
  problem: ['problem'],
  proof: ['proof', 'number', 'claim'],
  urgency: ['urgency'],
  category: ['product'],
};

/** An ad group for each angle that the facts give something to say for. */
function adGroupsOf({ brief, sheets, variants }: PlanQuestion, language: string): PlanAdGroup[] {
  const facts = sheets.get(language)?.facts ?? [];
  const said = angles
    .map((angle) => ({ angle, facts: facts.filter(({ kind }) => saying[angle].includes(kind)).length }))
    .filter((one) => one.facts > 0);
  const keywords = [
    ...new Set([
      brief.product.name,
      ...(brief.languages[0] === language ? brief.keywords : (brief.texts[language]?.keywords ?? [])),
    ]),
  ].filter((text) => text.split(/\s+/).length <= 10);
  return said.map(({ angle, facts: count }, index) => ({
    key: angle,
    name: `${angle[0]?.toUpperCase() ?? ''}${angle.slice(1)}`,
    angle,
    ads: Math.floor(variants / said.length) + (index < variants % said.length ? 1 : 0),
    keywords,
    reason: `The facts give ${count} to say for it.`,
  }));
}

/** The campaign as it is written to its platform, without what an account or a change adds. */
export function campaignDraft(
  campaign: PlanCampaign,
  { shape, currency, rate }: Pick<PlannedAccount, 'shape' | 'currency' | 'rate'>,
  brief: Brief,
): Extract<PlatformOperation, { readonly do: 'create-campaign' }> {
  const atCampaign = <T extends object>(level: 'campaign' | 'ad-group', value: T) =>
    level === 'campaign' ? value : {};
  return {
    do: 'create-campaign',
    name: campaign.name,
    type: campaign.type,
    objective: campaign.objective,
    dailyBudget: campaign.dailyBudget,
    ...atCampaign(shape.biddingAt, { bidding: biddingOf(shape, brief, currency, rate) }),
    ...atCampaign(shape.targetingAt, { targeting: campaign.audience.targeting }),
    politicalAdvertising: brief.politicalAdvertising,
  };
}

/** An ad group as it is written to its platform. */
export function adGroupDraft(
  campaign: PlanCampaign,
  group: PlanAdGroup,
  name: string,
  { shape, currency, rate, rules }: Pick<PlannedAccount, 'shape' | 'currency' | 'rate' | 'rules'>,
  brief: Brief,
): Omit<Extract<PlatformOperation, { readonly do: 'create-ad-group' }>, 'campaign'> {
  const keywords =
    shape.keywordsAt === 'ad-group' && group.keywords.length > 0
      ? { keywords: group.keywords.map((text) => ({ text, match: 'phrase' as const })) }
      : {};
  const targeting = { ...(shape.targetingAt === 'ad-group' ? campaign.audience.targeting : {}), ...keywords };
  return {
    do: 'create-ad-group',
    name,
    ...(shape.biddingAt === 'ad-group' && { bidding: biddingOf(shape, brief, currency, rate) }),
    ...(Object.keys(targeting).length > 0 && { targeting }),
    ...(rules.declarationLevel === 'ad-group' && { politicalAdvertising: brief.politicalAdvertising }),
  };
}

/** Everything that the platform has against a campaign and its ad groups as they are planned. */
function objectionsTo(campaign: PlanCampaign, account: PlannedAccount, brief: Brief): readonly Objection[] {
  const { rules } = account;
  const above = {
    kind: 'campaign' as const,
    platformId: 'planned',
    campaignPlatformId: null,
    adGroupPlatformId: null,
    campaignType: campaign.type,
  };
  return [
    ...rules.objections(campaignDraft(campaign, account, brief), account),
    ...campaign.adGroups.flatMap((group) =>
      rules.objections({ ...adGroupDraft(campaign, group, group.name, account, brief), campaign: above }, account),
    ),
  ];
}

/** The goal's strategy, with the target cost where the brief names one in the account's money or in the budget's. */
function biddingOf(shape: CampaignShape, brief: Brief, currency: string, rate: number | null): Bidding {
  const way = shape.ways[brief.goal.objective];
  const target = brief.goal.targetCpa;
  const plain = { strategy: way?.bidding ?? ('maximize-clicks' as const) };
  if (way?.withTargetCpa === undefined || target === undefined) return plain;
  const factor = target.currency === currency ? 1 : target.currency === brief.dailyBudget.currency ? rate : null;
  if (factor === null) return plain;
  // Whole cents, which every platform takes.
  return {
    strategy: way.withTargetCpa,
    amount: { micros: Math.round((target.micros * factor) / 10_000) * 10_000, currency },
  };
}
