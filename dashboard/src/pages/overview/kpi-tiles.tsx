import type { MetricsAnswer } from '../../../../sdks/javascript/src/generated/api.ts';
import { type MetricKey, metricOf, metricText, sumMetrics } from '../../format/metrics.ts';
import { periodText } from '../../format/times.ts';
import { ChangeMark } from '../../parts/change-mark.tsx';
import type { Scope } from '../../parts/period-picker.tsx';
import { Sparkline } from '../../parts/sparkline.tsx';
import { Value } from '../../parts/value.tsx';

const shown: readonly MetricKey[] = ['spend', 'conversions', 'cpa', 'roas'];

interface KpiTilesProps {
  readonly answer: MetricsAnswer;
  readonly days: readonly MetricsAnswer[] | undefined;
  readonly scope: Scope;
  readonly stale: boolean;
}

/** The four numbers of the period, each beside the period before. */
export function KpiTiles({ answer, days, scope, stale }: KpiTilesProps) {
  const { totals, previousTotals, currency } = answer;
  const byDay = Map.groupBy(
    (days ?? []).flatMap(({ rows }) => rows),
    ({ date }) => date ?? '',
  );
  const daily = [...byDay.keys()]
    .toSorted()
    .map((day) => sumMetrics((byDay.get(day) ?? []).map(({ values }) => values)));
  return (
    <section className={`tiles ${stale ? 'stale' : ''}`} aria-label="Totals of the period" aria-busy={stale}>
      {shown.map((key) => {
        const metric = metricOf(key);
        const before = previousTotals ? metric.of(previousTotals) : null;
        return (
          <div className="tile" key={key} data-metric={key}>
            <h2 title={metric.meaning}>{metric.label}</h2>
            <p className="tile-value">
              <Value metric={key} values={totals} currency={currency} />
            </p>
            {scope.before !== undefined && (
              <p className="tile-change">
                <ChangeMark metric={key} now={metric.of(totals)} before={before} />
                {before !== null && (
                  <span className="muted" title={periodText(scope.before)}>
                    from {metricText(key, before, currency)}
                  </span>
                )}
              </p>
            )}
            <Sparkline values={daily.map(metric.of)} />
          </div>
        );
      })}
    </section>
  );
}
