/** Signing in with e-mail address and password, between the authorization request and its code. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Interaction, Provider } from 'oidc-provider';
import { endpoints } from './endpoints.ts';
import { readForm } from './form-body.ts';
import { type DemoSignIn, loginPage } from './login-page.ts';
import { messagePage, sendPage } from './page.ts';
import type { SignInLimits } from './sign-in-limits.ts';
import type { UserDirectory } from './user-directory.ts';

interface LoginParts {
  readonly provider: Provider;
  readonly users: UserDirectory;
  readonly limits: SignInLimits;
  readonly demos: () => readonly DemoSignIn[];
}

export async function handleLogin(
  parts: LoginParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let interaction: Interaction;
  try {
    interaction = await parts.provider.interactionDetails(request, response);
  } catch {
    return sendPage(
      response,
      400,
      messagePage('This sign-in has expired', 'Go back to the application and start again.'),
    );
  }
  const action = `${endpoints.login}/${interaction.uid}`;
  // The cookie says which sign-in this is; a form made for another one does not count.
  if (request.url?.split('?')[0] !== action) {
    return sendPage(
      response,
      400,
      messagePage('This sign-in is not the latest', 'Go back to the application and start again.'),
    );
  }
  const show = (status: number, email: string, error: string | undefined) =>
    sendPage(response, status, loginPage({ action, email, error, demos: parts.demos() }), redirectOrigin(interaction));
  if (request.method !== 'POST') return show(200, String(interaction.params.login_hint ?? ''), undefined);
  const form = await readForm(request);
  if (form === undefined) return show(400, '', 'That was not a sign-in form.');
  const email = form.get('email')?.trim() ?? '';
  const password = form.get('password') ?? '';
  if (email === '' || password === '') return show(400, email, 'Enter your e-mail address and your password.');
  const wait = parts.limits.waitFor(email);
  if (wait > 0) {
    const seconds = Math.ceil(wait / 1000);
    response.setHeader('Retry-After', String(seconds));
    return show(
      429,
      email,
      `Too many wrong passwords. Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
    );
  }
  parts.limits.attempted(email);
  const user = await parts.users.verify(email, password);
  if (user === undefined) {
    return show(401, email, 'The e-mail address or the password is wrong.');
  }
  parts.limits.succeeded(email);
  if (user.status === 'FORCE_CHANGE_PASSWORD') {
    return show(
      403,
      email,
      'This account still has a temporary password. Ask an administrator to set a permanent one.',
    );
  }
  await parts.provider.interactionFinished(request, response, { login: { accountId: user.sub } });
}

function redirectOrigin(interaction: Interaction): string | undefined {
  const { redirect_uri: uri } = interaction.params;
  return typeof uri === 'string' && URL.canParse(uri) ? new URL(uri).origin : undefined;
}
