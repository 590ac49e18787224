/** Finds the method for a path as API Gateway does: literals before `{parameters}` before `{proxy+}`. */

interface RouteMatch<T> {
  readonly target: T;
  /** Decoded. */
  readonly pathParameters: Readonly<Record<string, string>> | undefined;
}

interface Node<T> {
  readonly literals: Map<string, Node<T>>;
  parameter: { readonly name: string; readonly node: Node<T> } | undefined;
  greedy: { readonly name: string; readonly node: Node<T> } | undefined;
  readonly methods: Map<string, T>;
}

function emptyNode<T>(): Node<T> {
  return { literals: new Map(), parameter: undefined, greedy: undefined, methods: new Map() };
}

export class RouteTree<T> {
  readonly #root: Node<T> = emptyNode();

  add(path: string, method: string, target: T): void {
    let node = this.#root;
    for (const part of segments(path)) node = this.#child(node, part);
    node.methods.set(method, target);
  }

  #child(node: Node<T>, part: string): Node<T> {
    const variable = /^\{([^+}]+)(\+?)\}$/.exec(part);
    const name = variable?.[1];
    if (name !== undefined) {
      const side = variable?.[2] === '+' ? 'greedy' : 'parameter';
      const known = node[side];
      if (known !== undefined) return known.node;
      const added = { name, node: emptyNode<T>() };
      node[side] = added;
      return added.node;
    }
    const known = node.literals.get(part);
    if (known !== undefined) return known;
    const added = emptyNode<T>();
    node.literals.set(part, added);
    return added;
  }

  /** `path` is raw, without its query. `undefined`: no such resource or method, or an undecodable path. */
  find(path: string, method: string): RouteMatch<T> | undefined {
    const parts = segments(path);
    const values: [string, string][] = [];
    const node = descend(this.#root, parts, 0, values);
    const target = node?.methods.get(method) ?? node?.methods.get('ANY');
    if (target === undefined) return undefined;
    if (values.length === 0) return { target, pathParameters: undefined };
    try {
      return {
        target,
        pathParameters: Object.fromEntries(values.map(([name, raw]) => [name, decodeURIComponent(raw)])),
      };
    } catch {
      return undefined;
    }
  }
}

/** Depth is bounded by the tree's, not by the request's path. */
function descend<T>(
  node: Node<T>,
  parts: readonly string[],
  at: number,
  values: [string, string][],
): Node<T> | undefined {
  const part = parts[at];
  if (part === undefined) return node.methods.size > 0 ? node : undefined;
  const literal = node.literals.get(part);
  if (literal !== undefined) {
    const found = descend(literal, parts, at + 1, values);
    if (found !== undefined) return found;
  }
  if (node.parameter !== undefined) {
    values.push([node.parameter.name, part]);
    const found = descend(node.parameter.node, parts, at + 1, values);
    if (found !== undefined) return found;
    values.pop();
  }
  if (node.greedy !== undefined && node.greedy.node.methods.size > 0) {
    values.push([node.greedy.name, parts.slice(at).join('/')]);
    return node.greedy.node;
  }
  return undefined;
}

/** A trailing slash names the same resource. */
function segments(path: string): readonly string[] {
  const parts = path.split('/').slice(1);
  if (parts.at(-1) === '') parts.pop();
  return parts;
}
