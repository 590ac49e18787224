import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { alerting } from './constructs/alerting.ts';
import { trustedOrigin } from './constructs/dashboard-origin.ts';
import { reviewWatch } from './constructs/review-watch.ts';
import type { DataStack } from './data-stack.ts';
import type { Stage } from './stage.ts';

/** Looks at the rules of all workspaces, tells of what they find, and of what waits too long for a person. */
export class AlertStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    props: StackProps & { readonly stage: Stage; readonly data: DataStack; readonly dashboardOrigin: string },
  ) {
    super(scope, id, props);
    const { stage, data } = props;
    alerting(this, stage, data, trustedOrigin(this, stage, props.dashboardOrigin));
    reviewWatch(this, stage, data);
  }
}
