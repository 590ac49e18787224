/** Paths as Cognito's domains have them. */
export const endpoints = {
  authorization: '/oauth2/authorize',
  token: '/oauth2/token',
  userInfo: '/oauth2/userInfo',
  revocation: '/oauth2/revoke',
  jwks: '/.well-known/jwks.json',
  discovery: '/.well-known/openid-configuration',
  login: '/login',
  logout: '/logout',
} as const;
