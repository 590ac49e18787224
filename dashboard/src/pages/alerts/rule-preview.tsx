import { useState } from 'react';
import type { AlertRulePreview, NewAlertRule } from '../../../../sdks/javascript/src/generated/api.ts';
import { useApi } from '../../api/api-context.tsx';
import { useAction } from '../../api/use-action.ts';
import { counted } from '../../format/plural.ts';
import { instant } from '../../format/times.ts';
import { ErrorPanel } from '../../parts/error-panel.tsx';

const dayMs = 86_400_000;

/** How often the rule would have opened an alert of late. */
export function RulePreview({ rule }: { readonly rule: NewAlertRule | undefined }) {
  const { client } = useApi();
  /** With what it was asked for: an answer to another rule is none. */
  const [found, setFound] = useState<{ readonly of: string; readonly preview: AlertRulePreview }>();
  const asked = rule === undefined ? '' : questionOf(rule);
  const look = useAction(async (given: NewAlertRule) => {
    const { scope, condition, cooldownMinutes, recoveryMinutes } = given;
    const preview = await client.previewAlertRule({
      body: {
        scope,
        condition,
        ...(cooldownMinutes !== undefined && { cooldownMinutes }),
        ...(recoveryMinutes !== undefined && { recoveryMinutes }),
      },
    });
    setFound({ of: questionOf(given), preview });
  });
  const preview = found?.of === asked ? found.preview : undefined;
  return (
    <div className="rule-preview">
      <button
        type="button"
        className="button"
        disabled={rule === undefined || look.busy}
        onClick={() => rule !== undefined && void look.run(rule)}
      >
        {look.busy ? 'Looking back…' : 'Look back: how often would it have fired?'}
      </button>
      <div role="status">{preview !== undefined && <PreviewWords preview={preview} />}</div>
      {look.error !== undefined && (
        <ErrorPanel error={look.error} retry={look.again} what="The rule could not be looked at" />
      )}
    </div>
  );
}

const questionOf = ({ scope, condition, cooldownMinutes, recoveryMinutes }: NewAlertRule): string =>
  JSON.stringify([scope, condition, cooldownMinutes, recoveryMinutes]);

function PreviewWords({ preview }: { readonly preview: AlertRulePreview }) {
  const days = Math.max(1, Math.round((Date.parse(preview.to) - Date.parse(preview.from)) / dayMs));
  return (
    <>
      <p>
        It would have fired <strong>{counted(preview.fired, 'time')}</strong> in the last {counted(days, 'day')}, for{' '}
        {counted(preview.objects, 'object')} looked at.
      </p>
      {preview.note !== null && <p className="muted">{preview.note}</p>}
      {preview.examples.length > 0 && (
        <details className="disclosure">
          <summary>The last of them</summary>
          <ul className="plain alert-lines">
            {preview.examples.map(({ at, object, message }) => (
              <li key={`${at} ${object}`}>
                <span className="muted">{instant(at)}</span>
                <span>
                  <strong>{object}</strong> {message}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
