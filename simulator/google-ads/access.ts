import type { Account } from '../market/world.ts';
import type { Directory } from './directory.ts';
import { AdsFailure, BareFailure } from './failure.ts';
import type { Grant, OAuth } from './oauth.ts';

/** Looks up a request header or gRPC metadata entry by its lower-case name. */
export type Headers = (name: string) => string | undefined;

export interface AccessRules {
  readonly oauth: OAuth;
  readonly directory: Directory;
  readonly developerToken: string;
}

/** Whose call it is. Throws as Google does for missing, malformed, expired and unknown credentials. */
export function authenticate(headers: Headers, rules: AccessRules): Grant {
  const authorization = headers('authorization');
  if (authorization === undefined) {
    throw new BareFailure(
      'UNAUTHENTICATED',
      'Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.',
      'CREDENTIALS_MISSING',
    );
  }
  const token = /^Bearer (\S+)$/i.exec(authorization)?.[1];
  if (token === undefined) throw authentication('OAUTH_TOKEN_HEADER_INVALID', 'HTTP OAuth header was invalid.');
  const state = rules.oauth.inspect(token);
  if (state.kind === 'unknown') throw authentication('OAUTH_TOKEN_INVALID', 'OAuth token in the header is not valid.');
  if (state.kind === 'expired') throw expiredToken();
  const developerToken = headers('developer-token');
  if (developerToken === undefined || developerToken === '') {
    throw new AdsFailure(
      'request_error',
      'DEVELOPER_TOKEN_PARAMETER_MISSING',
      'Required field developer token is missing in the request header.',
    );
  }
  if (developerToken !== rules.developerToken)
    throw authentication('DEVELOPER_TOKEN_INVALID', 'The developer token is not valid.');
  return state.grant;
}

/** The account a call works on, if its caller may. */
export function authorize(customerId: string, headers: Headers, grant: Grant, rules: AccessRules): Account {
  if (!/^\d{10}$/.test(customerId)) {
    throw new AdsFailure('request_error', 'INVALID_CUSTOMER_ID', `Invalid customer ID '${customerId}'.`);
  }
  const login = headers('login-customer-id');
  if (login !== undefined && !/^\d{10}$/.test(login)) {
    throw new AdsFailure(
      'request_error',
      'INVALID_CUSTOMER_ID',
      `Invalid customer ID '${login}' in the login-customer-id header.`,
    );
  }
  const account = rules.directory.get(customerId);
  // Without the header the account itself is the login: access through a manager does not count then.
  const through = login ?? customerId;
  const reachable =
    login === undefined
      ? grant.customerIds.includes(through)
      : grant.customerIds.some((id) => rules.directory.isWithin(through, id));
  if (account === undefined || !reachable || !rules.directory.isWithin(customerId, through)) {
    throw new AdsFailure(
      'authorization_error',
      'USER_PERMISSION_DENIED',
      "User doesn't have permission to access customer. Note: If you're accessing a client customer, the manager's customer id must be set in the 'login-customer-id' header. See https://developers.google.com/google-ads/api/docs/concepts/call-structure#cid",
    );
  }
  if (account.status === 'disabled') {
    throw new AdsFailure(
      'authorization_error',
      'CUSTOMER_NOT_ENABLED',
      "The customer account can't be accessed because it is not yet enabled or has been deactivated.",
    );
  }
  return account;
}

export function expiredToken(): AdsFailure {
  return authentication('OAUTH_TOKEN_EXPIRED', 'The OAuth access token in the header has expired.');
}

function authentication(code: string, message: string): AdsFailure {
  return new AdsFailure('authentication_error', code, message);
}
