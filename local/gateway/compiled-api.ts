/** Everything about a route that can be decided before the first request. */
import type { ValidateFunction } from 'ajv';
import type { ApiDefinition, MethodDefinition } from './api-definition.ts';
import type { Exchange } from './exchange.ts';
import { compileMock, type MockAnswer } from './mock-integration.ts';
import { compileModels } from './request-validation.ts';
import { RouteTree } from './route-tree.ts';
import { TokenBucket } from './throttling.ts';

export interface Route {
  readonly method: MethodDefinition;
  /** `/v1/accounts/GET`, as usage plans write it. */
  readonly key: string;
  readonly bucket: TokenBucket | undefined;
  readonly mock: ((exchange: Exchange) => MockAnswer) | undefined;
}

export interface CompiledApi {
  readonly routes: RouteTree<Route>;
  readonly models: ReadonlyMap<string, ValidateFunction>;
}

/** Throws when a model, a mock or a route cannot be served. */
export function compileApi(api: ApiDefinition): CompiledApi {
  const routes = new RouteTree<Route>();
  for (const method of api.methods) {
    const name = `${method.httpMethod} ${method.resourcePath}`;
    for (const model of Object.values(method.bodyModels)) {
      if (!api.models.has(model))
        throw new Error(`${name} validates against the model ${model}, which the templates do not have.`);
    }
    routes.add(method.resourcePath, method.httpMethod, {
      method,
      key: `${method.resourcePath}/${method.httpMethod}`,
      bucket: method.throttle === undefined ? undefined : new TokenBucket(method.throttle),
      mock: method.integration.kind === 'mock' ? compileMock(method.integration, name) : undefined,
    });
  }
  return { routes, models: compileModels(api) };
}
