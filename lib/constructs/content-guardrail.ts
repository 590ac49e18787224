import type { Stack } from 'aws-cdk-lib';
import { CfnGuardrail } from 'aws-cdk-lib/aws-bedrock';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { physicalName, type Stage } from '../stage.ts';
import type { Need } from './capability-function.ts';

const harms = ['HATE', 'INSULTS', 'SEXUAL', 'VIOLENCE', 'MISCONDUCT'] as const;

/** Geographies within which a guardrail may look at texts in another region, by the beginning of the region's name. */
const geographies = { 'eu-': 'eu', 'us-': 'us', 'ap-': 'apac' } as const;

/**
 * Looks at every text before somebody sees it. The standard tier knows German besides English, French and Spanish, and asks for inference
 * across regions of one geography; elsewhere there is the classic one. Personal data are left to rules of our own.
 */
export function contentGuardrail(scope: Stack, stage: Stage): Need {
  const geography = Object.entries(geographies).find(([prefix]) => stage.region.startsWith(prefix))?.[1];
  const profileIn = (region: string, of: string): string =>
    scope.formatArn({
      service: 'bedrock',
      region,
      resource: 'guardrail-profile',
      resourceName: `${of}.guardrail.v1:0`,
    });
  const guardrail = new CfnGuardrail(scope, 'ContentGuardrail', {
    name: physicalName(stage, 'ads'),
    description: 'Looks at texts of ads before somebody sees them',
    blockedInputMessaging: 'Not fit to be shown.',
    blockedOutputsMessaging: 'Not fit to be shown.',
    contentPolicyConfig: {
      filtersConfig: harms.map((type) => ({ type, inputStrength: 'HIGH', outputStrength: 'HIGH' })),
      ...(geography !== undefined && { contentFiltersTierConfig: { tierName: 'STANDARD' } }),
    },
    wordPolicyConfig: { managedWordListsConfig: [{ type: 'PROFANITY' }] },
    ...(geography !== undefined && { crossRegionConfig: { guardrailProfileArn: profileIn(stage.region, geography) } }),
  });
  return {
    // The draft is what this template says: nothing else changes it.
    environment: { GUARDRAIL_ID: guardrail.attrGuardrailId, GUARDRAIL_VERSION: 'DRAFT' },
    statements: [
      new PolicyStatement({
        actions: ['bedrock:ApplyGuardrail'],
        resources: [guardrail.attrGuardrailArn, ...(geography === undefined ? [] : [profileIn('*', geography)])],
      }),
      // Rekognition's detection has no resources to name.
      new PolicyStatement({
        actions: ['rekognition:DetectModerationLabels', 'rekognition:DetectText'],
        resources: ['*'],
      }),
    ],
  };
}
