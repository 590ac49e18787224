import { type Grain, type PlatformDescriptor, structureKinds } from '../../domain/integrations/platform.ts';
import { reports } from './reports.ts';

/** LinkedIn Ads as data. It tells nobody's age or gender: those are missing from the grains because it has no such pivot. */
export const linkedInAdsDescriptor: PlatformDescriptor = {
  id: 'linkedin-ads',
  name: 'LinkedIn Ads',
  apiVersion: '202609',
  /** Follows from its name, as that of every version the configuration may set. */
  apiVersionSunset: '2027-09-15',
  /**
   * learn.microsoft.com/linkedin/marketing/versioning: supported for a year; its deprecation notices name the day, as 15 January 2027
   * for 202601.
   */
  versionLifetime: { months: 12, dayOfMonth: 15 },
  supports: { grains: Object.keys(reports) as Grain[], structure: structureKinds },
  limits: {
    /** The default click window of a conversion rule; conversions count on the day of the click. */
    lookBackDays: 30,
    /** Rules may have windows of 365 days; what comes after 90 is too little to load a year again every night. */
    maxLookBackDays: 90,
    /** LinkedIn sets none; a month of a usual account stays below the 15,000 elements that one answer holds. */
    maxWindowDays: 31,
  },
  spendGaps: [
    {
      grains: ['country'],
      approximate: true,
      reason: 'LinkedIn blurs what it tells of members and leaves out what is below three events',
    },
  ],
};
