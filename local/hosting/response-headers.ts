/** Response headers policies: security and custom headers, adapted to where things are on this machine. */
import { isObject, objectOf, objectsOf, optionalText } from '../services/json-protocol.ts';
import { asBoolean, asNumber } from '../services/property-support.ts';

export interface HeaderRules {
  readonly set: readonly (readonly [name: string, value: string])[];
  /** Lower case. */
  readonly remove: readonly string[];
}

type Part = Readonly<Record<string, unknown>>;

/** Property of SecurityHeadersConfig → header and value. */
const securityHeaders: Readonly<Record<string, (part: Part) => readonly [string, string]>> = {
  ContentTypeOptions: () => ['X-Content-Type-Options', 'nosniff'],
  FrameOptions: (part) => ['X-Frame-Options', String(part.FrameOption)],
  ReferrerPolicy: (part) => ['Referrer-Policy', String(part.ReferrerPolicy)],
  StrictTransportSecurity: (part) => ['Strict-Transport-Security', transportSecurity(part)],
  XSSProtection: (part) => ['X-XSS-Protection', xssProtection(part)],
  ContentSecurityPolicy: (part) => ['Content-Security-Policy', String(part.ContentSecurityPolicy)],
};

/** What stands elsewhere than deployed, by the directive of the content security policy that has to let pages reach it. */
export interface LocalOrigins {
  /** API and identity provider. */
  readonly 'connect-src': readonly string[];
  /** Where pictures lie. */
  readonly 'img-src': readonly string[];
}

export function readHeaderRules(config: Part, localOrigins: LocalOrigins): HeaderRules {
  const set: (readonly [string, string])[] = [];
  for (const [name, part] of Object.entries(objectOf(config, 'SecurityHeadersConfig'))) {
    const header = Object.hasOwn(securityHeaders, name) ? securityHeaders[name] : undefined;
    if (header === undefined)
      throw new Error(`The response headers policy sets ${name}, which the local hosting does not know.`);
    if (!isObject(part)) continue;
    const [title, value] = header(part);
    set.push([title, name === 'ContentSecurityPolicy' ? localPolicy(value, localOrigins) : value]);
  }
  for (const item of objectsOf(objectOf(config, 'CustomHeadersConfig'), 'Items')) {
    set.push([optionalText(item, 'Header') ?? '', optionalText(item, 'Value') ?? '']);
  }
  const remove = objectsOf(objectOf(config, 'RemoveHeadersConfig'), 'Items').map((item) =>
    String(item.Header).toLowerCase(),
  );
  return { set: set.filter(([name]) => name !== ''), remove };
}

/**
 * The deployed API and identity provider stand elsewhere; their local origins must be reachable instead. Upgrading to
 * HTTPS would make every local request fail.
 */
function localPolicy(policy: string, localOrigins: LocalOrigins): string {
  const directives = policy
    .split(';')
    .map((directive) => directive.trim())
    .filter(
      (directive) =>
        directive !== '' && directive !== 'upgrade-insecure-requests' && directive !== 'block-all-mixed-content',
    );
  const known = directives.some((directive) => directive.startsWith('connect-src '));
  const fallback = directives.find((directive) => directive.startsWith('default-src '))?.slice('default-src '.length);
  if (!known && fallback !== undefined) directives.push(`connect-src ${fallback}`);
  return directives
    .map((directive) => {
      const [name = '', ...given] = directive.split(/\s+/);
      if (name !== 'connect-src' && name !== 'img-src') return directive;
      const sources = given.filter((source) => source !== "'none'");
      return [name, ...new Set([...sources, ...localOrigins[name]])].join(' ');
    })
    .join('; ');
}

function transportSecurity(part: Part): string {
  const flags = [
    ...(asBoolean(part.IncludeSubdomains) ? ['includeSubDomains'] : []),
    ...(asBoolean(part.Preload) ? ['preload'] : []),
  ];
  return [`max-age=${asNumber(part.AccessControlMaxAgeSec) ?? 0}`, ...flags].join('; ');
}

function xssProtection(part: Part): string {
  if (!asBoolean(part.Protection)) return '0';
  return asBoolean(part.ModeBlock) ? '1; mode=block' : '1';
}
