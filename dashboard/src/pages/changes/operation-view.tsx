import type { ChangeOperation, ChangeProblem } from '../../../../sdks/javascript/src/generated/api.ts';
import { counted } from '../../format/plural.ts';
import { instant } from '../../format/times.ts';
import { Icon } from '../../parts/icon.tsx';
import { PlatformMark } from '../../parts/platform-mark.tsx';
import { Status } from '../../parts/status.tsx';
import { deedOf, objectKind, operationStatus } from './change-words.ts';
import { type DiffLine, diffOf } from './operation-diff.ts';
import { Arrow } from './spend-effect-view.tsx';
import { labelOf, valueText } from './value-text.ts';

interface OperationViewProps {
  readonly operation: ChangeOperation;
  readonly accountName: string;
}

/** One operation: what becomes different, what stands against it, and what became of it. */
export function OperationView({ operation, accountName }: OperationViewProps) {
  const { object, platform, status, problems, warnings, index } = operation;
  const { label, tone } = operationStatus[status];
  return (
    <li className="operation" data-operation={index}>
      <div className="operation-head">
        <div>
          <h3>{object.name === '' ? (object.id ?? 'Without a name') : object.name}</h3>
          <p className="muted">
            {deedOf(operation)} · {objectKind(operation)} · <PlatformMark platform={platform} /> · {accountName}
          </p>
        </div>
        <Status tone={tone}>{label}</Status>
      </div>
      <Diff operation={operation} />
      {problems.length > 0 && <Problems title="Why it cannot be applied" problems={problems} />}
      {operation.conflict !== null && <Conflict conflict={operation.conflict} />}
      {operation.error !== null && (
        <Problems title={status === 'unknown' ? 'What is known' : 'What went wrong'} problems={[operation.error]} />
      )}
      {warnings.length > 0 && (
        <ul className="plain warnings">
          {warnings.map((one) => (
            <li key={one}>
              <Icon name="alert" /> <span>{one}</span>
            </li>
          ))}
        </ul>
      )}
      <Outcome operation={operation} />
    </li>
  );
}

/** The old beside the new, field by field. */
export function Diff({ operation }: { readonly operation: ChangeOperation }) {
  const lines = diffOf(operation);
  if (lines.length === 0) return null;
  return (
    <dl className="diff">
      {lines.map((line) => (
        <div key={line.label} data-field={line.label}>
          <dt>{line.label}</dt>
          <dd>{line.kind === 'value' ? <ValueDiff line={line} /> : <ListDiff line={line} />}</dd>
        </div>
      ))}
    </dl>
  );
}

function ValueDiff({ line }: { readonly line: Extract<DiffLine, { kind: 'value' }> }) {
  const { before, after, step } = line;
  return (
    <>
      {before !== null && before !== after && (
        <>
          <del>{before}</del> <Arrow />{' '}
        </>
      )}
      <ins>{after}</ins>
      {step !== null && <span className="muted"> · {step}</span>}
      {before === after && <span className="muted"> · as it is already</span>}
    </>
  );
}

/** More than this many that stay are counted, not listed. */
const mostKept = 8;

function ListDiff({ line }: { readonly line: Extract<DiffLine, { kind: 'list' }> }) {
  const { added, removed, kept, wasOpen } = line;
  return (
    <span className="list-diff">
      {wasOpen && added.length > 0 && <span className="muted">no list before</span>}
      {removed.map((one) => (
        <del key={`- ${one}`}>
          <span aria-hidden="true">− </span>
          <span className="unseen">taken away: </span>
          {one}
        </del>
      ))}
      {added.map((one) => (
        <ins key={`+ ${one}`}>
          <span aria-hidden="true">+ </span>
          <span className="unseen">added: </span>
          {one}
        </ins>
      ))}
      {kept.length > mostKept ? (
        <span className="muted">{counted(kept.length, 'other')} stay</span>
      ) : (
        kept.map((one) => <span key={one}>{one}</span>)
      )}
      {added.length + removed.length === 0 && <span className="muted">as it is already</span>}
    </span>
  );
}

function Problems({ title, problems }: { readonly title: string; readonly problems: readonly ChangeProblem[] }) {
  return (
    <div className="note bad">
      <Icon name="alert" />
      <div>
        <p className="primary-text">{title}</p>
        {problems.map(({ field, reason, platformCode }) => (
          <p key={`${field} ${reason}`}>
            <code>{field}</code> {reason}
            {platformCode !== null && (
              <>
                {' '}
                <span className="muted">
                  The platform’s code: <code>{platformCode}</code>
                </span>
              </>
            )}
          </p>
        ))}
      </div>
    </div>
  );
}

function Conflict({ conflict }: { readonly conflict: NonNullable<ChangeOperation['conflict']> }) {
  const side = conflict.field.replace('targeting.', '');
  return (
    <div className="note bad">
      <Icon name="alert" />
      <div>
        <p className="primary-text">Somebody changed it on the platform after the preview</p>
        <dl className="facts conflict">
          <div>
            <dt>{labelOf(side)} at the preview</dt>
            <dd>{valueText(side, conflict.expected)}</dd>
          </div>
          <div>
            <dt>Found on the platform</dt>
            <dd>{valueText(side, conflict.found)}</dd>
          </div>
        </dl>
        <p>Nothing was written. Preview a new change if it is still wanted; the values are read again then.</p>
      </div>
    </div>
  );
}

function Outcome({ operation: { result, attempts } }: { readonly operation: ChangeOperation }) {
  const tries = attempts > 1 ? `${counted(attempts, 'attempt')}` : undefined;
  if (result === null) return tries === undefined ? null : <p className="muted">{tries} so far</p>;
  return (
    <p className="muted">
      Applied {instant(result.appliedAt)} · id <code>{result.platformId}</code>
      {result.platformRequestId !== null && (
        <>
          {' '}
          · the platform’s request <code>{result.platformRequestId}</code>
        </>
      )}
      {tries !== undefined && ` · ${tries}`}
    </p>
  );
}
