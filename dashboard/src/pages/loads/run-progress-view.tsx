import type { RunDetail } from '../../../../sdks/javascript/src/generated/api.ts';
import { whole } from '../../format/numbers.ts';
import { platformName } from '../../format/platforms.ts';
import { shortDay } from '../../format/times.ts';
import { Status } from '../../parts/status.tsx';
import { accountStage, isFinished, runStatus, runSummary } from './run-words.ts';

/** How far a run is, as a bar and a sentence that a screen reader hears when it changes. */
export function RunBar({ run }: { readonly run: RunDetail }) {
  const { total, loaded, failed, skipped } = run.accounts;
  const done = loaded + failed + skipped;
  return (
    <div className="run-bar">
      <Status tone={runStatus[run.status].tone}>{runStatus[run.status].label}</Status>
      <progress
        aria-label="Accounts done"
        max={Math.max(1, total)}
        {...(total === 0 && !isFinished(run) ? {} : { value: total === 0 ? 1 : done })}
      />
      <p role="status">
        <span className="unseen">{runStatus[run.status].label}: </span>
        {runSummary(run)}
      </p>
    </div>
  );
}

/** A row for each account and window. */
export function ProgressTable({ run }: { readonly run: RunDetail }) {
  if (run.progress.length === 0) return <p className="muted">The accounts appear as soon as they are known.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className="scroll" aria-label="Accounts of this load" tabIndex={0}>
      <table className="cards">
        <thead>
          <tr>
            <th scope="col">Account</th>
            <th scope="col">Stage</th>
            <th scope="col">Days</th>
            <th scope="col" className="number">
              Extracted
            </th>
            <th scope="col" className="number">
              Loaded
            </th>
            <th scope="col" className="number">
              Refused
            </th>
          </tr>
        </thead>
        <tbody>
          {run.progress.map((one) => (
            <tr key={`${one.accountId ?? one.accountName} ${one.from} ${one.to}`}>
              <th scope="row">
                <span className="primary-text">{one.accountName}</span>
                <span className="muted second-line">{platformName(one.platform)}</span>
              </th>
              <td data-label="Stage">
                <Status tone={accountStage[one.stage].tone}>{accountStage[one.stage].label}</Status>
                {one.error !== null && <span className="second-line fault">{one.error}</span>}
              </td>
              <td data-label="Days">
                {one.from === null || one.to === null ? '–' : `${shortDay(one.from)} – ${shortDay(one.to)}`}
              </td>
              <td className="number" data-label="Extracted">
                {whole(one.rowsExtracted)}
              </td>
              <td className="number" data-label="Loaded">
                {whole(one.rowsLoaded)}
              </td>
              <td className="number" data-label="Refused">
                {whole(one.rowsQuarantined)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
