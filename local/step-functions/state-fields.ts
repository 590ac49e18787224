/** Which fields each state type has in JSONata, and why the known others are refused. */

const common = ['Type', 'Comment', 'QueryLanguage', 'Assign', 'Output'];
const flow = ['Next', 'End'];
const fallible = ['Retry', 'Catch'];

export const fieldsOf: Readonly<Record<string, readonly string[]>> = {
  Task: [...common, ...flow, ...fallible, 'Resource', 'Arguments', 'TimeoutSeconds', 'HeartbeatSeconds'],
  Pass: [...common, ...flow],
  Choice: [...common, 'Choices', 'Default'],
  Wait: [...common, ...flow, 'Seconds', 'Timestamp'],
  Parallel: [...common, ...flow, ...fallible, 'Branches', 'Arguments'],
  Map: [
    ...common,
    ...flow,
    ...fallible,
    ...['ItemProcessor', 'Items', 'ItemSelector', 'MaxConcurrency', 'Label', 'ItemReader', 'ItemBatcher'],
    ...['ToleratedFailureCount', 'ToleratedFailurePercentage'],
  ],
  Succeed: ['Type', 'Comment', 'QueryLanguage', 'Output'],
  Fail: ['Type', 'Comment', 'QueryLanguage', 'Error', 'Cause'],
};

const jsonPath = 'belongs to JSONPath; this runtime runs JSONata only';

export const refusedFields: Readonly<Record<string, string>> = {
  InputPath: jsonPath,
  OutputPath: jsonPath,
  ResultPath: jsonPath,
  ResultSelector: jsonPath,
  Parameters: jsonPath,
  ItemsPath: jsonPath,
  Result: jsonPath,
  SecondsPath: jsonPath,
  TimestampPath: jsonPath,
  TimeoutSecondsPath: jsonPath,
  HeartbeatSecondsPath: jsonPath,
  MaxConcurrencyPath: jsonPath,
  ToleratedFailureCountPath: jsonPath,
  ToleratedFailurePercentagePath: jsonPath,
  ErrorPath: jsonPath,
  CausePath: jsonPath,
  Iterator: 'is the old form of ItemProcessor and is not supported',
  Credentials: 'is not supported locally: every call is made under the role of the state machine',
  ResultWriter: 'is not supported locally; collect results in a bucket from the item processor',
};
