import { escapeHtml, page } from './page.ts';

/** An account of the demo data, offered on the login page. */
export interface DemoSignIn {
  /** `Owner`, … */
  readonly label: string;
  readonly email: string;
  readonly password: string;
}

interface LoginPageContent {
  readonly action: string;
  readonly email: string;
  readonly error: string | undefined;
  readonly demos: readonly DemoSignIn[];
}

export function loginPage({ action, email, error, demos }: LoginPageContent): string {
  const described = error === undefined ? '' : ' aria-describedby="error" aria-invalid="true"';
  return page(
    'Sign in · Conext Ads',
    `<h1>Sign in to Conext Ads</h1>
<p>Use the e-mail address and password of your account.</p>
<form method="post" action="${escapeHtml(action)}">
${error === undefined ? '' : `<p class="error" id="error" role="alert">${escapeHtml(error)}</p>`}
<label for="email">E-mail address</label>
<input id="email" name="email" type="email" autocomplete="username" required value="${escapeHtml(email)}"${described}${email === '' ? ' autofocus' : ''}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required${described}${email === '' ? '' : ' autofocus'}>
<button type="submit">Sign in</button>
</form>${demoList(action, demos)}`,
  );
}

function demoList(action: string, demos: readonly DemoSignIn[]): string {
  if (demos.length === 0) return '';
  const entries = demos.map(
    (demo) =>
      `<li><form method="post" action="${escapeHtml(action)}"><input type="hidden" name="email" value="${escapeHtml(demo.email)}"><input type="hidden" name="password" value="${escapeHtml(demo.password)}"><button type="submit">${escapeHtml(demo.label)}<small>${escapeHtml(demo.email)}</small></button></form></li>`,
  );
  return `<h2 id="demos">Demo accounts on this machine</h2><ul aria-labelledby="demos">${entries.join('')}</ul>`;
}
