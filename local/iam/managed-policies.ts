/** AWS managed policies that the templates may attach, as AWS documents them. */
const logs = {
  Effect: 'Allow',
  Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
  Resource: '*',
};
const document = (...statements: readonly object[]): object => ({ Version: '2012-10-17', Statement: statements });

export const MANAGED_POLICIES: Readonly<Record<string, object>> = {
  'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole': document(logs),
  'arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole': document(
    { Effect: 'Allow', Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], Resource: '*' },
    logs,
  ),
  'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess': document({
    Effect: 'Allow',
    Action: [
      'xray:PutTraceSegments',
      'xray:PutTelemetryRecords',
      'xray:GetSamplingRules',
      'xray:GetSamplingTargets',
      'xray:GetSamplingStatisticSummaries',
    ],
    Resource: '*',
  }),
  // Read by API Gateway to write access logs; no local code runs under it.
  'arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs': document(logs),
};
