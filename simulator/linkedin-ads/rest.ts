import type { Account } from '../market/world.ts';
import { accountsOf, authenticate, openAccount } from './access.ts';
import type { Allowance } from './allowance.ts';
import { elementsOf } from './analytics/answer.ts';
import { readQuery } from './analytics/query.ts';
import type { UsdRates } from './analytics/usd-rates.ts';
import { badInput, refusal } from './error.ts';
import type { Grant, OAuth } from './oauth.ts';
import { accountRecord } from './resources/accounts.ts';
import { searchAccounts, searchCampaigns, searchCreatives, searchGroups } from './resources/finders.ts';
import { libraryImages, oneImage, type Uploads } from './resources/images.ts';
import { accountUsers, batchPosts, conversionRules, oneEntity, onePost } from './resources/lookups.ts';
import type { View } from './resources/subject.ts';
import { percentDecoded, RestliSyntaxError } from './restli/decode.ts';
import { idOfUrn, Parameters } from './restli/parameters.ts';
import { checkVersion } from './versions.ts';
import type { Asked } from './wire.ts';
import type { Prepared } from './writes/entities.ts';
import { meaningOf, type WritePlace, type WriteRoute, writeRouteOf } from './writes/routes.ts';

export interface Rest {
  readonly oauth: OAuth;
  readonly allowance: Allowance;
  readonly mostElements: number;
  readonly usd: UsdRates;
  readonly seed: number;
  readonly uploads: Uploads;
  readonly view: () => View;
}

/** What is called, as faults and the request log name it. */
export interface Call {
  readonly route: Route | undefined;
  readonly write: WriteRoute | undefined;
  readonly keys: readonly string[];
  readonly operation: string;
  readonly account: string | undefined;
}

interface Context {
  readonly rest: Rest;
  readonly view: View;
  readonly grant: Grant;
  readonly accounts: readonly Account[];
  readonly keys: readonly string[];
  readonly parameters: Parameters;
  readonly asked: Asked;
}

interface Route {
  readonly path: RegExp;
  readonly operation: string;
  answer(context: Context): unknown;
}

/** Searches below an account by resource. */
const searches = { adCampaignGroups: searchGroups, adCampaigns: searchCampaigns, creatives: searchCreatives } as const;

const below = (resource: keyof typeof searches): readonly Route[] => [
  {
    path: new RegExp(`^/rest/adAccounts/(\\d+)/${resource}$`),
    operation: resource,
    answer: (context) => searches[resource](context.view, accountIn(context, resource), context.parameters),
  },
  {
    path: new RegExp(`^/rest/adAccounts/(\\d+)/${resource}/([^/]+)$`),
    operation: resource,
    answer: (context) => {
      context.parameters.only();
      return oneEntity(context.view, accountIn(context, resource), resource, context.keys[1] ?? '');
    },
  },
];

const routes: readonly Route[] = [
  {
    path: /^\/rest\/adAccounts$/,
    operation: 'adAccounts',
    answer: ({ view, accounts, parameters }) => searchAccounts(view, accounts, parameters),
  },
  {
    path: /^\/rest\/adAccounts\/(\d+)$/,
    operation: 'adAccounts',
    answer: (context) => {
      context.parameters.only();
      return accountRecord(context.view, accountIn(context, 'adAccounts'));
    },
  },
  ...below('adCampaignGroups'),
  ...below('adCampaigns'),
  ...below('creatives'),
  {
    path: /^\/rest\/adAccountUsers$/,
    operation: 'adAccountUsers',
    answer: ({ view, accounts, grant, parameters }) => accountUsers(view, accounts, grant, parameters),
  },
  {
    path: /^\/rest\/conversions$/,
    operation: 'conversions',
    answer: ({ view, grant, parameters }) => {
      if (parameters.required('q') !== 'account') throw badInput('q', 'The finder is q=account.');
      const urn = parameters.required('account');
      const account = openAccount(view.market.world, grant, idOfUrn('account', urn, 'sponsoredAccount'), 'conversions');
      return conversionRules(view, account, urn, parameters);
    },
  },
  {
    path: /^\/rest\/posts$/,
    operation: 'posts',
    answer: ({ view, accounts, parameters, asked }) => {
      const method = asked.headers('x-restli-method');
      if (method !== undefined && method !== 'BATCH_GET')
        throw refusal(
          400,
          'ILLEGAL_ARGUMENT',
          `The simulator does not model ${method} of posts; it models GET and BATCH_GET.`,
        );
      return batchPosts(view, accounts, parameters);
    },
  },
  {
    path: /^\/rest\/posts\/([^/]+)$/,
    operation: 'posts',
    answer: ({ view, accounts, keys, parameters }) => {
      parameters.only('viewContext');
      return onePost(view, accounts, keys[0] ?? '');
    },
  },
  {
    path: /^\/rest\/images$/,
    operation: 'images',
    answer: ({ view, grant, parameters }) => {
      if (parameters.required('q') !== 'associatedAccount') throw badInput('q', 'The finder is q=associatedAccount.');
      const urn = parameters.required('associatedAccount');
      const id = idOfUrn('associatedAccount', urn, 'sponsoredAccount');
      return libraryImages(openAccount(view.market.world, grant, id, 'images'), parameters);
    },
  },
  {
    path: /^\/rest\/images\/([^/]+)$/,
    operation: 'images',
    answer: ({ accounts, keys, parameters }) => {
      parameters.only();
      return oneImage(accounts, keys[0] ?? '');
    },
  },
  {
    path: /^\/rest\/adAnalytics$/,
    operation: 'adAnalytics',
    answer: ({ rest, view, accounts, parameters }) => {
      const query = readQuery(parameters, Math.floor(view.nowMs / 86_400_000));
      const usd = rest.usd.upTo(view.nowMs);
      const elements = elementsOf(query, { ...view, accounts, usd }, rest.mostElements);
      rest.allowance.serve(elements.length * query.fields.length);
      return { paging: { start: 0, count: 10, links: [] }, elements };
    },
  },
];

/** Finds what a request calls; the account is the path's, or the one its query names. */
export function callOf(asked: Asked): Call {
  const write = writeRouteOf(asked);
  if (write !== undefined) {
    const { route, keys } = write;
    const owner = /"owner"\s*:\s*"urn:li:sponsoredAccount:(\d+)"/.exec(asked.body)?.[1];
    const account = asked.path.startsWith('/rest/adAccounts/') ? keys[0] : owner;
    return { route: undefined, write: route, keys, operation: route.operation, account };
  }
  for (const route of routes) {
    const match = route.path.exec(asked.path);
    if (match === null) continue;
    const keys = match.slice(1);
    const named = /sponsoredAccount%3A(\d+)/i.exec(asked.query)?.[1];
    const inPath = asked.path.startsWith('/rest/adAccounts/') ? keys[0] : undefined;
    return { route, write: undefined, keys, operation: route.operation, account: inPath ?? named };
  }
  return { route: undefined, write: undefined, keys: [], operation: 'unknown', account: undefined };
}

/** Answers a call, or throws a LinkedInError. */
export function restAnswer(rest: Rest, call: Call, asked: Asked): unknown {
  const view = rest.view();
  const { route } = call;
  const grant = letIn(rest, call, asked);
  if (route === undefined) throw unknownResource();
  const keys = call.keys.map(decodedKey);
  const parameters = Parameters.parse(asked.query);
  return route.answer({ rest, view, grant, keys, parameters, asked, accounts: accountsOf(view.market.world, grant) });
}

/** Finds a write valid without doing it, or throws a LinkedInError. */
export function prepareWrite(rest: Rest, write: WriteRoute, call: Call, asked: Asked, base: string): Prepared {
  const view = rest.view();
  const grant = letIn(rest, call, asked);
  const place: WritePlace = { view, seed: rest.seed, uploads: rest.uploads, base };
  const accountOf = (id: string) =>
    openAccount(view.market.world, grant, id, `POST ${write.operation} of account ${id}`);
  return write.prepare(place, accountOf, call.keys.map(decodedKey), asked.body);
}

const unknownResource = () =>
  refusal(
    404,
    'RESOURCE_NOT_FOUND',
    `No virtual resource found; the simulator has ${[...new Set(routes.map(({ operation }) => operation))].join(', ')}.`,
    0,
  );

/** The gateway's checks in LinkedIn's order: token, version, resource, limits, protocol. */
function letIn(rest: Rest, call: Call, asked: Asked): Grant {
  const grant = authenticate(asked.headers, rest.oauth);
  checkVersion(asked.headers('linkedin-version'), rest.view().nowMs);
  if (call.route === undefined && call.write === undefined) throw unknownResource();
  if (asked.method !== 'GET' && call.write === undefined)
    throw refusal(
      405,
      'METHOD_NOT_ALLOWED',
      `The simulator does not model ${asked.method === 'POST' ? meaningOf(asked) : asked.method} of ${call.operation}.`,
    );
  rest.allowance.spend(call.operation, grant.memberUrn);
  const protocol = asked.headers('x-restli-protocol-version');
  if (protocol !== '2.0.0')
    throw refusal(
      400,
      'ILLEGAL_ARGUMENT',
      `The simulator speaks X-Restli-Protocol-Version 2.0.0, found ${protocol ?? 'none, which is 1.0.0'}.`,
    );
  return grant;
}

function accountIn({ view, grant, keys }: Context, resource: string): Account {
  return openAccount(view.market.world, grant, keys[0] ?? '', `GET /adAccounts/${keys[0]}/${resource}`);
}

function decodedKey(key: string): string {
  try {
    return percentDecoded(key);
  } catch (error) {
    if (error instanceof RestliSyntaxError) throw refusal(400, 'ILLEGAL_ARGUMENT', `Invalid key: ${error.message}`);
    throw error;
  }
}
