import { changeOf } from '../format/change.ts';
import type { MetricKey } from '../format/metrics.ts';
import { change as changeText } from '../format/numbers.ts';
import { Icon } from './icon.tsx';

const directions = { up: 'up', down: 'down', same: 'unchanged' } as const;
const judgements = { better: 'better', worse: 'worse', neutral: undefined } as const;

interface ChangeMarkProps {
  readonly metric: MetricKey;
  readonly now: number | null;
  readonly before: number | null | undefined;
}

/** An arrow, a percentage and a word: the direction and whether it is good never rest on colour. */
export function ChangeMark({ metric, now, before }: ChangeMarkProps) {
  const change = changeOf(metric, now, before);
  if (change.kind === 'none-before') return <span className="muted">Nothing before to compare with</span>;
  if (change.kind === 'unknown') return <span className="muted">No value to compare</span>;
  const word = judgements[change.judgement];
  return (
    <span className={`change ${change.judgement}`}>
      <Icon name={change.direction} />
      <span className="unseen">{directions[change.direction]}</span> {changeText(change.fraction)}
      {word !== undefined && <span className="change-word"> {word}</span>}
    </span>
  );
}
