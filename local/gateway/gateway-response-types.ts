/**
 * What API Gateway answers on its own, before or instead of an integration.
 * Statuses: https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export const gatewayResponseTypes = {
  ACCESS_DENIED: {
    status: 403,
    error: 'AccessDeniedException',
    message: 'User is not authorized to access this resource',
  },
  API_CONFIGURATION_ERROR: { status: 500, error: 'InternalServerErrorException', message: 'Internal server error' },
  AUTHORIZER_CONFIGURATION_ERROR: { status: 500, error: 'AuthorizerConfigurationException', message: null },
  AUTHORIZER_FAILURE: { status: 500, error: 'AuthorizerConfigurationException', message: null },
  BAD_REQUEST_BODY: { status: 400, error: 'BadRequestException', message: 'Invalid request body' },
  BAD_REQUEST_PARAMETERS: { status: 400, error: 'BadRequestException', message: 'Missing required request parameters' },
  EXPIRED_TOKEN: {
    status: 403,
    error: 'ExpiredTokenException',
    message: 'The security token included in the request is expired',
  },
  INTEGRATION_FAILURE: { status: 504, error: 'InternalServerErrorException', message: 'Internal server error' },
  INTEGRATION_TIMEOUT: { status: 504, error: 'InternalServerErrorException', message: 'Endpoint request timed out' },
  INVALID_API_KEY: { status: 403, error: 'ForbiddenException', message: 'Forbidden' },
  INVALID_SIGNATURE: { status: 403, error: 'InvalidSignatureException', message: 'Forbidden' },
  MISSING_AUTHENTICATION_TOKEN: {
    status: 403,
    error: 'MissingAuthenticationTokenException',
    message: 'Missing Authentication Token',
  },
  QUOTA_EXCEEDED: { status: 429, error: 'LimitExceededException', message: 'Limit Exceeded' },
  REQUEST_TOO_LARGE: { status: 413, error: 'RequestTooLargeException', message: 'Request Too Long' },
  RESOURCE_NOT_FOUND: { status: 404, error: 'NotFoundException', message: 'Not Found' },
  THROTTLED: { status: 429, error: 'TooManyRequestsException', message: 'Too Many Requests' },
  UNAUTHORIZED: { status: 401, error: 'UnauthorizedException', message: 'Unauthorized' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, error: 'BadRequestException', message: 'Unsupported Media Type' },
  WAF_FILTERED: { status: 403, error: 'ForbiddenException', message: 'Forbidden' },
  /** A function that failed or answered something that is no proxy response: no type of its own, only DEFAULT_5XX. */
  DEFAULT_5XX: { status: 502, error: 'InternalServerErrorException', message: 'Internal server error' },
  /** A malformed request line or header: no type of its own, only DEFAULT_4XX. */
  DEFAULT_4XX: { status: 400, error: 'BadRequestException', message: 'Bad Request' },
} as const;

export type GatewayResponseType = keyof typeof gatewayResponseTypes;

export function isGatewayResponseType(name: string): name is GatewayResponseType {
  return Object.hasOwn(gatewayResponseTypes, name);
}

/** Why the gateway answers for itself. */
export interface Refusal {
  readonly type: GatewayResponseType;
  /** Overrides the type's own message. */
  readonly message?: string;
  /** `$context.error.validationErrorString`. */
  readonly validationError?: string;
}
