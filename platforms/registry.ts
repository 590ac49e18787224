/** What every platform is and how its rows read: light and pure. The clients that call the platforms stand in readers.ts. */
import type { AllTextLimits } from '../domain/compliance/policy/text-kinds.ts';
import type { CopyFormat } from '../domain/generation/copy/slots.ts';
import type { CampaignShape } from '../domain/generation/pipeline/campaign-shape.ts';
import type { DownloadedReport } from '../domain/integrations/imports/downloaded-report.ts';
import type { PlatformDescriptor, PlatformId, PlatformMapping } from '../domain/integrations/platform.ts';
import type { WriteRules } from '../domain/integrations/platform-writer.ts';
import { googleAdsCampaignShape } from './google-ads/campaign-shape.ts';
import { googleAdsCopyFormats } from './google-ads/copy-formats.ts';
import { googleAdsDescriptor } from './google-ads/descriptor.ts';
import { googleAdsDownloadedReport } from './google-ads/downloaded-report.ts';
import { googleAdsMapping } from './google-ads/mapping.ts';
import { googleAdsWriteRules } from './google-ads/write-rules.ts';
import { googleAdsTextLimits } from './google-ads/write-texts.ts';
import { linkedInAdsCampaignShape } from './linkedin-ads/campaign-shape.ts';
import { linkedInAdsCopyFormats } from './linkedin-ads/copy-formats.ts';
import { linkedInAdsDescriptor } from './linkedin-ads/descriptor.ts';
import { linkedInAdsDownloadedReport } from './linkedin-ads/downloaded-report.ts';
import { linkedInAdsMapping } from './linkedin-ads/mapping.ts';
import { linkedInAdsWriteRules } from './linkedin-ads/write-rules.ts';
import { linkedInAdsTextLimits } from './linkedin-ads/write-texts.ts';
import { tiktokAdsCampaignShape } from './tiktok-ads/campaign-shape.ts';
import { tiktokAdsCopyFormats } from './tiktok-ads/copy-formats.ts';
import { tiktokAdsDescriptor } from './tiktok-ads/descriptor.ts';
import { tiktokAdsDownloadedReport } from './tiktok-ads/downloaded-report.ts';
import { tiktokAdsMapping } from './tiktok-ads/mapping.ts';
import { tiktokAdsWriteRules } from './tiktok-ads/write-rules.ts';
import { tiktokAdsTextLimits } from './tiktok-ads/write-texts.ts';

export const descriptors: Readonly<Record<PlatformId, PlatformDescriptor>> = {
  'google-ads': googleAdsDescriptor,
  'tiktok-ads': tiktokAdsDescriptor,
  'linkedin-ads': linkedInAdsDescriptor,
};

export const mappings: Readonly<Record<PlatformId, PlatformMapping>> = {
  'google-ads': googleAdsMapping,
  'tiktok-ads': tiktokAdsMapping,
  'linkedin-ads': linkedInAdsMapping,
};

/** How the reports look that people download from each platform's own pages. */
export const downloadedReports: Readonly<Record<PlatformId, DownloadedReport>> = {
  'google-ads': googleAdsDownloadedReport,
  'tiktok-ads': tiktokAdsDownloadedReport,
  'linkedin-ads': linkedInAdsDownloadedReport,
};

/** What can be written to each platform, known without calling it. */
export const writeRules: Readonly<Record<PlatformId, WriteRules>> = {
  'google-ads': googleAdsWriteRules,
  'tiktok-ads': tiktokAdsWriteRules,
  'linkedin-ads': linkedInAdsWriteRules,
};

/** How long the texts of ads may be, counted as each platform counts. */
export const textLimits: AllTextLimits = {
  'google-ads': googleAdsTextLimits,
  'tiktok-ads': tiktokAdsTextLimits,
  'linkedin-ads': linkedInAdsTextLimits,
};

/** What each platform's ads show in words, with its limits and its own way of counting. */
export const copyFormats: Readonly<Record<PlatformId, readonly CopyFormat[]>> = {
  'google-ads': googleAdsCopyFormats,
  'tiktok-ads': tiktokAdsCopyFormats,
  'linkedin-ads': linkedInAdsCopyFormats,
};

/** What a campaign made from a brief looks like on each platform. */
export const campaignShapes: Readonly<Record<PlatformId, CampaignShape>> = {
  'google-ads': googleAdsCampaignShape,
  'tiktok-ads': tiktokAdsCampaignShape,
  'linkedin-ads': linkedInAdsCampaignShape,
};
