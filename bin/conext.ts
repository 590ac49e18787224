import { App, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { AlertStack } from '../lib/alert-stack.ts';
import { ApiFunctionsStack } from '../lib/api-functions-stack.ts';
import { ApiStack } from '../lib/api-stack.ts';
import { DashboardStack } from '../lib/dashboard-stack.ts';
import { DataStack } from '../lib/data-stack.ts';
import { GenerationStack } from '../lib/generation-stack.ts';
import { IdentityStack } from '../lib/identity-stack.ts';
import { MonitoringStack } from '../lib/monitoring-stack.ts';
import { PipelineStack } from '../lib/pipeline-stack.ts';
import { readStage } from '../lib/stage.ts';
import { StreamStack } from '../lib/stream-stack.ts';

const app = new App();
const stage = readStage(app.node);
const env = { account: stage.account, region: stage.region };
const named = (part: string): string => `Conext-${stage.name}-${part}`;

const data = new DataStack(app, named('Data'), { env, stage });
const dashboard = new DashboardStack(app, named('Dashboard'), {
  env,
  stage,
  accessLogs: data.accessLogs,
  lake: data.lake,
});
const dashboardOrigin = dashboard.origin;
const identity = new IdentityStack(app, named('Identity'), { env, stage, data, dashboardOrigin });
const stream = new StreamStack(app, named('Stream'), { env, stage, data });
const pipeline = new PipelineStack(app, named('Pipeline'), { env, stage, data });
const generation = new GenerationStack(app, named('Generation'), { env, stage, data });
const functions = new ApiFunctionsStack(app, named('ApiFunctions'), {
  env,
  stage,
  data,
  pipeline,
  generation,
  stream,
  dashboardOrigin,
});
new ApiStack(app, named('Api'), { env, stage, identity, functions, dashboardOrigin });
new AlertStack(app, named('Alerts'), { env, stage, data, dashboardOrigin });
new MonitoringStack(app, named('Monitoring'), { env, stage });

Tags.of(app).add('application', 'conext-ads');
Tags.of(app).add('stage', stage.name);
// Costs a second; `npm run check`, the tests and every deployment validate, a laptop's start does not.
if (process.env.CDK_VALIDATION !== 'false') {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}
