import { type SubmitEvent, useId, useState } from 'react';
import type { Setting } from '../../../../sdks/javascript/src/generated/api.ts';
import { layerNames, readValue, valueText } from './setting-words.ts';

interface SettingLineProps {
  readonly setting: Setting;
  readonly mayWrite: boolean;
  readonly busy: boolean;
  /** `null` takes the workspace's own value away. */
  readonly save: (value: unknown) => void;
}

/** One setting: its value, where that comes from, and what stands behind it. */
export function SettingLine({ setting, mayWrite, busy, save }: SettingLineProps) {
  const { key, value, source, unit, description, form, workspaceMayChange, layers } = setting;
  const [draft, setDraft] = useState<string>();
  const aboutId = useId();
  const own = layers.some(({ layer }) => layer === 'workspace');
  const written = value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (draft !== undefined && draft.trim() !== '') save(readValue(draft, setting));
  };
  return (
    <li data-setting={key}>
      <div className="setting-about">
        <p className="primary-text">{description}</p>
        <code>{key}</code>
      </div>
      <div className="setting-value">
        <p>
          <strong>{valueText(value, unit)}</strong>
          <span className="muted second-line">{layerNames[source]}</span>
        </p>
        {layers.length > 1 && (
          <details>
            <summary aria-label={`Where it is set: ${key}`}>Where it is set</summary>
            <ol>
              {layers.map((one) => (
                <li key={one.layer} className={one.layer === source ? 'primary-text' : 'muted'}>
                  {layerNames[one.layer]}: {valueText(one.value, unit)}
                </li>
              ))}
            </ol>
          </details>
        )}
      </div>
      <div className="actions">
        {!workspaceMayChange ? (
          <p className="muted">Set by operators</p>
        ) : (
          mayWrite &&
          (draft === undefined ? (
            <>
              <button
                type="button"
                className="button"
                disabled={busy}
                aria-label={`Change ${key}`}
                onClick={() => setDraft(written)}
              >
                Change
              </button>
              {own && (
                <button
                  type="button"
                  className="button quiet"
                  disabled={busy}
                  aria-label={`Reset ${key}: take the workspace’s value away`}
                  onClick={() => save(null)}
                >
                  Reset
                </button>
              )}
            </>
          ) : (
            <form className="form-row" onSubmit={submit}>
              <label>
                <span className="unseen">New value of {key}</span>
                <input
                  // biome-ignore lint/a11y/noAutofocus: the person has just asked to write here.
                  autoFocus
                  type="text"
                  aria-describedby={aboutId}
                  value={draft}
                  onChange={({ target }) => setDraft(target.value)}
                />
              </label>
              <button type="submit" className="button primary" disabled={busy || draft.trim() === ''}>
                {busy ? 'Saving…' : 'Save'}
              </button>
              <button type="button" className="button quiet" onClick={() => setDraft(undefined)}>
                Leave it
              </button>
              <p id={aboutId} className="muted">
                {form}
              </p>
            </form>
          ))
        )}
      </div>
    </li>
  );
}
