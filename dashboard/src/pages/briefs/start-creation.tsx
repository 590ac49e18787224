import { type SubmitEvent, useState } from 'react';
import type { GenerationStart, KeptBrief } from '../../../../sdks/javascript/src/generated/api.ts';
import { useApi } from '../../api/api-context.tsx';
import { useAction } from '../../api/use-action.ts';
import { useQuery } from '../../api/use-query.ts';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { navigate } from '../../routing/location.ts';
import { ChoiceInput, TextInput } from './form-fields.tsx';

const [fewest, most] = [1, 20];

/** Makes campaigns of a brief that is complete. */
export function StartCreation({ held, unsaved }: { readonly held: KeptBrief; readonly unsaved: boolean }) {
  const { client } = useApi();
  const [variants, setVariants] = useState('10');
  const [launch, setLaunch] = useState<'paused' | 'live'>('paused');
  const [kit, setKit] = useState('');
  const kits = useQuery('brand kits', (asking, signal) => asking.listBrandKits({}, { signal }));
  const count = Number(variants);
  const fault =
    Number.isInteger(count) && count >= fewest && count <= most
      ? undefined
      : `A whole number from ${fewest} to ${most}`;
  const start = useAction(async (body: GenerationStart, idempotencyKey: string) => {
    const { id } = await client.startGenerationRun({ body }, { idempotencyKey });
    navigate(`/creations/${id}`);
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (fault !== undefined) return;
    const body = { briefId: held.id, variants: count, launch, ...(kit !== '' && { brandKitId: kit }) };
    void start.run(body, crypto.randomUUID());
  };
  const blocked = held.findings.some(({ severity }) => severity === 'block');
  return (
    <section className="panel" aria-labelledby="make">
      <h2 id="make">Make campaigns of it</h2>
      {held.findings.length > 0 && (
        <ul>
          {held.findings.map(({ ruleId, field, message }) => (
            <li key={`${ruleId} ${field} ${message}`}>{message}</li>
          ))}
        </ul>
      )}
      {!held.complete ? (
        <>
          <p>Before that it needs:</p>
          <ul>
            {held.open.map(({ field, message }) => (
              <li key={field}>{message}</li>
            ))}
          </ul>
        </>
      ) : (
        <form className="brief-form" onSubmit={submit} aria-label="Make campaigns">
          <div className="form-grid">
            <TextInput label="Ads a platform and language" value={variants} fault={fault} put={setVariants} />
            <ChoiceInput
              label="Once approved"
              value={launch}
              options={[
                ['paused', 'Made paused; somebody switches them on'],
                ['live', 'Set live, within the guardrails'],
              ]}
              put={setLaunch}
            />
            <ChoiceInput
              label="Brand kit"
              value={kit}
              options={[
                ['', 'None: the brief alone'],
                ...(kits.data?.items ?? [])
                  .filter(({ archived }) => !archived)
                  .map(({ id, kit: { name } }) => [id, name] as const),
              ]}
              put={setKit}
            />
          </div>
          <button
            type="submit"
            className="button primary"
            disabled={start.busy || blocked || unsaved || fault !== undefined}
          >
            {start.busy ? 'Beginning…' : 'Make campaigns'}
          </button>
          {unsaved && <p className="muted">Save the brief first.</p>}
          {blocked && <p className="fault">It contradicts itself: mend that first.</p>}
        </form>
      )}
      {start.error !== undefined && <ErrorPanel error={start.error} retry={start.again} what="The run was not begun" />}
    </section>
  );
}
