import { useState } from 'react';
import type { Pixel, PixelChange } from '../../../../sdks/javascript/src/generated/api.ts';
import { tagOf } from '../../../../sdks/javascript/src/tags.ts';
import { useApi, useMay } from '../../api/api-context.tsx';
import { useAction } from '../../api/use-action.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { Status } from '../../parts/status.tsx';
import { pageSnippet, purchaseSnippet } from './snippet.ts';

interface PixelPanelProps {
  readonly pixel: Pixel;
  readonly accountName: string | undefined;
  readonly apiUrl: string;
  readonly changed: () => void;
}

/** One pixel: whose pages may send to it, and what to put on them. */
export function PixelPanel({ pixel, accountName, apiUrl, changed }: PixelPanelProps) {
  const { client } = useApi();
  const may = useMay('pixels.write');
  const { id, name, origins, currency, enabled } = pixel;
  const path = { pixelId: id };
  const change = useAction(async (body: PixelChange) => {
    const present = await client.getPixel({ path });
    await client.changePixel({ path, body }, { ifMatch: tagOf(present) ?? '*' });
    changed();
  });
  return (
    <section className="panel" aria-labelledby={id} data-pixel={id}>
      <div className="panel-head">
        <div>
          <h2 id={id}>{name}</h2>
          <p className="muted">
            {origins.join(', ')} · {accountName ?? 'no account'} · {currency ?? 'values name their currency'}
          </p>
        </div>
        <Status tone={enabled ? 'good' : 'aside'}>{enabled ? 'On' : 'Off'}</Status>
      </div>
      <details>
        <summary aria-label={`What to put on the pages of ${name}`}>What to put on the pages</summary>
        <Snippet
          title={`In the head of every page of ${name}`}
          text={pageSnippet({ pixelId: id, apiUrl, scriptOrigin: location.origin })}
        />
        <Snippet title={`Where ${name} thanks for an order`} text={purchaseSnippet(currency)} />
      </details>
      {may && (
        <div className="actions">
          {enabled ? (
            <ConfirmButton
              label={change.busy ? 'Saving…' : 'Switch off'}
              accessibleLabel={`Switch off ${name}`}
              disabled={change.busy}
              title={`Switch off ${name}?`}
              confirm="Switch off"
              act={() => void change.run({ enabled: false })}
            >
              <p>
                Within half a minute nothing is counted any more of what its pages send. It can be switched on again.
              </p>
            </ConfirmButton>
          ) : (
            <button
              type="button"
              className="button"
              disabled={change.busy}
              aria-label={`Switch on ${name}`}
              onClick={() => void change.run({ enabled: true })}
            >
              {change.busy ? 'Saving…' : 'Switch on'}
            </button>
          )}
        </div>
      )}
      {change.error !== undefined && (
        <ErrorPanel error={change.error} retry={change.again} what="The pixel was not changed" />
      )}
    </section>
  );
}

function Snippet({ title, text }: { readonly title: string; readonly text: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <figure className="snippet">
      <figcaption>
        {title}{' '}
        <button
          type="button"
          className="button quiet"
          aria-label={`Copy: ${title}`}
          onClick={() => void copy().catch(() => setCopied(false))}
        >
          {copied ? 'Copied' : 'Copy'}
        </button>
      </figcaption>
      <pre>{text}</pre>
    </figure>
  );
}
