import { lazy, Suspense } from 'react';
import { SessionProvider, useApi } from './api/api-context.tsx';
import { describeError } from './api/describe-error.ts';
import { useQuery } from './api/use-query.ts';
import { AlertsPage } from './pages/alerts/alerts-page.tsx';
import { OpenAlerts } from './pages/alerts/open-alerts.tsx';
import { AuditPage } from './pages/audit/audit-page.tsx';
import { BreakdownsPage } from './pages/breakdowns/breakdowns-page.tsx';
import { CampaignsPage } from './pages/campaigns/campaigns-page.tsx';
import { ChangePage } from './pages/changes/change-page.tsx';
import { ChangesPage } from './pages/changes/changes-page.tsx';
import { CallbackPage } from './pages/connections/callback-page.tsx';
import { ConnectionsPage } from './pages/connections/connections-page.tsx';
import { GuardrailsPage } from './pages/guardrails/guardrails-page.tsx';
import { ImportPage } from './pages/import/import-page.tsx';
import { LivePage } from './pages/live/live-page.tsx';
import { LoadPage } from './pages/loads/load-page.tsx';
import { LoadsPage } from './pages/loads/loads-page.tsx';
import { OverviewPage } from './pages/overview/overview-page.tsx';
import { PixelsPage } from './pages/pixels/pixels-page.tsx';
import { QualityPage } from './pages/quality/quality-page.tsx';
import { SettingsPage } from './pages/settings/settings-page.tsx';
import { Gate } from './parts/gate.tsx';
import { PageHead } from './parts/page-head.tsx';
import { Shell } from './parts/shell.tsx';
import { Skeleton } from './parts/skeleton.tsx';
import { useOnline } from './parts/use-online.ts';
import { Link } from './routing/link.tsx';
import { useLocation } from './routing/location.ts';
import { pageOf } from './routing/pages.ts';

/** Whoever looks at numbers does not load what makes ads. */
const BriefPage = lazy(async () => ({ default: (await import('./pages/briefs/brief-page.tsx')).BriefPage }));
const BriefsPage = lazy(async () => ({ default: (await import('./pages/briefs/briefs-page.tsx')).BriefsPage }));
const CreationPage = lazy(async () => ({ default: (await import('./pages/creation/creation-page.tsx')).CreationPage }));
const BrandKitsPage = lazy(async () => ({
  default: (await import('./pages/brand-kits/brand-kits-page.tsx')).BrandKitsPage,
}));
const ReviewsPage = lazy(async () => ({ default: (await import('./pages/reviews/reviews-page.tsx')).ReviewsPage }));

/** The dashboard of a signed-in person. */
export function App() {
  const session = useQuery('session', (client, signal) => client.getSession({}, { signal }));
  const { signIn } = useApi();
  const online = useOnline();
  if (session.data !== undefined) {
    return (
      <SessionProvider session={session.data}>
        <Shell>
          <Suspense fallback={<Skeleton lines={8} what="the page" />}>
            <Page />
          </Suspense>
        </Shell>
      </SessionProvider>
    );
  }
  if (session.error === undefined) {
    return (
      <main className="gate" aria-busy="true">
        <p role="status" className="muted">
          Opening your workspace…
        </p>
      </main>
    );
  }
  const told = describeError(session.error, online);
  const again = told.kind === 'session-ended';
  return (
    <Gate
      title={told.title}
      action={
        again
          ? { label: 'Sign in again', run: () => void signIn.signIn() }
          : { label: 'Try again', run: session.reload }
      }
    >
      {told.detail !== undefined && <p>{told.detail}</p>}
      {told.requestId !== undefined && (
        <p className="muted">
          Request <code>{told.requestId}</code>
        </p>
      )}
    </Gate>
  );
}

function Page() {
  const place = pageOf(useLocation().path);
  switch (place.page) {
    case 'overview':
      return <OverviewPage />;
    case 'live':
      return <LivePage alerts={<OpenAlerts />} />;
    case 'campaigns':
      return <CampaignsPage />;
    case 'briefs':
      return <BriefsPage />;
    case 'brief':
      return <BriefPage key={place.briefId} briefId={place.briefId} />;
    case 'creation':
      return <CreationPage key={place.runId} runId={place.runId} />;
    case 'brand-kits':
      return <BrandKitsPage />;
    case 'reviews':
      return <ReviewsPage />;
    case 'changes':
      return <ChangesPage />;
    case 'alerts':
      return <AlertsPage />;
    case 'guardrails':
      return <GuardrailsPage />;
    case 'audit':
      return <AuditPage />;
    case 'breakdowns':
      return <BreakdownsPage />;
    case 'quality':
      return <QualityPage />;
    case 'loads':
      return <LoadsPage />;
    case 'import':
      return <ImportPage />;
    case 'connections':
      return <ConnectionsPage />;
    case 'connection-callback':
      return <CallbackPage />;
    case 'settings':
      return <SettingsPage />;
    case 'pixels':
      return <PixelsPage />;
    case 'load':
      return <LoadPage key={place.runId} runId={place.runId} />;
    case 'change':
      return <ChangePage key={place.changeId} changeId={place.changeId} />;
    case 'unknown':
      return (
        <>
          <PageHead title="Not found" />
          <p>
            There is no page at this address. <Link href="/">Go to the overview</Link>
          </p>
        </>
      );
  }
}
