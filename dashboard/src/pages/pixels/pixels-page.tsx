import { useMay, useSession } from '../../api/api-context.tsx';
import { useAccounts } from '../../api/use-accounts.ts';
import { useQuery } from '../../api/use-query.ts';
import { Empty } from '../../parts/empty.tsx';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Link } from '../../routing/link.tsx';
import { fetchSiteConfig } from '../../session/site-config.ts';
import { PixelForm } from './pixel-form.tsx';
import { PixelPanel } from './pixel-panel.tsx';

/** Pixels: made, placed on pages, switched off. */
export function PixelsPage() {
  const may = useMay('pixels.read');
  const mayWrite = useMay('pixels.write');
  const { role } = useSession();
  const asked = useQuery(may ? 'pixels' : undefined, (client, signal) => client.listPixels({}, { signal }));
  const site = useQuery(may ? 'site' : undefined, fetchSiteConfig);
  const accounts = useAccounts();
  const error = asked.error ?? site.error;
  return (
    <>
      <PageHead
        title="Pixels"
        about={
          <>
            Purchases and leads, told by the pages of a site. <Link href="/settings">All settings</Link>
          </>
        }
      />
      {!may ? (
        <Empty title="Your role does not see pixels">
          <p>You are a {role} of this workspace. An owner or manager can change that.</p>
        </Empty>
      ) : (
        <>
          {error !== undefined && (
            <ErrorPanel error={error} retry={asked.reload} what="The pixels could not be listed" />
          )}
          {asked.data === undefined || site.data === undefined ? (
            error === undefined && <Skeleton lines={6} what="the pixels" />
          ) : asked.data.items.length === 0 ? (
            <Empty title="No pixel yet">
              <p>
                A pixel lets the pages of your site tell of purchases and leads, with the consent of whoever visits.
              </p>
            </Empty>
          ) : (
            asked.data.items.map((pixel) => (
              <PixelPanel
                key={pixel.id}
                pixel={pixel}
                accountName={accounts.data?.find(({ id }) => id === pixel.accountId)?.name}
                apiUrl={site.data?.apiUrl ?? ''}
                changed={asked.reload}
              />
            ))
          )}
          {mayWrite && (
            <section className="panel" aria-labelledby="make-pixel">
              <h2 id="make-pixel">Make a pixel</h2>
              <PixelForm made={asked.reload} />
            </section>
          )}
        </>
      )}
    </>
  );
}
