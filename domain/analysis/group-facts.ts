import { type Dimension, optionalMeasures } from '../../contracts/schemas/metrics.ts';
import { dayNumber, dayOf, daysIn, monthOf } from '../integrations/calendar-day.ts';
import { isoWeekMonday, type Period } from './calendar.ts';
import { type RateTable, RunningConversion, rateOn } from './currency-conversion.ts';
import { addSums, type Sums } from './metric-values.ts';
import type { Rollup, RollupObject } from './rollup.ts';

export interface GroupRequest {
  readonly period: Period;
  /** The same number of days; its days are laid over the period's, first on first. */
  readonly previous?: Period;
  readonly groupBy: readonly Dimension[];
  readonly campaignId?: string;
  /** What money is converted to. */
  readonly currency: string;
  readonly rates: RateTable;
}

/** What tells one group from another: only the dimensions asked for are present. */
export interface GroupLabels {
  readonly platform?: Rollup['platform'];
  readonly accountId?: string;
  readonly campaignId?: string;
  readonly adGroupId?: string;
  readonly adId?: string;
  readonly keywordId?: string;
  readonly searchTerm?: string;
  readonly assetPlatformId?: string;
  readonly age?: string;
  readonly gender?: string;
  readonly country?: string;
  readonly device?: string;
  readonly placement?: string;
  readonly date?: string;
  readonly week?: string;
  readonly month?: string;
}

export interface Group {
  readonly labels: GroupLabels;
  /** `undefined` when the group has rows in the period before only. */
  readonly current: Sums | undefined;
  readonly previous: Sums | undefined;
}

/** Money for which no rate is known, in its own currency. */
export interface UnconvertedMoney {
  readonly currency: string;
  readonly date: string;
  readonly spendMicros: number;
}

export interface GroupedFacts {
  readonly kind: 'grouped';
  readonly groups: readonly Group[];
  readonly totals: Sums | undefined;
  readonly previousTotals: Sums | undefined;
  readonly unconverted: readonly UnconvertedMoney[];
}

const dayDimensions = {
  date: dayOf,
  week: (day: number) => dayOf(isoWeekMonday(day)),
  month: (day: number) => monthOf(dayOf(day)),
};

type ObjectDimension = Exclude<Dimension, keyof typeof dayDimensions>;

/** The label that identifies a dimension's value; absent where a platform has facts without that level. */
const objectDimensions: Readonly<Record<ObjectDimension, (rollup: Rollup, object: RollupObject) => GroupLabels>> = {
  platform: ({ platform }) => ({ platform }),
  account: ({ accountId }) => ({ accountId }),
  campaign: (_, { campaignId }) => (campaignId === undefined ? {} : { campaignId }),
  'ad-group': (_, { adGroupId }) => (adGroupId === undefined ? {} : { adGroupId }),
  ad: (_, { adId }) => (adId === undefined ? {} : { adId }),
  keyword: (_, { keywordId }) => (keywordId === undefined ? {} : { keywordId }),
  'search-term': (_, { segment }) => (segment === undefined ? {} : { searchTerm: segment }),
  asset: (_, { segment }) => (segment === undefined ? {} : { assetPlatformId: segment }),
  age: (_, { segment }) => (segment === undefined ? {} : { age: segment }),
  gender: (_, { segment }) => (segment === undefined ? {} : { gender: segment }),
  country: (_, { segment }) => (segment === undefined ? {} : { country: segment }),
  device: (_, { segment }) => (segment === undefined ? {} : { device: segment }),
  placement: (_, { segment }) => (segment === undefined ? {} : { placement: segment }),
};

const isDayDimension = (name: Dimension): name is keyof typeof dayDimensions => name in dayDimensions;

/** Numbers labels by their identity, in order of appearance. */
class LabelNumbers {
  readonly labels: GroupLabels[] = [];
  readonly #numbers = new Map<string, number>();

  number(labels: GroupLabels, identity: string): number {
    const known = this.#numbers.get(identity);
    if (known !== undefined) return known;
    const next = this.labels.push(labels) - 1;
    this.#numbers.set(identity, next);
    return next;
  }
}

/** Beyond this an answer takes seconds and a gigabyte: nobody pages through it. 1,000 campaigns by 250 days still fit. */
export const maximumGroups = 250_000;
export interface TooManyGroups {
  readonly kind: 'too-many-groups';
}

const nowhere = -1;
const measuresPerPeriod = 6;
const measuresPerGroup = 2 * measuresPerPeriod;

/** What is known of a group's rows, a bit each; the period before has them `sideBits` higher. */
const sideBits = 8;
const hasRows = 1;
const moneyIncomplete = 2;
/** For conversions, their value and video views, in this order: rows that report them, and rows that do not. */
const reported = [4, 8, 16] as const;
const unreported = [32, 64, 128] as const;

/** Sums facts by group, for the period and the one before in the same pass. Exact in any order of rows and rollups. */
export function groupFacts(rollups: readonly Rollup[], request: GroupRequest): GroupedFacts | TooManyGroups {
  const days = dayPlan(request);
  const objectGroups = new LabelNumbers();
  const slots = new Map<number, number>();
  const slotKeys: number[] = [];
  const sums: number[] = [];
  const flags: number[] = [];
  const unconverted = new Map<string, UnconvertedMoney>();

  for (const rollup of rollups) {
    const groupOfObject = objectGroupsOf(rollup, request, objectGroups);
    const groupOfDate = Int32Array.from(rollup.dates, (date) => days.group[dayNumber(date) - days.first] ?? nowhere);
    const sideOfDate = rollup.dates.map((date) => (dayNumber(date) - days.first < days.previousDays ? 1 : 0));
    const sameCurrency = rollup.currency === request.currency;
    // A fresh pair for each account's day, so that its parts add up to its converted whole at every grain.
    const conversionsOfDate = sameCurrency ? [] : rollup.dates.map((on) => conversionsOn(request, rollup.currency, on));
    const { object, date } = rollup;
    const { impressions, clicks, spendMicros, conversionsMicros, conversionValueMicros, videoViews } = rollup.measures;
    for (let row = 0; row < rollup.rows; row += 1) {
      const dateAt = date[row] as number;
      const dayGroup = groupOfDate[dateAt] as number;
      if (dayGroup === nowhere) continue;
      let spend = spendMicros[row] as number;
      let value = conversionValueMicros[row] as number;
      // NaN is "not reported".
      const hasValue = !Number.isNaN(value);
      if (!hasValue) value = 0;
      // Rows left out below are converted too: what a row is worth must not depend on what is asked about.
      const conversion = sameCurrency ? undefined : (conversionsOfDate[dateAt] as DayConversions | null);
      if (conversion) {
        spend = conversion.spend.next(spend);
        value = conversion.value.next(value);
      }
      const objectGroup = groupOfObject[object[row] as number] as number;
      if (objectGroup === nowhere) continue;
      const key = objectGroup * days.groupCount + dayGroup;
      let slot = slots.get(key);
      if (slot === undefined) {
        slot = slotKeys.push(key) - 1;
        if (slot === maximumGroups) return { kind: 'too-many-groups' };
        slots.set(key, slot);
        flags.push(0);
        for (let measure = 0; measure < measuresPerGroup; measure += 1) sums.push(0);
      }
      const side = sideOfDate[dateAt] as 0 | 1;
      const at = slot * measuresPerGroup + side * measuresPerPeriod;
      let flag = hasRows;
      sums[at] = (sums[at] as number) + (impressions[row] as number);
      sums[at + 1] = (sums[at + 1] as number) + (clicks[row] as number);
      const conversions = conversionsMicros[row] as number;
      const views = videoViews[row] as number;
      if (Number.isNaN(conversions)) flag |= unreported[0];
      else {
        flag |= reported[0];
        sums[at + 3] = (sums[at + 3] as number) + conversions;
      }
      flag |= hasValue ? reported[1] : unreported[1];
      if (Number.isNaN(views)) flag |= unreported[2];
      else {
        flag |= reported[2];
        sums[at + 5] = (sums[at + 5] as number) + views;
      }
      flags[slot] = (flags[slot] as number) | (flag << (side * sideBits));
      if (conversion !== null) {
        sums[at + 2] = (sums[at + 2] as number) + spend;
        sums[at + 4] = (sums[at + 4] as number) + value;
      } else if (spend !== 0 || value !== 0) {
        flags[slot] = (flags[slot] as number) | (moneyIncomplete << (side * sideBits));
        leaveOut(unconverted, rollup.currency, rollup.dates[dateAt] as string, spend);
      }
    }
  }

  const sumsAt = (slot: number, side: 0 | 1): Sums | undefined => {
    const known = (flags[slot] as number) >> (side * sideBits);
    if ((known & hasRows) === 0) return undefined;
    const at = slot * measuresPerGroup + side * measuresPerPeriod;
    const optional = (place: 0 | 1 | 2, sum: number): number | null => ((known & reported[place]) === 0 ? null : sum);
    return {
      impressions: sums[at] as number,
      clicks: sums[at + 1] as number,
      spendMicros: sums[at + 2] as number,
      conversionsMicros: optional(0, sums[at + 3] as number),
      conversionValueMicros: optional(1, sums[at + 4] as number),
      videoViews: optional(2, sums[at + 5] as number),
      unreported: optionalMeasures.filter((_, place) => (known & (unreported[place] ?? 0)) !== 0),
      moneyIncomplete: (known & moneyIncomplete) !== 0,
    };
  };
  const groups = slotKeys.map((key, slot): Group => {
    const objectGroup = Math.floor(key / days.groupCount);
    return {
      labels: { ...objectGroups.labels[objectGroup], ...days.labels[key - objectGroup * days.groupCount] },
      current: sumsAt(slot, 0),
      previous: sumsAt(slot, 1),
    };
  });
  return {
    kind: 'grouped',
    groups,
    totals: totalOf(groups.map((group) => group.current)),
    previousTotals: totalOf(groups.map((group) => group.previous)),
    unconverted: [...unconverted.values()].sort(
      (a, b) => compareText(a.currency, b.currency) || compareText(a.date, b.date),
    ),
  };
}

interface DayConversions {
  readonly spend: RunningConversion;
  readonly value: RunningConversion;
}

/** Null when no rate is known. */
function conversionsOn({ rates, currency }: GroupRequest, from: string, date: string): DayConversions | null {
  const rate = rateOn(rates, from, currency, date);
  return rate === undefined ? null : { spend: new RunningConversion(rate), value: new RunningConversion(rate) };
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The exact sum, or `undefined` of nothing. */
export function totalOf(parts: readonly (Sums | undefined)[]): Sums | undefined {
  let total: Sums | undefined;
  for (const part of parts) {
    if (part === undefined) continue;
    total = total === undefined ? part : addSums(total, part);
  }
  return total;
}

function leaveOut(found: Map<string, UnconvertedMoney>, currency: string, date: string, spendMicros: number): void {
  const key = `${currency} ${date}`;
  const before = found.get(key)?.spendMicros ?? 0;
  found.set(key, { currency, date, spendMicros: before + spendMicros });
}

interface DayPlan {
  /** Days since 1970-01-01. */
  readonly first: number;
  /** How many of the days below belong to the period before; 0 without comparison. */
  readonly previousDays: number;
  /** Number of each day's group; a day of the period before has that of the day it is laid over. */
  readonly group: readonly number[];
  readonly groupCount: number;
  readonly labels: readonly GroupLabels[];
}

function dayPlan({ period, previous, groupBy }: GroupRequest): DayPlan {
  const wanted = groupBy.filter(isDayDimension);
  const numbers = new LabelNumbers();
  const length = daysIn(period.from, period.to);
  const start = dayNumber(period.from);
  const numbered = Array.from({ length }, (_, offset) => {
    const labels = Object.fromEntries(wanted.map((name) => [name, dayDimensions[name](start + offset)]));
    return numbers.number(labels, JSON.stringify(labels));
  });
  const previousDays = previous === undefined ? 0 : daysIn(previous.from, previous.to);
  return {
    first: start - previousDays,
    previousDays,
    group: previousDays === 0 ? numbered : [...numbered, ...numbered],
    groupCount: Math.max(1, numbers.labels.length),
    labels: numbers.labels,
  };
}

function objectGroupsOf(rollup: Rollup, request: GroupRequest, numbers: LabelNumbers): Int32Array {
  const wanted = request.groupBy.filter((name): name is ObjectDimension => !isDayDimension(name));
  return Int32Array.from(rollup.objects, (object) => {
    if (request.campaignId !== undefined && object.campaignId !== request.campaignId) return nowhere;
    let labels: GroupLabels = {};
    let identity = '';
    for (const name of wanted) {
      const own = objectDimensions[name](rollup, object);
      labels = { ...labels, ...own };
      identity += `${Object.values(own)[0] ?? ''}\n`;
    }
    return numbers.number(labels, identity);
  });
}
