import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Accepts named findings of the AwsSolutions rules on one construct and everything under it, with the reason a reviewer reads. */
export function acknowledge(scope: IConstruct, reason: string, ...rules: readonly string[]): void {
  for (const id of rules) {
    Validations.of(scope).acknowledge({ id, reason });
  }
}

/** Accepts the wildcard resources among the given ones, each by name: a new wildcard elsewhere is a finding again. */
export function acknowledgeWildcards(scope: IConstruct, reason: string, resources: readonly string[]): void {
  const wildcards = new Set(resources.filter((resource) => resource.includes('*')));
  acknowledge(scope, reason, ...[...wildcards].map((resource) => `AwsSolutions-IAM5[Resource::${resource}]`));
}
