import { type SubmitEvent, useState } from 'react';
import { useApi } from '../../api/api-context.tsx';
import { useAction } from '../../api/use-action.ts';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { navigate } from '../../routing/location.ts';

/** Two ways to begin: from a page that is there already, or with nothing. */
export function BeginBrief() {
  const { client } = useApi();
  const [url, setUrl] = useState('');
  const [fault, setFault] = useState<string>();
  const begin = useAction(async (from: string, idempotencyKey: string) => {
    const { id } =
      from === ''
        ? await client.createBrief({ body: {} }, { idempotencyKey })
        : await client.createBriefFromUrl({ body: { url: from } }, { idempotencyKey });
    navigate(`/briefs/${id}`);
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const given = url.trim();
    const whole = /^https?:\/\//.test(given) ? given.replace(/^http:/, 'https:') : `https://${given}`;
    const wrong =
      URL.canParse(whole) && new URL(whole).hostname.includes('.')
        ? undefined
        : 'Write the address of a page, such as https://shop.example/shoes';
    setFault(wrong);
    if (wrong === undefined) void begin.run(whole, crypto.randomUUID());
  };
  return (
    <section className="panel" aria-labelledby="begin">
      <h2 id="begin">Begin a brief</h2>
      <form className="form-row" onSubmit={submit} aria-label="Begin from a page">
        <label className="field wide">
          <span>The page that ads are to lead to</span>
          <input
            type="text"
            inputMode="url"
            placeholder="https://"
            value={url}
            aria-invalid={fault !== undefined}
            onChange={({ target }) => setUrl(target.value)}
          />
        </label>
        <button type="submit" className="button primary" disabled={begin.busy || url.trim() === ''}>
          {begin.busy ? 'Beginning…' : 'Read it and begin'}
        </button>
        <button
          type="button"
          className="button"
          disabled={begin.busy}
          onClick={() => void begin.run('', crypto.randomUUID())}
        >
          Begin with nothing
        </button>
      </form>
      {fault !== undefined && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
      <p className="muted">
        A brief says what you sell, to whom, and what may be said of it. Ads never claim anything that is not in it or
        on the page.
      </p>
      {begin.error !== undefined && (
        <ErrorPanel error={begin.error} retry={begin.again} what="The brief was not begun" />
      )}
    </section>
  );
}
