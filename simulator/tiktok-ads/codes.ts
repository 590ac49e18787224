/**
 * What TikTok refuses with: a code in the envelope of an answer with HTTP 200. Codes as the first-party SDK lists them
 * (tiktok/tiktok-business-api-sdk, python_sdk/business_api_client/tiktok_business/tiktok_code.py), 40133 and 60001 as the portal does.
 */
export const codes = {
  ok: 0,
  noPermission: 40001,
  parameter: 40002,
  notFound: 40007,
  notImplemented: 40008,
  appFlowControl: 40016,
  duplicatedRequest: 40050,
  unknownVersion: 40051,
  tooLarge: 40067,
  appRateLimit: 40100,
  tokenExpired: 40102,
  refreshTokenExpired: 40103,
  tokenMissing: 40104,
  tokenUnknown: 40105,
  refreshTokenUnknown: 40107,
  authCode: 40110,
  advertiserRateLimit: 40133,
  taskNotReady: 40201,
  noTask: 40200,
  signature: 40900,
  fileEmpty: 40906,
  fileTooLarge: 40907,
  fileType: 40908,
  duplicatedName: 40911,
  system: 50000,
  maintenance: 60001,
} as const;

/** An answer that says no. */
export class Refusal extends Error {
  readonly code: number;

  constructor(code: keyof typeof codes, message: string) {
    super(message);
    this.name = 'Refusal';
    this.code = codes[code];
  }
}

/** `field: reason`, as TikTok words most of its parameter errors. */
export function badParameter(field: string, reason: string): Refusal {
  return new Refusal('parameter', `${field}: ${reason}`);
}
