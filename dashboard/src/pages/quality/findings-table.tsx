import type { QualityResult } from '../../../../sdks/javascript/src/generated/api.ts';
import { money } from '../../format/numbers.ts';
import { instant, shortDay } from '../../format/times.ts';
import { PlatformMark } from '../../parts/platform-mark.tsx';
import { Status } from '../../parts/status.tsx';
import { Table, type TableColumn } from '../../parts/table.tsx';
import { NoValue } from '../../parts/value.tsx';
import { Link } from '../../routing/link.tsx';
import { amountText, checkName, messageText, severities } from './quality-words.ts';

function Amount({ value, of }: { readonly value: number | null; readonly of: QualityResult }) {
  const text = amountText(value, of);
  return text === null ? <NoValue why="Nothing to compare with" /> : text;
}

const columns: readonly TableColumn<QualityResult>[] = [
  {
    label: 'Check',
    cell: (one) => (
      <>
        <Status tone={severities[one.severity].tone}>{severities[one.severity].label}</Status>
        <span className="primary-text second-line">{checkName(one.check)}</span>
      </>
    ),
  },
  {
    label: 'Account',
    cell: (one) => (
      <>
        {one.accountName}
        <span className="muted second-line">
          <PlatformMark platform={one.platform} />
        </span>
      </>
    ),
  },
  {
    label: 'What was found',
    kind: 'wraps',
    cell: (one) => (
      <>
        {messageText(one)}
        <span className="muted second-line">
          {one.from !== null && one.to !== null && `${shortDay(one.from)} – ${shortDay(one.to)} · `}
          checked {instant(one.checkedAt)}
        </span>
      </>
    ),
  },
  { label: 'Expected', kind: 'number', cell: (one) => <Amount value={one.expected} of={one} /> },
  { label: 'Found', kind: 'number', cell: (one) => <Amount value={one.found} of={one} /> },
  { label: 'Unexplained', kind: 'number', cell: (one) => <Rest of={one} /> },
  {
    label: 'More',
    cell: (one) => (
      <>
        <Link
          className="stacked"
          href={one.importId === undefined ? `/loads/${one.runId}` : '/import'}
          aria-label={`${one.importId === undefined ? 'Load' : 'Import'} that found it: ${checkName(one.check)}, ${one.accountName}`}
        >
          {one.importId === undefined ? 'Load' : 'Import'}
        </Link>
        {one.step === 'transform' && one.severity !== 'ok' && one.importId === undefined && (
          <Link
            className="stacked"
            href={`/loads/${one.runId}#refused`}
            aria-label={`Refused rows of ${one.accountName}`}
          >
            Refused rows
          </Link>
        )}
        {one.sample.length > 0 && (
          <details>
            <summary className="stacked" aria-label={`Examples: ${checkName(one.check)}, ${one.accountName}`}>
              Examples
            </summary>
            <pre>{JSON.stringify(one.sample, null, 2)}</pre>
          </details>
        )}
      </>
    ),
  },
];

/** The money nobody explains as a line of its own, beside what the platform leaves out by its nature. */
function Rest({ of }: { readonly of: QualityResult }) {
  const { unexplainedMicros, explained, currency } = of;
  if (unexplainedMicros === null) return <NoValue why="No money is compared here" />;
  const amount = (micros: number): string => (currency === null ? `${micros} micros` : money(micros, currency));
  return (
    <>
      {amount(unexplainedMicros)}
      {explained.map(({ reason, micros }) => (
        <span key={reason} className="muted second-line wraps">
          {amount(micros)} explained: {reason}
        </span>
      ))}
    </>
  );
}

export function FindingsTable({ results }: { readonly results: readonly QualityResult[] }) {
  return (
    <Table
      label="Table of findings"
      columns={columns}
      rows={results}
      keyOf={(one, index) => `${one.accountId} ${one.check} ${one.grain} ${index}`}
      dataOf={({ severity }) => ({ 'data-severity': severity })}
    />
  );
}
