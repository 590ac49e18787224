import { useState } from 'react';
import type { AlertRule, CreatedAlertWebhook } from '../../../../sdks/javascript/src/generated/api.ts';
import { useApi } from '../../api/api-context.tsx';
import { useAction } from '../../api/use-action.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { TextField } from './fields.tsx';

/** Addresses that alerts of a rule are posted to; the secret of a new one is shown this once. */
export function RuleWebhooks({ rule, changed }: { readonly rule: AlertRule; readonly changed: () => void }) {
  const { client } = useApi();
  const [url, setUrl] = useState('');
  const [made, setMade] = useState<CreatedAlertWebhook>();
  const path = { ruleId: rule.id };
  const add = useAction(async () => {
    setMade(await client.addAlertWebhook({ path, body: { url: url.trim() } }));
    setUrl('');
    changed();
  });
  const remove = useAction(async (webhookId: string) => {
    await client.removeAlertWebhook({ path: { ...path, webhookId } });
    if (made?.id === webhookId) setMade(undefined);
    changed();
  });
  return (
    <details className="disclosure">
      <summary>Webhooks ({rule.webhooks.length})</summary>
      <ul className="plain alert-lines">
        {rule.webhooks.map((webhook) => (
          <li key={webhook.id}>
            <code>{webhook.url}</code>
            <ConfirmButton
              label="Remove"
              title="Remove the webhook?"
              confirm="Remove it"
              disabled={remove.busy}
              accessibleLabel={`Remove the webhook ${webhook.url}`}
              act={() => void remove.run(webhook.id)}
            >
              <p>Nothing is sent there any more, and its secret is deleted.</p>
            </ConfirmButton>
          </li>
        ))}
      </ul>
      <div role="status">
        {made !== undefined && (
          <p className="note good">
            <span>
              The secret that signs what is sent to {made.url}, shown this once: <code>{made.secret}</code>
            </span>
          </p>
        )}
      </div>
      <div className="form-row">
        <TextField label="https address to post to" value={url} put={setUrl} />
        <button
          type="button"
          className="button"
          disabled={add.busy || url.trim() === ''}
          onClick={() => void add.run()}
        >
          Add the webhook
        </button>
      </div>
      {add.error !== undefined && <ErrorPanel error={add.error} retry={add.again} what="The webhook was not made" />}
      {remove.error !== undefined && (
        <ErrorPanel error={remove.error} retry={remove.again} what="The webhook was not removed" />
      )}
    </details>
  );
}
