import type { SimulatorOptions } from '../../simulator/options.ts';
import { type Credentials, createSimulator, type Simulator } from '../../simulator/simulator.ts';

/** Noon in Berlin, 20:00 in Tokyo, 03:00 in Los Angeles on a Friday. */
export const noon = Date.parse('2026-11-20T11:00:00Z');

export const berlin = '4210000001';
export const losAngeles = '4210000002';
export const tokyo = '4210000003';
export const closed = '4210000004';
export const managerAccount = '9100000001';
export const subManager = '9100000002';

/** A simulator whose clock stands still, and a caller signed in to it. */
export async function open(options: SimulatorOptions = {}) {
  const simulator = await createSimulator({ startAt: noon, speed: 0, ...options });
  return { simulator, call: await signIn(simulator) };
}

export interface Answered {
  readonly status: number;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: the wire's JSON is read freely in tests
  readonly body: any;
  readonly headers: Headers;
}

export interface Caller {
  readonly token: string;
  search(customerId: string, query: string, more?: object): Promise<Answered>;
  stream(customerId: string, query: string, more?: object): Promise<Answered>;
  post(path: string, body: object, headers?: Record<string, string>): Promise<Answered>;
}

export async function signIn(
  simulator: Simulator,
  login: string | undefined = managerAccount,
  refreshToken = simulator.credentials.refreshToken,
): Promise<Caller> {
  const { body } = await requestToken(simulator, { ...simulator.credentials, refreshToken });
  const base = {
    authorization: `Bearer ${body.access_token}`,
    'developer-token': simulator.credentials.developerToken,
    ...(login === '' || login === undefined ? {} : { 'login-customer-id': login }),
  };
  const post = (path: string, content: object, headers: Record<string, string> = {}) =>
    answered(
      fetch(`${simulator.rest}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...base, ...headers },
        body: JSON.stringify(content),
      }),
    );
  return {
    token: body.access_token,
    post,
    search: (id, query, more = {}) => post(`/v25/customers/${id}/googleAds:search`, { query, ...more }),
    stream: (id, query, more = {}) => post(`/v25/customers/${id}/googleAds:searchStream`, { query, ...more }),
  };
}

export function requestToken(
  simulator: Simulator,
  { clientId, clientSecret, refreshToken }: Credentials,
): Promise<Answered> {
  const form = {
    grant_type: 'refresh_token',
    client_id: clientId,
    client_secret: clientSecret,
    refresh_token: refreshToken,
  };
  return answered(fetch(`${simulator.rest}/token`, { method: 'POST', body: new URLSearchParams(form) }));
}

export async function answered(response: Promise<Response>): Promise<Answered> {
  const { status, headers, ...rest } = await response.then(async (r) => ({
    status: r.status,
    headers: r.headers,
    text: await r.text(),
  }));
  return {
    status,
    headers,
    text: rest.text,
    body: rest.text.startsWith('{') || rest.text.startsWith('[') ? JSON.parse(rest.text) : undefined,
  };
}

/** The error code a refusal carries, as `queryError.EXPECTED_FROM`. */
export function codeOf({ body }: Answered): string {
  const error = (Array.isArray(body) ? body[0] : body)?.error?.details?.[0]?.errors?.[0]?.errorCode ?? {};
  return Object.entries(error)
    .map(([category, code]) => `${category}.${code}`)
    .join();
}
