import { type SubmitEvent, useEffect, useState } from 'react';
import type { Account, BriefChange, KeptBrief } from '../../../../sdks/javascript/src/generated/api.ts';
import { tagOf } from '../../../../sdks/javascript/src/tags.ts';
import { useApi, useMay, useSession } from '../../api/api-context.tsx';
import { useAccounts } from '../../api/use-accounts.ts';
import { useAction } from '../../api/use-action.ts';
import { useQuery } from '../../api/use-query.ts';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { Icon } from '../../parts/icon.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Status } from '../../parts/status.tsx';
import { Link } from '../../routing/link.tsx';
import { type BriefForm, formOf, readForm } from './brief-form.ts';
import { briefState, briefTitle, openOf, type StepId, steps } from './brief-words.ts';
import { ReadingPanel } from './page-reading.tsx';
import { StartCreation } from './start-creation.tsx';
import { StepFields } from './step-fields.tsx';

/** A page is read within ten seconds; looked at as long as that may take with a queue before it. */
const [lookEveryMs, mostLooks] = [1_500, 80];

/** One brief: written step by step, filled from its page, made into campaigns. */
export function BriefPage({ briefId }: { readonly briefId: string }) {
  const { answers } = useApi();
  const key = `brief ${briefId}`;
  const asked = useQuery(key, (client, signal) => client.getBrief({ path: { briefId } }, { signal }));
  const accounts = useAccounts();
  const held = asked.data;
  const [looks, setLooks] = useState(0);
  const reading = held?.reading?.status === 'reading';
  const { reload, loading } = asked;
  useEffect(() => {
    if (!reading || loading || looks >= mostLooks) return;
    const timer = setTimeout(() => {
      setLooks((count) => count + 1);
      reload();
    }, lookEveryMs);
    return () => clearTimeout(timer);
  }, [reading, loading, looks, reload]);
  const show = (one: KeptBrief): void => {
    answers.set(key, one);
    setLooks(0);
    reload();
  };
  return (
    <>
      <Link href="/briefs" className="back">
        <Icon name="back" /> Briefs and campaigns
      </Link>
      <PageHead title={held === undefined ? 'Brief' : briefTitle(held)}>
        {held !== undefined && <Status tone={briefState(held).tone}>{briefState(held).label}</Status>}
      </PageHead>
      {asked.error !== undefined && (
        <ErrorPanel error={asked.error} retry={asked.reload} what="The brief could not be shown" />
      )}
      {held === undefined || accounts.data === undefined ? (
        asked.error === undefined && <Skeleton lines={8} what="the brief" />
      ) : (
        <Wizard
          // What was read fills the form anew; what somebody is writing stays while nothing is read.
          key={`${held.id} ${held.reading?.status}`}
          held={held}
          accounts={accounts.data}
          changed={show}
        />
      )}
    </>
  );
}

interface WizardProps {
  readonly held: KeptBrief;
  readonly accounts: readonly Account[];
  readonly changed: (held: KeptBrief) => void;
}

function Wizard({ held, accounts, changed }: WizardProps) {
  const { client } = useApi();
  const { workspace, role } = useSession();
  const may = useMay('briefs.write');
  const mayMake = useMay('creatives.write');
  const path = { briefId: held.id };
  const [form, setForm] = useState<BriefForm>(() => formOf(held.brief, workspace.currency));
  const [step, setStep] = useState<StepId>('product');
  const [unsaved, setUnsaved] = useState(false);
  const { brief, without, faults } = readForm(form, accounts, held.brief);
  const save = useAction(async (body: BriefChange, then: StepId | undefined) => {
    const present = await client.getBrief({ path });
    if (present.changedAt !== held.changedAt) {
      changed(present);
      throw new Error('Somebody else has changed this brief meanwhile. Look at it as it is now, then save again.');
    }
    changed(await client.changeBrief({ path, body }, { ifMatch: tagOf(present) ?? '*' }));
    setUnsaved(false);
    if (then !== undefined) setStep(then);
  });
  const readAgain = useAction(async () => changed(await client.readBriefPage({ path })));
  const index = steps.findIndex(({ id }) => id === step);
  const next = steps[index + 1];
  const wrong = Object.values(faults);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (wrong.length === 0) void save.run({ brief, ...(without.length > 0 && { without }) }, next?.id);
  };
  return (
    <>
      <ReadingPanel
        held={held}
        again={may ? () => void readAgain.run() : undefined}
        confirm={may ? (fields) => void save.run({ confirmed: [...fields] }, undefined) : undefined}
      />
      {readAgain.error !== undefined && (
        <ErrorPanel error={readAgain.error} retry={readAgain.again} what="The page cannot be read now" />
      )}
      <section className="panel" aria-labelledby="wizard">
        <h2 id="wizard" className="unseen">
          The brief
        </h2>
        <ol className="wizard-steps">
          {steps.map(({ id, title }, place) => {
            const open = openOf(held, id);
            return (
              <li key={id}>
                <button
                  type="button"
                  className="button quiet"
                  aria-current={id === step ? 'step' : undefined}
                  onClick={() => setStep(id)}
                >
                  {place + 1}. {title}
                  {open > 0 && (
                    <span className="nav-count">
                      {open}
                      <span className="unseen"> open</span>
                    </span>
                  )}
                </button>
              </li>
            );
          })}
        </ol>
        <form className="brief-form" onSubmit={submit} aria-label={steps[index]?.title ?? 'Brief'}>
          <fieldset disabled={!may}>
            <legend className="unseen">{steps[index]?.title}</legend>
            <StepFields
              step={step}
              form={form}
              faults={faults}
              accounts={accounts}
              put={(change) => {
                setUnsaved(true);
                setForm({ ...form, ...change });
              }}
            />
          </fieldset>
          {may ? (
            <p className="actions">
              <button type="submit" className="button primary" disabled={save.busy || wrong.length > 0}>
                {save.busy ? 'Saving…' : next === undefined ? 'Save' : 'Save and go on'}
              </button>
              {wrong.length > 0 && <span className="muted">To be mended first: {wrong.join('; ')}</span>}
              {unsaved && wrong.length === 0 && <span className="muted">Not saved yet</span>}
            </p>
          ) : (
            <p className="muted">Your role ({role}) may see briefs but not write them.</p>
          )}
        </form>
        {save.error !== undefined && (
          <ErrorPanel error={save.error} retry={save.again} what="The brief was not saved" />
        )}
      </section>
      {mayMake && <StartCreation held={held} unsaved={unsaved} />}
    </>
  );
}
