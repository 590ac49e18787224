import { type SubmitEvent, useState } from 'react';
import type { Connection, ConnectionChange, RemovedConnection } from '../../../../sdks/javascript/src/generated/api.ts';
import { tagOf } from '../../../../sdks/javascript/src/tags.ts';
import { useApi, useMay } from '../../api/api-context.tsx';
import { useAction } from '../../api/use-action.ts';
import { dayOf } from '../../format/calendar.ts';
import { platformName } from '../../format/platforms.ts';
import { counted } from '../../format/plural.ts';
import { ago, instant } from '../../format/times.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { PlatformMark } from '../../parts/platform-mark.tsx';
import { Status } from '../../parts/status.tsx';
import { useNow } from '../../parts/use-now.ts';
import { leaveToAuthorize } from './authorize.ts';
import { connectionState, type Ending, grantEnd, versionEnd } from './connection-words.ts';

interface ConnectionPanelProps {
  readonly connection: Connection;
  readonly changed: () => void;
  readonly removed: (what: RemovedConnection) => void;
}

/** One connection: how it fares, what ends when, and what can be done. */
export function ConnectionPanel({ connection, changed, removed }: ConnectionPanelProps) {
  const { client } = useApi();
  const may = useMay('connections.write');
  const now = useNow();
  const today = dayOf(new Date(now));
  const { id, name, platform, paused, health } = connection;
  const path = { connectionId: id };
  const change = useAction(async (body: ConnectionChange) => {
    // The tag changes with every contact of the platform: it is read for the change, not kept since the list came.
    const present = await client.getConnection({ path });
    await client.changeConnection({ path, body }, { ifMatch: tagOf(present) ?? '*' });
    changed();
  });
  const again = useAction(() => leaveToAuthorize(client, { platform, connectionId: id }));
  const remove = useAction(async () => removed(await client.removeConnection({ path })));
  const state = connectionState[health.state];
  const busy = change.busy || again.busy || remove.busy;
  return (
    <section className="panel connection" aria-labelledby={id} data-connection={id}>
      <div className="panel-head">
        <div>
          <h2 id={id}>{name}</h2>
          <p className="muted">
            <PlatformMark platform={platform} />
            {connection.managerPlatformId !== null && ` · manager ${connection.managerPlatformId}`}
          </p>
        </div>
        <Status tone={state.tone}>{state.label}</Status>
      </div>
      <dl className="facts">
        <Fact name="Last success">
          {health.lastSuccessAt === null ? (
            'Never'
          ) : (
            <span title={instant(health.lastSuccessAt)}>
              {ago(health.lastSuccessAt, now)}
              {health.accountsReached !== null && `, ${counted(health.accountsReached, 'account')}`}
            </span>
          )}
        </Fact>
        <Fact name="Last failure">
          {health.lastFailureAt === null ? (
            'None'
          ) : (
            <>
              <span title={instant(health.lastFailureAt)}>{ago(health.lastFailureAt, now)}</span>
              {health.lastFailure !== null && (
                <span className={health.state === 'failing' ? 'second-line fault' : 'second-line muted'}>
                  {health.lastFailure}
                </span>
              )}
            </>
          )}
        </Fact>
        <Fact name="Authorization">
          <End
            ending={grantEnd(connection, today)}
            none={
              connection.authorizedAt === null
                ? 'Set up by an operator; the platform sets no end'
                : `Since ${instant(connection.authorizedAt)}; the platform sets no end`
            }
          />
        </Fact>
        <Fact name="API version">
          <End ending={versionEnd(connection, today)} none={`${connection.apiVersion.inUse}; no end announced`} />
        </Fact>
      </dl>
      {may && (
        <div className="actions">
          <button
            type="button"
            className={health.state === 'failing' ? 'button primary' : 'button'}
            disabled={busy}
            aria-label={`Authorize again: ${name}`}
            onClick={() => void again.run()}
          >
            {again.busy ? `Going to ${platformName(platform)}…` : 'Authorize again'}
          </button>
          <button
            type="button"
            className="button"
            disabled={busy}
            aria-label={`${paused ? 'Resume' : 'Pause'} ${name}`}
            onClick={() => void change.run({ paused: !paused })}
          >
            {change.busy ? 'Saving…' : paused ? 'Resume' : 'Pause'}
          </button>
          <Rename name={name} disabled={busy} save={(text) => void change.run({ name: text })} />
          <ConfirmButton
            label={remove.busy ? 'Removing…' : 'Remove'}
            accessibleLabel={`Remove ${name}`}
            disabled={busy}
            title={`Remove ${name}?`}
            confirm="Remove connection"
            act={() => void remove.run()}
          >
            <p>
              The access to {platformName(platform)} is revoked and its accounts are not loaded any more. The facts that
              are loaded stay.
            </p>
          </ConfirmButton>
        </div>
      )}
      {[
        { action: change, what: 'The connection was not changed' },
        { action: again, what: 'The sign-in could not begin' },
        { action: remove, what: 'The connection was not removed' },
      ].map(
        ({ action, what }) =>
          action.error !== undefined && <ErrorPanel key={what} error={action.error} retry={action.again} what={what} />,
      )}
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function End({ ending, none }: { readonly ending: Ending | undefined; readonly none: string }) {
  if (ending === undefined) return none;
  return ending.urgent ? <Status tone="warn">{ending.text}</Status> : ending.text;
}

interface RenameProps {
  readonly name: string;
  readonly disabled: boolean;
  readonly save: (name: string) => void;
}

function Rename({ name, disabled, save }: RenameProps) {
  const [draft, setDraft] = useState<string>();
  const text = draft?.trim() ?? '';
  if (draft === undefined) {
    return (
      <button
        type="button"
        className="button"
        disabled={disabled}
        aria-label={`Rename ${name}`}
        onClick={() => setDraft(name)}
      >
        Rename
      </button>
    );
  }
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (text === '') return;
    if (text !== name) save(text);
    setDraft(undefined);
  };
  return (
    <form className="form-row" onSubmit={submit}>
      <label>
        <span className="unseen">New name of {name}</span>
        {/* biome-ignore lint/a11y/noAutofocus: the person has just asked to write here. */}
        <input autoFocus type="text" maxLength={100} value={draft} onChange={({ target }) => setDraft(target.value)} />
      </label>
      <button type="submit" className="button" disabled={text === ''}>
        Save name
      </button>
      <button type="button" className="button quiet" onClick={() => setDraft(undefined)}>
        Leave it
      </button>
    </form>
  );
}
