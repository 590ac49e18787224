/** MOCK integrations: answers written in the template, such as CORS preflights. */
import type { IntegrationDefinition, MockResponse } from './api-definition.ts';
import { type Exchange, headerOf } from './exchange.ts';

type MockIntegration = Extract<IntegrationDefinition, { kind: 'mock' }>;

export interface MockAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Compiled once; throws for what only a Velocity engine could answer. */
export function compileMock(integration: MockIntegration, route: string): (exchange: Exchange) => MockAnswer {
  const chosen =
    integration.responses.find(
      ({ selectionPattern }) =>
        selectionPattern !== undefined && new RegExp(`^(?:${selectionPattern})$`).test(String(integration.statusCode)),
    ) ?? integration.responses.find(({ selectionPattern }) => selectionPattern === undefined);
  if (chosen === undefined)
    throw new Error(`The MOCK integration of ${route} has no response for ${integration.statusCode}.`);
  const headers = Object.fromEntries(
    Object.entries(chosen.parameters).map(([name, value]) => [
      name.replace(/^method\.response\.header\./, ''),
      literal(String(value), `${route}, ${name}`),
    ]),
  );
  const template = readTemplate(chosen, route);
  return (exchange) => {
    const origin = template.origins.length === 0 ? undefined : headerOf(exchange.request, 'origin');
    const allowed = origin !== undefined && template.origins.some((pattern) => pattern.test(origin));
    return {
      status: chosen.statusCode,
      headers: allowed ? { ...headers, 'Access-Control-Allow-Origin': origin } : headers,
      body: template.body,
    };
  };
}

function literal(expression: string, where: string): string {
  const found = /^'(.*)'$/s.exec(expression)?.[1];
  if (found === undefined)
    throw new Error(`${where}: the local gateway takes quoted literals here, not ${expression}.`);
  return found;
}

/**
 * Either plain text, or the one Velocity template that CDK writes for CORS with several origins: it lists them in
 * `$origin.matches("…")` and echoes the one that matches.
 */
function readTemplate(
  response: MockResponse,
  route: string,
): { readonly body: string; readonly origins: readonly RegExp[] } {
  const text = String(Object.values(response.templates)[0] ?? '');
  if (!/[#$]/.test(text)) return { body: text, origins: [] };
  const origins = [...text.matchAll(/\$origin\.matches\("([^"]+)"\)/g)].map((found) => new RegExp(`^(?:${found[1]})$`));
  if (
    origins.length === 0 ||
    !text.includes('$context.responseOverride.header.Access-Control-Allow-Origin = $origin')
  ) {
    throw new Error(`The MOCK response of ${route} uses a Velocity template, which the local gateway does not run.`);
  }
  return { body: '', origins };
}
