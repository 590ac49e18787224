import type { Account, SpendEffect } from '../../../../sdks/javascript/src/generated/api.ts';
import { change, money } from '../../format/numbers.ts';
import { NoValue } from '../../parts/value.tsx';

interface SpendEffectViewProps {
  readonly effect: SpendEffect;
  readonly accounts: readonly Account[] | undefined;
}

type Step = SpendEffect['accounts'][number]['dailyBudgetMicros'];
interface Line {
  readonly id: string;
  readonly name: string;
  readonly about: string | null;
  /** Null where nobody can reckon it. */
  readonly spend: (Omit<SpendEffect['accounts'][number], 'accountId'> & { readonly currency: string }) | null;
}

const columns = [
  ['dailyBudgetMicros', 'Daily budgets', 'Daily budgets of what is enabled'],
  ['mostOnADayMicros', 'Most on a day', 'What the platforms may spend on one day by their own rules'],
  ['mostInAMonthMicros', 'Most in a month', 'What the platforms may spend in a calendar month by their own rules'],
] as const;

/** What a change does to spend, a day and a month, by account and over the workspace. */
export function SpendEffectView({ effect, accounts }: SpendEffectViewProps) {
  const { workspace } = effect;
  const lines: readonly Line[] = [
    ...effect.accounts.map((spend) => ({
      id: spend.accountId,
      name: accounts?.find(({ id }) => id === spend.accountId)?.name ?? spend.accountId,
      about: null,
      spend,
    })),
    {
      id: 'workspace',
      name: 'Whole workspace',
      about: workspace?.ratesOf == null ? null : `at the rates of ${workspace.ratesOf}`,
      spend: workspace,
    },
  ];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className="scroll" aria-label="Spend before and after" tabIndex={0}>
      <table className="cards spend-effect">
        <thead>
          <tr>
            <th scope="col">Of</th>
            {columns.map(([key, label, meaning]) => (
              <th key={key} scope="col" title={meaning} className="number">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ id, name, about, spend }) => (
            <tr key={id} className={id === 'workspace' ? 'total-row' : undefined}>
              <th scope="row">
                {name}
                {about !== null && <span className="muted second-line">{about}</span>}
              </th>
              {columns.map(([key, label]) => (
                <td key={key} data-label={label} className="number">
                  {spend === null ? (
                    <NoValue why="There is no exchange rate for every account" />
                  ) : (
                    <SpendStep step={spend[key]} currency={spend.currency} />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** `€120.00 → €140.00`, with two bars that show how much that is. */
export function SpendStep({ step, currency }: { readonly step: Step; readonly currency: string }) {
  const { before, after } = step;
  if (before === after) return <span className="muted">stays {money(after, currency)}</span>;
  const most = Math.max(before, after, 1);
  return (
    <span className="spend-step">
      <span>
        <span className="muted">{money(before, currency)}</span>{' '}
        <span>
          <Arrow /> <strong>{money(after, currency)}</strong>
        </span>
      </span>
      <span className="spend-bars" aria-hidden="true">
        <span style={{ width: `${(before / most) * 100}%` }} />
        <span className={after > before ? 'more' : 'less'} style={{ width: `${(after / most) * 100}%` }} />
      </span>
      <span className="muted second-line">{stepWords(step, currency)}</span>
    </span>
  );
}

/** `€20.00 more (16.7%)` */
export function stepWords({ before, after }: Step, currency: string, locale?: string): string {
  const step = after - before;
  if (step === 0) return 'no difference';
  const share = before === 0 ? '' : ` (${change(step / before, locale)})`;
  return `${money(Math.abs(step), currency, locale)} ${step > 0 ? 'more' : 'less'}${share}`;
}

/** From the old to the new, said aloud as a word. */
export function Arrow() {
  return (
    <>
      <span aria-hidden="true">→</span>
      <span className="unseen"> becomes </span>
    </>
  );
}
