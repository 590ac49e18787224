import type { KeptBrief } from '../../../../sdks/javascript/src/generated/api.ts';
import { counted } from '../../format/plural.ts';
import { instant } from '../../format/times.ts';
import { Icon } from '../../parts/icon.tsx';
import { Status } from '../../parts/status.tsx';
import { fieldTitle } from './brief-words.ts';

interface PageReadingProps {
  readonly held: KeptBrief;
  /** Undefined where the person may not write. */
  readonly again: (() => void) | undefined;
  readonly confirm: ((fields: readonly string[]) => void) | undefined;
}

/** What was read on the landing page, what nobody has looked at yet, and why it could not be read. */
export function ReadingPanel({ held: { reading, brief }, again, confirm }: PageReadingProps) {
  if (reading === null) {
    return brief.landingPageUrl === undefined || again === undefined ? null : (
      <p className="muted">
        The landing page was not read yet.{' '}
        <button type="button" className="button" onClick={again}>
          Read it
        </button>
      </p>
    );
  }
  const suspicious = reading.facts.filter((fact) => fact.suspicious);
  return (
    <section className="panel" aria-labelledby="reading">
      <div className="panel-head">
        <h2 id="reading">The landing page</h2>
        {again !== undefined && reading.status !== 'reading' && (
          <button type="button" className="button" onClick={again}>
            Read it again
          </button>
        )}
      </div>
      <div role="status">
        {reading.status === 'reading' && (
          <p>
            <Status tone="busy">Being read</Status> <span className="muted">{reading.url}</span>
          </p>
        )}
        {reading.status === 'failed' && (
          <p className="note bad">
            <Icon name="alert" />
            <span>It could not be read: {reading.reason ?? 'nobody knows why'}. The brief can be written by hand.</span>
          </p>
        )}
        {reading.status === 'ready' && (
          <p className="muted">
            {reading.title ?? reading.url}, read {reading.endedAt === null ? '' : instant(reading.endedAt)}:{' '}
            {counted(reading.facts.length, 'fact')}
          </p>
        )}
      </div>
      {reading.toConfirm.length > 0 && (
        <div className="note">
          <Icon name="alert" />
          <div>
            <p>
              Taken from the page by a machine, and to be looked at:{' '}
              <strong>{reading.toConfirm.map(fieldTitle).join(', ')}</strong>
            </p>
            {confirm !== undefined && (
              <button type="button" className="button" onClick={() => confirm(reading.toConfirm)}>
                I have looked at them
              </button>
            )}
          </div>
        </div>
      )}
      {reading.facts.length > 0 && (
        <details>
          <summary>What the page says</summary>
          <ul className="plain quoted">
            {reading.facts
              .filter((fact) => !fact.suspicious)
              .map(({ id, kind, text }) => (
                <li key={id}>
                  <span className="muted">{kind}</span> <q>{text}</q>
                </li>
              ))}
          </ul>
        </details>
      )}
      {suspicious.length > 0 && (
        <div className="note bad">
          <Icon name="alert" />
          <div>
            <p>The page also speaks to machines. This is never said in an ad and nobody follows it:</p>
            <ul className="plain">
              {suspicious.map(({ id, text }) => (
                <li key={id}>
                  <q>{text}</q>
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
    </section>
  );
}
