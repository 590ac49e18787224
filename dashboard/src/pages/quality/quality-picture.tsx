import { useLayoutEffect, useRef } from 'react';
import type { QualityResult } from '../../../../sdks/javascript/src/generated/api.ts';
import { counted } from '../../format/plural.ts';
import { longDay, shortDay } from '../../format/times.ts';
import { PlatformMark } from '../../parts/platform-mark.tsx';
import { StatusMark } from '../../parts/status.tsx';
import type { QualityPicture as Picture } from './quality-days.ts';
import { checkName, severities, worstOf } from './quality-words.ts';

/** Accounts by days: where something is wrong, at a glance. Every mark differs in shape, and says in words what it means. */
export function QualityPicture({ picture }: { readonly picture: Picture }) {
  const { days, lines } = picture;
  const box = useRef<HTMLElement>(null);
  // The newest days are at the end, which a narrow window does not show by itself.
  useLayoutEffect(() => {
    if (box.current !== null && days.length > 0) box.current.scrollLeft = box.current.scrollWidth;
  }, [days.length]);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <section ref={box} className="scroll" aria-label="Findings by account and day" tabIndex={0}>
        <table className="heat">
          <thead>
            <tr>
              <th scope="col">Account</th>
              <th scope="col">No day</th>
              {days.map((day, index) => (
                <th key={day} scope="col" className="heat-day">
                  <span className="unseen">{longDay(day)}</span>
                  {(days.length - 1 - index) % 7 === 0 && <span aria-hidden="true">{shortDay(day)}</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.id}>
                <th scope="row">
                  <span className="primary-text">{line.accountName}</span>
                  <span className="muted second-line">
                    <PlatformMark platform={line.platform} />
                  </span>
                </th>
                <td>
                  <Mark results={line.whole} />
                </td>
                {days.map((day) => (
                  <td key={day} className="heat-day">
                    <Mark results={line.byDay.get(day) ?? []} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="muted legend">
        {(['error', 'warning', 'info', 'ok'] as const).map((name) => (
          <span key={name} className="legend-item">
            <StatusMark tone={severities[name].tone} /> {severities[name].label}:{' '}
            {severities[name].meaning.toLowerCase()}
          </span>
        ))}
      </p>
      <p className="muted">
        A finding is marked on the days of its largest differences, the newest {counted(days.length, 'day')} of them;
        one that concerns no single day stands under “No day”. A day without a mark may still have a smaller one.
      </p>
    </>
  );
}

function Mark({ results }: { readonly results: readonly QualityResult[] }) {
  if (results.length === 0) return null;
  const worst = worstOf(results);
  const failed = results.filter(({ severity }) => severity !== 'ok');
  const words =
    failed.length === 0
      ? `${counted(results.length, 'check')} passed`
      : `${severities[worst].label}: ${[...new Set(failed.map(({ check }) => checkName(check)))].join(', ')}`;
  return (
    <span className={`heat-mark ${severities[worst].tone}`} title={words}>
      <StatusMark tone={severities[worst].tone} />
      <span className="unseen">{words}</span>
    </span>
  );
}
