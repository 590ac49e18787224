import type { QualitySummary } from '../../../../sdks/javascript/src/generated/api.ts';
import { whole } from '../../format/numbers.ts';
import { Status } from '../../parts/status.tsx';
import { severities, severityNames } from './quality-words.ts';

/** How many checks came out how. */
export function QualityCounts({
  counts,
}: {
  readonly counts: Pick<QualitySummary, 'ok' | 'info' | 'warning' | 'error'>;
}) {
  return (
    <ul className="counts">
      {severityNames.map((name) => (
        <li key={name} title={severities[name].meaning}>
          <Status
            tone={severities[name].tone}
          >{`${whole(counts[name])} ${severities[name].label.toLowerCase()}`}</Status>
        </li>
      ))}
    </ul>
  );
}
