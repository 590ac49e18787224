import { type SubmitEvent, useId, useState } from 'react';
import { dayOf, type Period, periodBefore } from '../format/calendar.ts';
import {
  type PeriodChoice,
  periodFault,
  periodParameters,
  presetIds,
  presets,
  readPeriod,
} from '../format/period-choice.ts';
import { periodText } from '../format/times.ts';
import { navigate, useLocation, withParameters } from '../routing/location.ts';

/** The period, currency and comparison of a page, kept in its address. */
export interface Scope extends PeriodChoice {
  readonly currency: string;
  /** The period before, when it is compared with. */
  readonly before: Period | undefined;
}

export function useScope(workspaceCurrency: string): Scope {
  const { search } = useLocation();
  const choice = readPeriod(search, dayOf(new Date()));
  const parameters = new URLSearchParams(search);
  const currency = parameters.get('currency') ?? '';
  return {
    ...choice,
    currency: /^[A-Z]{3}$/.test(currency) ? currency : workspaceCurrency,
    before: parameters.get('compare') === 'off' ? undefined : periodBefore(choice.period),
  };
}

interface PeriodPickerProps {
  readonly scope: Scope;
  readonly currencies: readonly string[];
  readonly workspaceCurrency: string;
  /** Whether this page compares at all. */
  readonly compares: boolean;
}

export function PeriodPicker({ scope, currencies, workspaceCurrency, compares }: PeriodPickerProps) {
  const { path, search } = useLocation();
  const [custom, setCustom] = useState(scope.id === 'custom');
  const change = (changes: Readonly<Record<string, string | undefined>>): void =>
    navigate(path + withParameters(search, changes));
  return (
    <div className="period-picker">
      <label className="field">
        <span>Period</span>
        <select
          value={custom ? 'custom' : scope.id}
          onChange={({ target }) => {
            const preset = presetIds.find((id) => id === target.value);
            setCustom(preset === undefined);
            if (preset !== undefined) change(periodParameters(preset));
          }}
        >
          {presetIds.map((id) => (
            <option key={id} value={id}>
              {presets[id].label}
            </option>
          ))}
          <option value="custom">Custom…</option>
        </select>
      </label>
      {custom && (
        <CustomPeriod
          key={`${scope.period.from} ${scope.period.to}`}
          period={scope.period}
          choose={(period) => change(periodParameters(period))}
        />
      )}
      <label className="field">
        <span>Currency</span>
        <select
          value={scope.currency}
          onChange={({ target }) => change({ currency: target.value === workspaceCurrency ? undefined : target.value })}
        >
          {[...new Set([workspaceCurrency, scope.currency, ...currencies])].map((currency) => (
            <option key={currency}>{currency}</option>
          ))}
        </select>
      </label>
      {compares && (
        <label className="check">
          <input
            type="checkbox"
            checked={scope.before !== undefined}
            onChange={({ target }) => change({ compare: target.checked ? undefined : 'off' })}
          />
          <span>Compare with the period before</span>
        </label>
      )}
    </div>
  );
}

function CustomPeriod({ period, choose }: { readonly period: Period; readonly choose: (period: Period) => void }) {
  const [draft, setDraft] = useState(period);
  const fault = periodFault(draft);
  const faultId = useId();
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (fault === undefined) choose(draft);
  };
  const day = (end: 'from' | 'to', label: string) => (
    <label className="field">
      <span>{label}</span>
      <input
        type="date"
        value={draft[end]}
        aria-invalid={fault !== undefined}
        aria-describedby={fault === undefined ? undefined : faultId}
        onChange={({ target }) => setDraft({ ...draft, [end]: target.value })}
      />
    </label>
  );
  return (
    <form className="custom-period" onSubmit={submit} aria-label="Custom period">
      {day('from', 'From')}
      {day('to', 'To')}
      <button type="submit" className="button" disabled={fault !== undefined}>
        Show
      </button>
      {fault !== undefined && (
        <p id={faultId} className="fault" role="alert">
          {fault}
        </p>
      )}
    </form>
  );
}

/** `24 Oct – 22 Nov 2026, compared with 24 Sep – 23 Oct 2026` */
export const scopeText = ({ period, before }: Scope): string =>
  `${periodText(period)}${before === undefined ? '' : `, compared with ${periodText(before)}`}`;
