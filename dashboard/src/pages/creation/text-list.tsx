import { type SubmitEvent, useId, useState } from 'react';
import type { CreativeText, GeneratedCreative } from '../../../../sdks/javascript/src/generated/api.ts';
import { marked } from './ad-texts.ts';
import { angleNames, fieldName, sourceText } from './creation-words.ts';

interface TextListProps {
  readonly creative: GeneratedCreative;
  /** Undefined where nothing may be changed. */
  readonly edit: ((field: string, text: string) => Promise<void>) | undefined;
}

/** Every text with its length, what is objected to marked, and the facts it stands on. */
export function TextList({ creative, edit }: TextListProps) {
  const [open, setOpen] = useState<string>();
  return (
    <ul className="plain ad-texts">
      {creative.texts.map((text) => (
        <li key={text.field} data-field={text.field}>
          {open === text.field && edit !== undefined ? (
            <TextForm
              text={text}
              save={async (written) => {
                await edit(text.field, written);
                setOpen(undefined);
              }}
              leave={() => setOpen(undefined)}
            />
          ) : (
            <>
              <span className="muted ad-text-head">
                {fieldName(text.field)} · {text.length} of {text.limit}
              </span>
              <p className="ad-text">
                {marked(
                  text.text,
                  creative.findings
                    .filter(({ field, severity }) => field === text.field && severity !== 'info')
                    .map(({ span }) => span),
                ).map((piece, index) =>
                  piece.marked ? (
                    // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity beside their place.
                    <mark key={index}>{piece.text}</mark>
                  ) : (
                    piece.text
                  ),
                )}
                {edit !== undefined && (
                  <button
                    type="button"
                    className="button quiet"
                    aria-label={`Change ${fieldName(text.field)}`}
                    onClick={() => setOpen(text.field)}
                  >
                    Change
                  </button>
                )}
              </p>
              <Facts creative={creative} text={text} />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

function Facts({ creative, text }: { readonly creative: GeneratedCreative; readonly text: CreativeText }) {
  const facts = creative.facts.filter(({ id }) => text.factIds.includes(id));
  return (
    <details className="ad-facts">
      <summary>
        {angleNames[text.angle]}; {facts.length === 0 ? 'says nothing that needs a proof' : 'why it may say so'}
      </summary>
      <ul className="plain">
        {facts.map(({ id, text: said, source }) => (
          <li key={id}>
            <q>{said}</q> <span className="muted">from {sourceText(source)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

interface TextFormProps {
  readonly text: CreativeText;
  readonly save: (text: string) => Promise<void>;
  readonly leave: () => void;
}

function TextForm({ text, save, leave }: TextFormProps) {
  const [written, setWritten] = useState(text.text);
  const id = useId();
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void save(written.trim());
  };
  return (
    <form className="ad-text-form" onSubmit={submit}>
      <label htmlFor={id} className="muted">
        {fieldName(text.field)}; at most {text.limit}, as the platform counts
      </label>
      <textarea
        id={id}
        rows={text.limit > 90 ? 4 : 2}
        value={written}
        onChange={({ target }) => setWritten(target.value)}
        onKeyDown={({ key }) => key === 'Escape' && leave()}
      />
      <p>
        <button type="submit" className="button primary" disabled={written.trim() === '' || written === text.text}>
          Save and check
        </button>{' '}
        <button type="button" className="button quiet" onClick={leave}>
          Leave it
        </button>
      </p>
    </form>
  );
}
