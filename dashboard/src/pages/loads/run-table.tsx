import type { Run } from '../../../../sdks/javascript/src/generated/api.ts';
import { whole } from '../../format/numbers.ts';
import { duration, instant } from '../../format/times.ts';
import { Status } from '../../parts/status.tsx';
import { Link } from '../../routing/link.tsx';
import { runDays, runStatus, triggers } from './run-words.ts';

export function RunTable({ runs }: { readonly runs: readonly Run[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className="scroll" aria-label="Table of data loads" tabIndex={0}>
      <table className="cards">
        <thead>
          <tr>
            <th scope="col">Started</th>
            <th scope="col">Status</th>
            <th scope="col">Days</th>
            <th scope="col" className="number">
              Accounts
            </th>
            <th scope="col" className="number">
              Rows loaded
            </th>
            <th scope="col" className="number">
              Refused
            </th>
            <th scope="col" className="number">
              Took
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.id}>
              <th scope="row">
                <Link href={`/loads/${run.id}`}>{instant(run.startedAt)}</Link>
                <span className="muted second-line">{triggers[run.trigger]}</span>
              </th>
              <td data-label="Status">
                <Status tone={runStatus[run.status].tone}>{runStatus[run.status].label}</Status>
                {run.error !== null && <span className="second-line fault">{run.error}</span>}
              </td>
              <td data-label="Days">{runDays(run)}</td>
              <td className="number" data-label="Accounts">
                {whole(run.accounts.loaded)} of {whole(run.accounts.total)}
                {run.accounts.failed > 0 && (
                  <span className="second-line fault">{whole(run.accounts.failed)} failed</span>
                )}
              </td>
              <td className="number" data-label="Rows loaded">
                {whole(run.rowsLoaded)}
              </td>
              <td className="number" data-label="Refused">
                {whole(run.rowsQuarantined)}
              </td>
              <td className="number" data-label="Took">
                {run.finishedAt === null ? '–' : duration(run.startedAt, run.finishedAt)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
