/** AWS::Athena::WorkGroup: where its queries leave their results. */
import type { ResolvedResource } from '../../ports.ts';
import { isObject, objectOf, optionalText } from '../json-protocol.ts';
import { asBoolean, type PropertySupport, refuseUnlisted } from '../property-support.ts';

export interface WorkGroup {
  readonly name: string;
  readonly output: string | undefined;
  /** Its output location wins over the request's. */
  readonly enforced: boolean;
}

const WORK_GROUP: PropertySupport = {
  Name: 'honoured',
  Description: 'harmless',
  State: (value) => (value === 'ENABLED' ? undefined : 'other than ENABLED is not supported locally'),
  RecursiveDeleteOption: 'harmless',
  Tags: 'harmless',
  WorkGroupConfiguration: 'honoured',
};

const CONFIGURATION: PropertySupport = {
  ResultConfiguration: 'honoured',
  EnforceWorkGroupConfiguration: 'honoured',
  PublishCloudWatchMetricsEnabled: 'harmless',
  RequesterPaysEnabled: 'harmless',
  EngineVersion: 'harmless',
  // Scanned bytes cost nothing here.
  BytesScannedCutoffPerQuery: 'harmless',
};

export function refuseWorkGroup(resource: ResolvedResource): string | undefined {
  const configuration = resource.properties.WorkGroupConfiguration;
  return (
    refuseUnlisted(resource, WORK_GROUP) ??
    (isObject(configuration) ? refuseUnlisted({ ...resource, properties: configuration }, CONFIGURATION) : undefined)
  );
}

export function readWorkGroup(resource: ResolvedResource): WorkGroup {
  const configuration = objectOf(resource.properties, 'WorkGroupConfiguration');
  const enforce = configuration.EnforceWorkGroupConfiguration;
  return {
    name: resource.physicalId,
    output: optionalText(objectOf(configuration, 'ResultConfiguration'), 'OutputLocation'),
    // CloudFormation's default is to enforce.
    enforced: enforce === undefined || asBoolean(enforce),
  };
}
