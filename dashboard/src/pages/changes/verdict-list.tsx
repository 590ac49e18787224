import type { ChangeOperation, GuardrailVerdict } from '../../../../sdks/javascript/src/generated/api.ts';
import { counted } from '../../format/plural.ts';
import { Status } from '../../parts/status.tsx';
import { ruleNames, verdictWords } from './change-words.ts';
import { verdictAmount } from './operation-diff.ts';

interface VerdictListProps {
  readonly verdicts: readonly GuardrailVerdict[];
  readonly operations: readonly ChangeOperation[];
}

/** What each guardrail says, what stands in the way first; those that hold are there to be opened. */
export function VerdictList({ verdicts, operations }: VerdictListProps) {
  const told = (['violated', 'needs-approval', 'warning'] as const).flatMap((outcome) =>
    verdicts.filter((one) => one.outcome === outcome),
  );
  const kept = verdicts.filter(({ outcome }) => outcome === 'kept');
  return (
    <div className="verdicts">
      {told.length > 0 && (
        <ul>
          {told.map((one) => (
            <Verdict key={`${one.rule} ${one.operation} ${one.message}`} one={one} operations={operations} />
          ))}
        </ul>
      )}
      {kept.length > 0 && (
        <details>
          <summary>
            {told.length === 0 ? 'All guardrails are kept' : `${counted(kept.length, 'guardrail')} kept`}
          </summary>
          <ul className="plain">
            {kept.map(({ rule, operation, message }) => (
              <li key={`${rule} ${operation}`}>
                {ruleNames[rule]}
                {message !== 'Kept.' && <span className="muted"> · {message}</span>}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function Verdict({
  one,
  operations,
}: {
  readonly one: GuardrailVerdict;
  readonly operations: VerdictListProps['operations'];
}) {
  const { rule, outcome, operation, message } = one;
  const { label, tone } = verdictWords[outcome];
  const [limit, value] = [verdictAmount(one, one.limit), verdictAmount(one, one.value)];
  const of = operation === null ? undefined : operations.find(({ index }) => index === operation);
  const facts = [
    ...(of === undefined || operations.length === 1 ? [] : [of.object.name]),
    ...(limit === null ? [] : [`limit ${limit}`]),
    // Without a limit beside it the message has said it.
    ...(value === null || limit === null ? [] : [`this change ${value}`]),
  ];
  return (
    <li data-verdict={rule} className={`verdict ${tone}`}>
      <p>
        <Status tone={tone}>{label}</Status> <strong>{ruleNames[rule]}</strong>
      </p>
      <p>{message}</p>
      {facts.length > 0 && <p className="muted">{facts.join(' · ')}</p>}
    </li>
  );
}
