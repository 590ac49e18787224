import type { MarketRow } from '../../market/market.ts';
import { hashText, logNormal, mix } from '../../market/random.ts';
import { amountOf } from '../money.ts';
import type { Objective } from '../objectives.ts';
import type { Pivot } from './pivots.ts';

/** What elements are added up in: whole counts, money in micros of the account's currency. */
export interface Sums {
  readonly impressions: number;
  readonly clicks: number;
  readonly costMicros: number;
  readonly usdMicros: number;
  readonly websiteConversions: number;
  readonly leads: number;
  readonly leadFormOpens: number;
  readonly landingPageClicks: number;
  readonly valueMicros: number;
  readonly videoViews: number;
}

/** One market row in LinkedIn's counts. `usdPerUnit` is what one unit of the account's currency was worth that day. */
export function sumsOf(row: MarketRow, objective: Objective, usdPerUnit: number): Sums {
  const conversions = Math.round(row.conversionsMicros / 1_000_000);
  const isLead = objective === 'LEAD_GENERATION';
  return {
    impressions: row.impressions,
    clicks: row.clicks,
    costMicros: row.costMicros,
    usdMicros: row.costMicros * usdPerUnit,
    websiteConversions: isLead ? 0 : conversions,
    leads: isLead ? conversions : 0,
    leadFormOpens: isLead ? row.clicks : 0,
    landingPageClicks: isLead ? 0 : row.clicks,
    valueMicros: row.valueMicros,
    videoViews: row.videoViews ?? 0,
  };
}

export function add(left: Sums, right: Sums): Sums {
  return {
    impressions: left.impressions + right.impressions,
    clicks: left.clicks + right.clicks,
    costMicros: left.costMicros + right.costMicros,
    usdMicros: left.usdMicros + right.usdMicros,
    websiteConversions: left.websiteConversions + right.websiteConversions,
    leads: left.leads + right.leads,
    leadFormOpens: left.leadFormOpens + right.leadFormOpens,
    landingPageClicks: left.landingPageClicks + right.landingPageClicks,
    valueMicros: left.valueMicros + right.valueMicros,
    videoViews: left.videoViews + right.videoViews,
  };
}

/** Fewer events than this are not shown of a professional demographic. */
const fewestEvents = 3;

/**
 * What LinkedIn shows of a professional demographic, to protect its members: approximations, different for every query range, so
 * that they do not add up; nothing below three events. `undefined` when nothing is left to show.
 */
export function approximated(exact: Sums, key: string): Sums | undefined {
  if (exact.impressions < fewestEvents) return undefined;
  const hash = hashText(key);
  const about = (name: string, value: number) => value * logNormal(mix(hash, hashText(name)), 0.02);
  const count = (name: keyof Sums) => (exact[name] < fewestEvents ? 0 : Math.round(about(name, exact[name])));
  const cost = logNormal(mix(hash, hashText('cost')), 0.02);
  return {
    impressions: count('impressions'),
    clicks: count('clicks'),
    costMicros: exact.costMicros * cost,
    usdMicros: exact.usdMicros * cost,
    websiteConversions: count('websiteConversions'),
    leads: count('leads'),
    leadFormOpens: count('leadFormOpens'),
    landingPageClicks: count('landingPageClicks'),
    valueMicros: exact.valueMicros,
    videoViews: count('videoViews'),
  };
}

/** What an element can be asked for beyond its sums. */
interface Kind {
  readonly lacks: Pivot['lacks'];
  readonly hasUsd: boolean;
  /** Of the element, for what differs from one to the next. */
  readonly hash: number;
}

export interface Metric {
  /** `undefined` leaves the field out of the element, as LinkedIn does where a pivot does not have it. */
  read(sums: Sums, kind: Kind): number | string | undefined;
}

/**
 * LinkedIn adds costs up in doubles and writes what comes out, with all its digits: 99.99999999999996 for a hundred and -2E-18 for
 * nothing stand in the recorded answers of its connectors. Here every fourth amount is one rounding error below the exact one.
 */
function addedUp(micros: number, hash: number): string {
  const exact = Number.isInteger(micros) ? amountOf(micros) : String(micros / 1_000_000);
  if (hash % 4 !== 0) return exact;
  return micros === 0 ? '-2E-18' : String((micros / 1_000_000) * (1 - Number.EPSILON));
}

const conversion = (count: (sums: Sums) => number): Metric => ({
  read: (sums, { lacks }) => (lacks === 'conversions' ? undefined : count(sums)),
});

/** Metrics the simulator has numbers for, by LinkedIn's names. */
export const metrics: Readonly<Record<string, Metric>> = {
  impressions: { read: (sums) => sums.impressions },
  clicks: { read: (sums) => sums.clicks },
  costInLocalCurrency: { read: (sums, { hash }) => addedUp(sums.costMicros, hash) },
  costInUsd: { read: (sums, { hasUsd, hash }) => (hasUsd ? addedUp(sums.usdMicros, hash) : undefined) },
  landingPageClicks: { read: (sums) => sums.landingPageClicks },
  totalEngagements: { read: (sums) => sums.clicks },
  externalWebsiteConversions: conversion((sums) => sums.websiteConversions),
  externalWebsitePostClickConversions: conversion((sums) => sums.websiteConversions),
  externalWebsitePostViewConversions: conversion(() => 0),
  oneClickLeads: conversion((sums) => sums.leads),
  oneClickLeadFormOpens: conversion((sums) => sums.leadFormOpens),
  conversionValueInLocalCurrency: {
    read: (sums, { lacks }) => (lacks === undefined ? amountOf(sums.valueMicros) : undefined),
  },
  videoViews: { read: (sums) => sums.videoViews },
  videoStarts: { read: (sums) => sums.videoViews },
};
