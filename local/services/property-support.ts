/** What a provisioner does with each property of a template resource, as data: anything not listed is refused by name. */
import type { ResolvedResource } from '../ports.ts';

/**
 * `honoured`: acted upon. `harmless`: ignoring it changes nothing that code in the account can observe.
 * A function: acted upon for some values; it gives the reason against the others.
 */
type PropertyRule = 'honoured' | 'harmless' | ((value: unknown) => string | undefined);

export type PropertySupport = Readonly<Record<string, PropertyRule>>;

export function refuseUnlisted(resource: ResolvedResource, support: PropertySupport): string | undefined {
  for (const [name, value] of Object.entries(resource.properties)) {
    if (value === undefined) continue;
    const rule = Object.hasOwn(support, name) ? support[name] : undefined;
    const reason =
      rule === undefined ? 'is not supported locally' : typeof rule === 'function' ? rule(value) : undefined;
    if (reason !== undefined) return `${resource.type} ${resource.stack}/${resource.logicalId}: ${name} ${reason}.`;
  }
  return undefined;
}

/** CloudFormation takes `"true"` for true and `"300"` for 300. */
export function asNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

export function asBoolean(value: unknown): boolean {
  return value === true || value === 'true';
}
