import { useState } from 'react';
import type { BrandKit, KeptBrandKit } from '../../../../sdks/javascript/src/generated/api.ts';
import { tagOf } from '../../../../sdks/javascript/src/tags.ts';
import { useApi, useMay, useSession } from '../../api/api-context.tsx';
import { useQuery } from '../../api/use-query.ts';
import { Empty } from '../../parts/empty.tsx';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Link } from '../../routing/link.tsx';
import { emptyKit } from './kit-form.ts';
import { KitForm } from './kit-form.tsx';

/** How the ads of a brand look and speak. */
export function BrandKitsPage() {
  const may = useMay('briefs.read');
  const { role } = useSession();
  return (
    <>
      <PageHead title="Brand kits" about="Colours, letters, logo and voice that every ad of a brand has in common" />
      <p>
        <Link href="/briefs">Back to briefs</Link>
      </p>
      {may ? (
        <Kits />
      ) : (
        <Empty title="Your role does not see brand kits">
          <p>You are a {role} of this workspace. An owner or manager can change that.</p>
        </Empty>
      )}
    </>
  );
}

function Kits() {
  const { client } = useApi();
  const mayWrite = useMay('briefs.write');
  const asked = useQuery('brand kits', (given, signal) => given.listBrandKits({}, { signal }));
  const [open, setOpen] = useState<string>();
  const kits = (asked.data?.items ?? []).filter(({ archived }) => !archived);
  const saved = (): void => {
    setOpen(undefined);
    asked.reload();
  };
  const change = async (kept: KeptBrandKit, kit: BrandKit): Promise<void> => {
    const path = { brandKitId: kept.id };
    const present = await client.getBrandKit({ path });
    if (present.changedAt !== kept.changedAt) {
      asked.reload();
      throw new Error('Somebody else has changed this kit meanwhile. It is shown as it is now; change it again.');
    }
    const without = (['logoAssetId', 'legalLine'] as const).filter(
      (name) => kit[name] === undefined && kept.kit[name] !== undefined,
    );
    const body = { ...kit, ...(without.length > 0 && { without: [...without] }) };
    await client.changeBrandKit({ path, body }, { ifMatch: tagOf(present) ?? '*' });
    saved();
  };
  return (
    <section className="panel" aria-labelledby="kits" aria-busy={asked.loading}>
      <h2 id="kits">Kits</h2>
      {asked.error !== undefined && (
        <ErrorPanel error={asked.error} retry={asked.reload} what="The brand kits could not be listed" />
      )}
      {asked.data === undefined && asked.error === undefined && <Skeleton lines={4} what="the brand kits" />}
      {asked.data !== undefined && kits.length === 0 && (
        <Empty title="No brand kit yet">
          <p>With one, every ad has your colours, letters and logo. Without, ads have a plain look.</p>
        </Empty>
      )}
      <ul className="plain kits">
        {kits.map((kept) => (
          <li key={kept.id} data-kit={kept.id}>
            <h3>
              <span className="swatch" style={{ background: kept.kit.colours.primary }} aria-hidden="true" />{' '}
              {kept.kit.name}
            </h3>
            {open === kept.id ? (
              <KitForm
                kit={kept.kit}
                save={(kit) => change(kept, kit)}
                leave={() => setOpen(undefined)}
                title={`Change ${kept.kit.name}`}
              />
            ) : (
              mayWrite && (
                <button type="button" className="button" onClick={() => setOpen(kept.id)}>
                  Change {kept.kit.name}
                </button>
              )
            )}
          </li>
        ))}
      </ul>
      {mayWrite &&
        (open === 'new' ? (
          <KitForm
            kit={emptyKit}
            save={async (kit, idempotencyKey) => {
              await client.createBrandKit({ body: kit }, { idempotencyKey });
              saved();
            }}
            leave={() => setOpen(undefined)}
            title="A new brand kit"
          />
        ) : (
          <button type="button" className="button primary" onClick={() => setOpen('new')}>
            New brand kit
          </button>
        ))}
    </section>
  );
}
