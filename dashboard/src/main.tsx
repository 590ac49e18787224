import { createRoot } from 'react-dom/client';
import { createClient } from '../../sdks/javascript/src/client.ts';
import { ApiProvider } from './api/api-context.tsx';
import { App } from './app.tsx';
import { Gate } from './parts/gate.tsx';
import { applyTheme } from './parts/theme.tsx';
import { createSignIn } from './session/sign-in.ts';
import { fetchSiteConfig } from './session/site-config.ts';

applyTheme();
const element = document.getElementById('app');
if (element === null) throw new Error('index.html has no #app.');
const root = createRoot(element);

async function start(): Promise<void> {
  const config = await fetchSiteConfig();
  const signIn = createSignIn(config);
  const outcome = await signIn.start();
  const signInAction = { label: 'Sign in', run: () => void signIn.signIn() };
  switch (outcome.kind) {
    case 'signed-in': {
      const client = createClient({ baseUrl: config.apiUrl, accessToken: signIn.accessToken });
      const api = {
        client,
        signIn,
        email: outcome.email,
        subject: outcome.subject,
        answers: new Map<string, unknown>(),
      };
      root.render(
        <ApiProvider api={api}>
          <App />
        </ApiProvider>,
      );
      return;
    }
    case 'signed-out':
      root.render(
        <Gate title="You are signed out" action={signInAction}>
          <p>Nothing of your session is left in this browser tab.</p>
        </Gate>,
      );
      return;
    case 'failed':
      root.render(
        <Gate title="Signing in did not work" action={signInAction}>
          <p>{outcome.reason}</p>
        </Gate>,
      );
      return;
    case 'leaving':
      return;
  }
}

start().catch((error: unknown) => {
  root.render(
    <Gate title="The dashboard could not start" action={{ label: 'Try again', run: () => location.reload() }}>
      <p>{error instanceof Error ? error.message : String(error)}</p>
    </Gate>,
  );
});
