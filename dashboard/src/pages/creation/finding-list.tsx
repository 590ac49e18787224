import type { CreativeFinding } from '../../../../sdks/javascript/src/generated/api.ts';
import { Status } from '../../parts/status.tsx';
import { fieldName, severityWords } from './creation-words.ts';

interface FindingListProps {
  readonly findings: readonly CreativeFinding[];
  /** Undefined where the person may not write, or nothing can be changed any more. */
  readonly fix: ((finding: CreativeFinding) => void) | undefined;
  readonly busy: boolean;
}

const rank = { block: 0, warn: 1, info: 2 } as const;

/** What speaks against the texts of an ad, the gravest first, and what would mend it. */
export function FindingList({ findings, fix, busy }: FindingListProps) {
  if (findings.length === 0) return <p className="muted">The check has nothing against it.</p>;
  return (
    <ul className="plain findings">
      {[...findings]
        .sort((a, b) => rank[a.severity] - rank[b.severity])
        .map((finding) => (
          <li key={finding.id} data-rule={finding.ruleId} className={`verdict ${severityWords[finding.severity].tone}`}>
            <p>
              <Status tone={severityWords[finding.severity].tone}>{severityWords[finding.severity].label}</Status>{' '}
              <strong>{fieldName(finding.field)}</strong>
            </p>
            <p>{finding.message}</p>
            {finding.fix !== null && (
              <p className="finding-fix">
                <span>
                  Instead: <q>{finding.fix.text}</q>
                </span>
                {fix !== undefined && finding.fixable && (
                  <button type="button" className="button" disabled={busy} onClick={() => fix(finding)}>
                    Take it
                  </button>
                )}
              </p>
            )}
            <p className="muted">
              <SourceLink source={finding.source} />
            </p>
          </li>
        ))}
    </ul>
  );
}

function SourceLink({ source: { title, url } }: Pick<CreativeFinding, 'source'>) {
  return url.startsWith('https://') ? (
    <a href={url} target="_blank" rel="noreferrer">
      {title}
    </a>
  ) : (
    <span>{title}</span>
  );
}
