import { refusal } from './error.ts';

/**
 * A version is the month of its release and is answered until the 15th of the same month a year later
 * (learn.microsoft.com/linkedin/marketing/versioning: 202604 stays active until 15 April 2027).
 */
const sunsetDay = 15;

/** Throws what LinkedIn answers to a missing, unreadable, expired or coming version. `nowMs` is the simulated clock. */
export function checkVersion(header: string | undefined, nowMs: number): void {
  if (header === undefined || header === '')
    throw refusal(
      400,
      'VERSION_MISSING',
      'A version must be present. Please specify a version by adding the LinkedIn-Version header.',
    );
  const parts = /^(\d{4})(\d{2})(?:\.(\d{2}))?$/.exec(header);
  const [year, month] = [Number(parts?.[1]), Number(parts?.[2])];
  if (parts === null || month < 1 || month > 12)
    throw refusal(400, 'VERSION_INVALID', `Requested version ${header} is not in the format YYYYMM`);
  const from = Date.UTC(year, month - 1, 1);
  const until = Date.UTC(year + 1, month - 1, sunsetDay + 1);
  // LinkedIn's message spells the version with its revision.
  if (nowMs < from || nowMs >= until)
    throw refusal(
      426,
      'NONEXISTENT_VERSION',
      `Requested version ${parts[1]}${parts[2]}${parts[3] ?? '01'} is not active`,
    );
}
