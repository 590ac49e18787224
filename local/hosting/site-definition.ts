/** The site as its AWS::CloudFront resources describe it. */
import type { ResolvedResource } from '../ports.ts';
import { objectOf, objectsOf, optionalText } from '../services/json-protocol.ts';
import { asBoolean, asNumber } from '../services/property-support.ts';
import { type HeaderRules, type LocalOrigins, readHeaderRules } from './response-headers.ts';
import { refuseHostingResource } from './supported-properties.ts';

export interface Behaviour {
  /** `undefined` is the default behaviour. */
  readonly pattern: RegExp | undefined;
  readonly compress: boolean;
  readonly headers: HeaderRules;
}

interface ErrorPage {
  readonly status: number;
  /** Path within the site, starting with `/`. */
  readonly page: string;
}

export interface SiteDefinition {
  readonly rootObject: string;
  /** In order of precedence, the default last. */
  readonly behaviours: readonly Behaviour[];
  /** Origin status → what is answered instead. */
  readonly errorPages: ReadonlyMap<number, ErrorPage>;
}

const noHeaders: HeaderRules = { set: [], remove: [] };

/** Reads the one distribution among the resources. Throws with every reason when the templates ask for more than is supported. */
export function readSiteDefinition(resources: readonly ResolvedResource[], localOrigins: LocalOrigins): SiteDefinition {
  const reasons = resources.map(refuseHostingResource).filter((reason) => reason !== undefined);
  if (reasons.length > 0) throw new Error(reasons.join('\n'));
  const distributions = resources.filter((resource) => resource.type === 'AWS::CloudFront::Distribution');
  const [distribution] = distributions;
  if (distribution === undefined || distributions.length > 1) {
    throw new Error(
      `The local hosting serves one AWS::CloudFront::Distribution; the templates have ${distributions.length}.`,
    );
  }
  const policies = new Map(
    resources
      .filter((resource) => resource.type === 'AWS::CloudFront::ResponseHeadersPolicy')
      .map((policy) => [
        policy.physicalId,
        readHeaderRules(objectOf(policy.properties, 'ResponseHeadersPolicyConfig'), localOrigins),
      ]),
  );
  const config = objectOf(distribution.properties, 'DistributionConfig');
  const behaviour = (from: Readonly<Record<string, unknown>>): Behaviour => {
    const pattern = optionalText(from, 'PathPattern');
    const policy = optionalText(from, 'ResponseHeadersPolicyId');
    const headers = policy === undefined ? noHeaders : policies.get(policy);
    if (headers === undefined)
      throw new Error(`The distribution uses the response headers policy ${policy}, which the templates do not have.`);
    return {
      pattern: pattern === undefined ? undefined : patternOf(pattern),
      compress: asBoolean(from.Compress),
      headers,
    };
  };
  return {
    rootObject: optionalText(config, 'DefaultRootObject')?.replace(/^\//, '') ?? '',
    behaviours: [
      ...objectsOf(config, 'CacheBehaviors').map(behaviour),
      behaviour(objectOf(config, 'DefaultCacheBehavior')),
    ],
    errorPages: new Map(
      objectsOf(config, 'CustomErrorResponses').flatMap((entry) => {
        const [code, page] = [asNumber(entry.ErrorCode), optionalText(entry, 'ResponsePagePath')];
        return code === undefined || page === undefined
          ? []
          : [[code, { status: asNumber(entry.ResponseCode) ?? code, page }] as const];
      }),
    ),
  };
}

/** CloudFront patterns: `*` is anything, `?` one character; a leading slash is optional. */
function patternOf(pattern: string): RegExp {
  const escaped = pattern.replace(/^\//, '').replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^/${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`);
}
