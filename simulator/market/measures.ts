/** Whole counts; money in micros of the account's currency; conversions in millionths of one. */
export interface Measures {
  readonly impressions: number;
  readonly clicks: number;
  readonly costMicros: number;
  readonly conversionsMicros: number;
  readonly valueMicros: number;
  /** Plays of a video; zero where there is none. */
  readonly videoViews: number;
}

export const none: Measures = {
  impressions: 0,
  clicks: 0,
  costMicros: 0,
  conversionsMicros: 0,
  valueMicros: 0,
  videoViews: 0,
};

export function isActive(measures: Measures): boolean {
  return measures.impressions > 0 || measures.conversionsMicros > 0;
}

/** The measures alone, without what else the row carries. */
export function measuresOf(row: Measures): Measures {
  const { impressions, clicks, costMicros, conversionsMicros, valueMicros, videoViews } = row;
  return { impressions, clicks, costMicros, conversionsMicros, valueMicros, videoViews };
}

export function sum(rows: readonly Measures[]): Measures {
  return rows.reduce<Measures>(
    (total, row) => ({
      impressions: total.impressions + row.impressions,
      clicks: total.clicks + row.clicks,
      costMicros: total.costMicros + row.costMicros,
      conversionsMicros: total.conversionsMicros + row.conversionsMicros,
      valueMicros: total.valueMicros + row.valueMicros,
      videoViews: total.videoViews + row.videoViews,
    }),
    none,
  );
}

export function credited(
  claims: readonly { readonly creditMicros: number; readonly valueMicros: number }[],
): Pick<Measures, 'conversionsMicros' | 'valueMicros'> {
  let conversionsMicros = 0;
  let valueMicros = 0;
  for (const claim of claims) {
    conversionsMicros += claim.creditMicros;
    valueMicros += claim.valueMicros;
  }
  return { conversionsMicros, valueMicros };
}
