import { ErrorResponse, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import type { SiteConfig } from './site-config.ts';

/** Nobody is signed in any more; only signing in again helps. */
export class SessionEndedError extends Error {
  constructor(options?: ErrorOptions) {
    super('Your session has ended.', options);
    this.name = 'SessionEndedError';
  }
}

export type StartOutcome =
  | { readonly kind: 'signed-in'; readonly email: string | undefined; readonly subject: string }
  /** The browser is on its way to the identity provider. */
  | { readonly kind: 'leaving' }
  /** The person signed out just now, and is not sent back to sign in unasked. */
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'failed'; readonly reason: string };

export interface SignIn {
  start(): Promise<StartOutcome>;
  /** A valid token, renewed when it is about to end. Throws `SessionEndedError`. */
  accessToken(): Promise<string>;
  /** Leaves for the identity provider and comes back to the same page. */
  signIn(): Promise<void>;
  signOut(): Promise<void>;
}

const callbackPath = '/signed-in';
const signedOutFlag = 'conext.signed-out';
/** Seconds before its end at which a token is not used any more. */
const renewBefore = 30;

const here = (): string => location.pathname + location.search;
const isOwnPath = (value: unknown): value is string =>
  typeof value === 'string' && /^\/(?![/\\])/.test(value) && !value.startsWith(callbackPath);

/** Authorization code with PKCE. Tokens live in this tab's session storage and nowhere else. */
export function createSignIn(config: SiteConfig): SignIn {
  const manager = new UserManager({
    authority: config.issuer,
    client_id: config.clientId,
    redirect_uri: `${location.origin}${callbackPath}`,
    response_type: 'code',
    scope: config.scopes.join(' '),
    userStore: new WebStorageStateStore({ store: sessionStorage }),
    stateStore: new WebStorageStateStore({ store: sessionStorage }),
    automaticSilentRenew: true,
    monitorSession: false,
    loadUserInfo: false,
  });
  let renewal: Promise<string> | undefined;

  const renew = async (): Promise<string> => {
    try {
      const user = await manager.signinSilent();
      if (user) return user.access_token;
    } catch (error) {
      // Only the provider's own refusal ends a session; one that cannot be reached may answer the next time.
      if (error instanceof ErrorResponse) throw new SessionEndedError({ cause: error });
      throw new Error('The identity provider could not be reached to renew your session.', { cause: error });
    }
    throw new SessionEndedError();
  };

  const signIn = async (): Promise<void> => {
    sessionStorage.removeItem(signedOutFlag);
    await manager.signinRedirect({ state: { returnTo: here() } });
  };

  return {
    async start() {
      if (location.pathname === callbackPath) {
        try {
          const user = await manager.signinRedirectCallback();
          const { returnTo } = (user.state ?? {}) as { returnTo?: unknown };
          history.replaceState(null, '', isOwnPath(returnTo) ? returnTo : '/');
          return { kind: 'signed-in', email: user.profile.email, subject: user.profile.sub };
        } catch (error) {
          history.replaceState(null, '', '/');
          return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
        }
      }
      const user = await manager.getUser();
      if (user && (!user.expired || user.refresh_token !== undefined)) {
        return { kind: 'signed-in', email: user.profile.email, subject: user.profile.sub };
      }
      if (sessionStorage.getItem(signedOutFlag) !== null) return { kind: 'signed-out' };
      try {
        await signIn();
        return { kind: 'leaving' };
      } catch (error) {
        return { kind: 'failed', reason: `${config.issuer} could not be reached (${String(error)}).` };
      }
    },
    async accessToken() {
      const user = await manager.getUser();
      if (!user) throw new SessionEndedError();
      if ((user.expires_in ?? 0) > renewBefore) return user.access_token;
      renewal ??= renew().finally(() => {
        renewal = undefined;
      });
      return renewal;
    },
    signIn,
    async signOut() {
      const metadata = await manager.metadataService.getMetadata().catch(() => undefined);
      const endpoint = config.signOutUrl ?? metadata?.end_session_endpoint;
      // Signing out must work although the provider does not answer; its token then ends by itself.
      await manager.revokeTokens(['refresh_token']).catch(() => {});
      await manager.removeUser();
      sessionStorage.setItem(signedOutFlag, 'yes');
      if (endpoint === undefined) return location.assign('/');
      const target = new URL(endpoint);
      target.searchParams.set('client_id', config.clientId);
      target.searchParams.set('logout_uri', `${location.origin}/`);
      location.assign(target);
    },
  };
}
