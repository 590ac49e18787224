/** The templates with everything decided: what runs, under which policies. Whatever cannot run here is refused at once. */
import { gatewayResourceTypes, refuseGatewayResource } from '../gateway/supported-properties.ts';
import { hostingResourceTypes, refuseHostingResource } from '../hosting/supported-properties.ts';
import { type AccessControl, IAM_TYPES, loadAccessControl } from '../iam/access-control.ts';
import { distrustedServices } from '../iam/role-trust.ts';
import { identityResourceTypes, refuseIdentityResource } from '../identity/supported-properties.ts';
import type { Provisioner, ResolvedResource } from '../ports.ts';
import type { Assembly } from '../template/load-assembly.ts';
import { resolveAssembly } from '../template/resolve-assembly.ts';
import type { LocalAddresses } from '../template/resource-types.ts';
import { missingInvokePermissions } from './invoke-permissions.ts';
import { StartError } from './start-error.ts';

export interface OpenTemplates {
  readonly resources: readonly ResolvedResource[];
  readonly accessControl: AccessControl;
}

/** Read by the servers of the gateway, the identity provider and the dashboard rather than provisioned one by one. */
const SERVED: readonly { readonly types: readonly string[]; readonly refuse: Provisioner['refuse'] }[] = [
  { types: gatewayResourceTypes, refuse: refuseGatewayResource },
  { types: identityResourceTypes, refuse: refuseIdentityResource },
  { types: hostingResourceTypes, refuse: refuseHostingResource },
  { types: IAM_TYPES, refuse: () => undefined },
];

/** Throws one `StartError` that lists everything the templates ask for in vain. */
export function openTemplates(
  assembly: Assembly,
  addresses: LocalAddresses,
  accountId: string,
  provisioners: readonly Provisioner[],
): OpenTemplates {
  const readers = [...SERVED, ...provisioners];
  const handled = new Set(readers.flatMap(({ types }) => types));
  const { resources, refusals: unresolved } = resolveAssembly(assembly, addresses, handled);
  const access = loadAccessControl(resources, accountId);
  const refusals = [
    ...unresolved,
    ...access.refusals,
    ...resources.flatMap((resource) =>
      readers
        .filter(({ types }) => types.includes(resource.type))
        .map(({ refuse }) => refuse(resource))
        .filter((reason) => reason !== undefined),
    ),
  ];
  if (refusals.length > 0) {
    throw new StartError(
      `The templates ask for what cannot run on this machine; see docs/local-runtime.md:\n  ${refusals.join('\n  ')}`,
    );
  }
  const forbidden = [
    ...distrustedServices(resources, accountId),
    ...missingInvokePermissions(resources, access.control, accountId),
  ];
  if (forbidden.length > 0) {
    throw new StartError(`The templates ask for what AWS would not allow:\n  ${forbidden.join('\n  ')}`);
  }
  return { resources, accessControl: access.control };
}
