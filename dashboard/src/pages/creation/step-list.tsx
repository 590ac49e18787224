import type { GenerationRunDetail } from '../../../../sdks/javascript/src/generated/api.ts';
import { duration } from '../../format/times.ts';
import { StatusMark } from '../../parts/status.tsx';
import { stepAmount, stepNames, stepStatus } from './creation-words.ts';

/** How far a run is, step by step; the sentence is said aloud when another step begins. */
export function StepList({ run }: { readonly run: GenerationRunDetail }) {
  const now = run.steps.find(({ status }) => status === 'running' || status === 'failed');
  return (
    <>
      <ol className="steps">
        {run.steps.map((step) => {
          const { tone, label } = stepStatus[step.status];
          const amount = stepAmount(step);
          return (
            <li key={step.name} data-step={step.name} data-status={step.status}>
              <span className="step-name">
                <StatusMark tone={tone} /> {stepNames[step.name]}
                <span className="unseen">: {label}</span>
              </span>
              {step.status === 'running' && step.of > 0 ? (
                <progress aria-label={stepNames[step.name]} value={step.done} max={step.of} />
              ) : null}
              <span className="muted">
                {[
                  ...(amount === undefined ? [] : [amount]),
                  ...(step.startedAt !== null && step.endedAt !== null ? [duration(step.startedAt, step.endedAt)] : []),
                ].join(' · ')}
              </span>
              {step.note !== null && <span className={step.status === 'failed' ? 'fault' : 'muted'}>{step.note}</span>}
            </li>
          );
        })}
      </ol>
      <p role="status" className="unseen">
        {now === undefined ? '' : `${stepNames[now.name]}: ${stepStatus[now.status].label}`}
      </p>
    </>
  );
}
