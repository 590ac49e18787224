import { alertMetrics, metricNames, volumeMetrics } from './alert-words.ts';
import { SelectField, TextField } from './fields.tsx';
import type { RuleDraft, RuleFaults } from './rule-draft.ts';

interface ConditionFieldsProps {
  readonly draft: RuleDraft;
  readonly faults: RuleFaults;
  readonly put: (part: Partial<RuleDraft>) => void;
}

const kinds = [
  ['threshold', 'A metric is above or below a value'],
  ['rate-of-change', 'A metric rises or falls'],
  ['no-results', 'Spend without results'],
  ['pacing', 'Spend ahead of or behind the budget'],
  ['missing-data', 'Data is missing'],
] as const satisfies readonly (readonly [RuleDraft['kind'], string])[];
const metricOptions = metricNames.map((name) => [name, alertMetrics[name].label] as const);
const volumeOptions = volumeMetrics.map((name) => [name, alertMetrics[name].label] as const);
const measures = ['events', 'impressions', 'clicks', 'conversions', 'orders', 'leads'] as const;

/** In which unit an amount of a metric is written. */
const unitOf = (metric: keyof typeof alertMetrics, currency: string): string =>
  ({ money: ` in ${currency === '' ? 'the currency' : currency}`, share: ' (%)', count: '', ratio: '' })[
    alertMetrics[metric].unit
  ];

/** When the rule opens an alert: the kind, and what that kind needs. */
export function ConditionFields({ draft, faults, put }: ConditionFieldsProps) {
  const window = (
    <>
      <TextField label="In the last" value={draft.length} fault={faults.length} put={(length) => put({ length })} />
      <SelectField
        label="Unit"
        value={draft.unit}
        options={[
          ['minutes', 'minutes (live)'],
          ['hours', 'whole hours (live)'],
          ['days', 'whole days (loaded)'],
        ]}
        put={(unit) => put({ unit })}
      />
    </>
  );
  const metric = (
    <SelectField label="Metric" value={draft.metric} options={metricOptions} put={(name) => put({ metric: name })} />
  );
  const least = (
    <>
      <SelectField
        label="Only with at least"
        value={draft.minimumMetric}
        options={[...(draft.kind === 'threshold' ? ([['', 'any volume']] as const) : []), ...volumeOptions]}
        put={(minimumMetric) => put({ minimumMetric })}
      />
      {draft.minimumMetric !== '' && (
        <TextField
          label={`Least ${alertMetrics[draft.minimumMetric].label.toLowerCase()}${unitOf(draft.minimumMetric, draft.currency)}`}
          value={draft.minimum}
          fault={faults.minimum}
          put={(minimum) => put({ minimum })}
        />
      )}
    </>
  );
  return (
    <fieldset>
      <legend>When</legend>
      <div className="form-row">
        <SelectField
          label="Condition"
          value={draft.kind}
          options={kinds}
          put={(kind) =>
            put({
              kind,
              ...(kind === 'rate-of-change' && {
                unit: draft.against === 'same-hours' ? 'hours' : draft.unit,
                length: draft.against === 'same-hours' ? '3' : draft.length,
                minimumMetric: draft.minimumMetric === '' ? 'clicks' : draft.minimumMetric,
              }),
            })
          }
        />
        {draft.kind === 'threshold' && (
          <>
            {metric}
            <SelectField
              label="Is"
              value={draft.is}
              options={[
                ['above', 'above'],
                ['below', 'below'],
              ]}
              put={(is) => put({ is })}
            />
            <TextField
              label={`Value${unitOf(draft.metric, draft.currency)}`}
              value={draft.value}
              fault={faults.value}
              put={(value) => put({ value })}
            />
            {window}
            {least}
          </>
        )}
        {draft.kind === 'rate-of-change' && (
          <>
            {metric}
            <SelectField
              label="Moves"
              value={draft.moves}
              options={[
                ['up', 'up'],
                ['down', 'down'],
              ]}
              put={(moves) => put({ moves })}
            />
            <TextField label="By at least (%)" value={draft.by} fault={faults.by} put={(by) => put({ by })} />
            {window}
            <SelectField
              label="Compared with"
              value={draft.against}
              options={[
                ['same-hours', 'the same hours of seven days'],
                ['window-before', 'the window before'],
              ]}
              put={(against) => put({ against })}
            />
            {least}
          </>
        )}
        {draft.kind === 'no-results' && (
          <>
            <TextField
              label={`Spend of at least${unitOf('spendMicros', draft.currency)}`}
              value={draft.spend}
              fault={faults.spend}
              put={(spend) => put({ spend })}
            />
            <SelectField
              label="Without"
              value={draft.result}
              options={(['conversions', 'orders', 'leads'] as const).map((one) => [one, alertMetrics[one].label])}
              put={(result) => put({ result })}
            />
            {window}
          </>
        )}
        {draft.kind === 'pacing' && (
          <>
            <SelectField
              label="Spend is"
              value={draft.pace}
              options={[
                ['ahead', 'ahead of the budget'],
                ['behind', 'behind the budget'],
              ]}
              put={(pace) => put({ pace })}
            />
            <TextField
              label="By a factor of more than"
              value={draft.factor}
              fault={faults.factor}
              put={(factor) => put({ factor })}
            />
          </>
        )}
        {draft.kind === 'missing-data' && (
          <>
            <SelectField
              label="No"
              value={draft.measure}
              options={measures.map((one) => [one, alertMetrics[one].label])}
              put={(measure) => put({ measure })}
            />
            <TextField
              label="For so many minutes"
              value={draft.minutes}
              fault={faults.minutes}
              put={(minutes) => put({ minutes })}
            />
          </>
        )}
      </div>
    </fieldset>
  );
}
