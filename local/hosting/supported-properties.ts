/** Which properties of AWS::CloudFront resources the local hosting acts on; everything unlisted is refused by name. */
import type { ResolvedResource } from '../ports.ts';
import { isObject, objectOf } from '../services/json-protocol.ts';
import { type PropertySupport, refuseUnlisted } from '../services/property-support.ts';

function refuseAny(value: unknown): string | undefined {
  return Array.isArray(value) && value.length === 0 ? undefined : 'is not supported locally';
}

const behaviour: PropertySupport = {
  PathPattern: 'honoured',
  ResponseHeadersPolicyId: 'honoured',
  Compress: 'honoured',
  TargetOriginId: 'harmless',
  ViewerProtocolPolicy: 'harmless',
  CachePolicyId: 'harmless',
  OriginRequestPolicyId: 'harmless',
  AllowedMethods: 'harmless',
  CachedMethods: 'harmless',
  FunctionAssociations: refuseAny,
  LambdaFunctionAssociations: refuseAny,
};

function behaviourReason(value: unknown): string | undefined {
  for (const properties of Array.isArray(value) ? value : [value]) {
    if (!isObject(properties)) return 'is not an object';
    const reason = nested(properties, behaviour);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** Only a bucket: anything else would be a second server that is not there. */
function originsReason(value: unknown): string | undefined {
  const custom = (Array.isArray(value) ? value : [])
    .filter(isObject)
    .find((origin) => origin.CustomOriginConfig !== undefined);
  return custom === undefined ? undefined : `has the origin ${String(custom.DomainName)}, which is no bucket`;
}

const distribution: PropertySupport = {
  DefaultCacheBehavior: behaviourReason,
  CacheBehaviors: behaviourReason,
  CustomErrorResponses: 'honoured',
  DefaultRootObject: 'honoured',
  Origins: originsReason,
  Aliases: 'harmless',
  Comment: 'harmless',
  Enabled: 'harmless',
  HttpVersion: 'harmless',
  IPV6Enabled: 'harmless',
  Logging: 'harmless',
  PriceClass: 'harmless',
  Restrictions: 'harmless',
  ViewerCertificate: 'harmless',
  WebACLId: 'harmless',
};

const headersPolicy: PropertySupport = {
  Name: 'harmless',
  Comment: 'harmless',
  SecurityHeadersConfig: 'honoured',
  CustomHeadersConfig: 'honoured',
  RemoveHeadersConfig: 'honoured',
  ServerTimingHeadersConfig: 'harmless',
};

export const hostingResourceTypes: readonly string[] = [
  'AWS::CloudFront::Distribution',
  'AWS::CloudFront::ResponseHeadersPolicy',
];

/** Why the local hosting cannot serve this AWS::CloudFront resource, or `undefined`. */
export function refuseHostingResource(resource: ResolvedResource): string | undefined {
  const at = `${resource.type} ${resource.stack}/${resource.logicalId}`;
  const under = (name: string, support: PropertySupport) => {
    const reason = nested(objectOf(resource.properties, name), support);
    return reason === undefined ? undefined : `${at}: ${reason}.`;
  };
  if (resource.type === 'AWS::CloudFront::Distribution') return under('DistributionConfig', distribution);
  if (resource.type === 'AWS::CloudFront::ResponseHeadersPolicy')
    return under('ResponseHeadersPolicyConfig', headersPolicy);
  return resource.type === 'AWS::CloudFront::Function' ? `${at} is not supported by the local hosting.` : undefined;
}

function nested(properties: Readonly<Record<string, unknown>>, support: PropertySupport): string | undefined {
  const found = refuseUnlisted({ type: '', stack: '', logicalId: '', physicalId: '', arn: '', properties }, support);
  // The outer message already says which resource it is.
  return found?.replace(/^ \/: /, '').replace(/\.$/, '');
}
