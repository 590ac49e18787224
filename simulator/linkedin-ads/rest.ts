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
import { accountUsers, batchPosts, conversionRules, oneEntity, onePost } from './resources/lookups.ts';
import type { View } from './resources/subject.ts';
import { percentDecoded, RestliSyntaxError } from './restli/decode.ts';
import { idOfUrn, Parameters } from './restli/parameters.ts';
import { checkVersion } from './versions.ts';
import type { Asked } from './wire.ts';

export interface Rest {
  readonly oauth: OAuth;
  readonly allowance: Allowance;
  readonly mostElements: number;
  readonly usd: UsdRates;
  readonly view: () => View;
}

/** What is called, as faults and the request log name it. */
export interface Call {
  readonly route: Route | undefined;
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
  for (const route of routes) {
    const match = route.path.exec(asked.path);
    if (match === null) continue;
    const keys = match.slice(1);
    const named = /sponsoredAccount%3A(\d+)/i.exec(asked.query)?.[1];
    const inPath = asked.path.startsWith('/rest/adAccounts/') ? keys[0] : undefined;
    return { route, keys, operation: route.operation, account: inPath ?? named };
  }
  return { route: undefined, keys: [], operation: 'unknown', account: undefined };
}

/** Answers a call, or throws a LinkedInError. The gateway checks come in LinkedIn's order: token, version, resource, limits. */
export function restAnswer(rest: Rest, call: Call, asked: Asked): unknown {
  const view = rest.view();
  const grant = authenticate(asked.headers, rest.oauth);
  checkVersion(asked.headers('linkedin-version'), view.nowMs);
  const { route } = call;
  if (route === undefined)
    throw refusal(
      404,
      'RESOURCE_NOT_FOUND',
      `No virtual resource found; the simulator has ${[...new Set(routes.map(({ operation }) => operation))].join(', ')}.`,
      0,
    );
  if (asked.method !== 'GET')
    throw refusal(
      405,
      'METHOD_NOT_ALLOWED',
      `The simulator does not model ${asked.method} of ${call.operation}; it models reading.`,
    );
  rest.allowance.spend(route.operation, grant.memberUrn);
  const protocol = asked.headers('x-restli-protocol-version');
  if (protocol !== '2.0.0')
    throw refusal(
      400,
      'ILLEGAL_ARGUMENT',
      `The simulator speaks X-Restli-Protocol-Version 2.0.0, found ${protocol ?? 'none, which is 1.0.0'}.`,
    );
  const keys = call.keys.map(decodedKey);
  const parameters = Parameters.parse(asked.query);
  return route.answer({ rest, view, grant, keys, parameters, asked, accounts: accountsOf(view.market.world, grant) });
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
