/** Secrets with their versions and stages, in one file that only its owner reads. */
import { randomUUID } from 'node:crypto';
import { AwsError, type Clock } from '../../ports.ts';
import { JsonFile } from '../json-file.ts';
import { arnOf, type Place } from '../place.ts';

export interface SecretVersion {
  readonly id: string;
  /** One of the two. */
  readonly text?: string;
  /** Base64. */
  readonly binary?: string;
  /** Epoch milliseconds. */
  readonly created: number;
  stages: string[];
}

export interface Secret {
  readonly arn: string;
  readonly name: string;
  description?: string;
  readonly created: number;
  changed: number;
  /** When deletion was asked for; the secret can still be restored. */
  deleted?: number;
  versions: SecretVersion[];
}

export interface SecretValue {
  readonly text?: string | undefined;
  readonly binary?: string | undefined;
}

const CURRENT = 'AWSCURRENT';
const PREVIOUS = 'AWSPREVIOUS';
/** AWS keeps about this many without a stage. */
const MAX_VERSIONS = 100;

export class SecretStore {
  readonly #file: JsonFile<Record<string, Secret>>;
  readonly #place: Place;
  readonly #clock: Clock;

  constructor(path: string, place: Place, clock: Clock) {
    this.#file = new JsonFile<Record<string, Secret>>(path, {}, 0o600);
    this.#place = place;
    this.#clock = clock;
  }

  all(): readonly Secret[] {
    return Object.values(this.#file.state);
  }

  /** By name, ARN, or ARN without the random suffix. */
  find(id: string): Secret | undefined {
    const named = this.#file.state[id];
    if (named !== undefined) return named;
    return this.all().find((secret) => secret.arn === id || (id.startsWith('arn:') && secret.arn.slice(0, -7) === id));
  }

  /** Throws for one that is marked for deletion, unless `deletedToo`. */
  get(id: string, deletedToo = false): Secret {
    const secret = this.find(id);
    if (secret === undefined)
      throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    if (secret.deleted !== undefined && !deletedToo) {
      throw new AwsError(
        'InvalidRequestException',
        "You can't perform this operation on the secret because it was marked for deletion.",
      );
    }
    return secret;
  }

  /** What the secret's ARN is or, before it is made, matches: policies name it with `-??????` or `*` at the end. */
  arnFor(id: string): string {
    return (
      this.find(id)?.arn ?? (id.startsWith('arn:') ? id : arnOf(this.#place, 'secretsmanager', `secret:${id}-000000`))
    );
  }

  create(
    name: string,
    value: SecretValue | undefined,
    options: { readonly arn?: string; readonly description?: string | undefined; readonly token?: string | undefined },
  ): Secret {
    if (this.#file.state[name] !== undefined) {
      throw new AwsError('ResourceExistsException', `The operation failed because the secret ${name} already exists.`);
    }
    const now = this.#clock();
    const secret: Secret = {
      arn: options.arn ?? arnOf(this.#place, 'secretsmanager', `secret:${name}-${randomUUID().slice(0, 6)}`),
      name,
      created: now,
      changed: now,
      versions: [],
      ...(options.description === undefined ? {} : { description: options.description }),
    };
    if (value !== undefined) this.#addVersion(secret, value, [CURRENT], options.token);
    this.#file.state[name] = secret;
    this.#file.save();
    return secret;
  }

  /** The same token with the same value changes nothing, as on AWS. */
  put(secret: Secret, value: SecretValue, stages: readonly string[], token: string | undefined): SecretVersion {
    const version = this.#addVersion(secret, value, stages.length > 0 ? stages : [CURRENT], token);
    this.#file.save();
    return version;
  }

  version(secret: Secret, id: string | undefined, stage: string | undefined): SecretVersion {
    const found = secret.versions.find(
      (version) =>
        (id === undefined || version.id === id) &&
        (id !== undefined && stage === undefined ? true : version.stages.includes(stage ?? CURRENT)),
    );
    if (found === undefined) {
      const which = id === undefined ? `staging label: ${stage ?? CURRENT}` : `VersionId: ${id}`;
      throw new AwsError(
        'ResourceNotFoundException',
        `Secrets Manager can't find the specified secret value for ${which}`,
      );
    }
    return found;
  }

  describe(secret: Secret, description: string): void {
    secret.description = description;
    this.#file.save();
  }

  delete(secret: Secret, atOnce: boolean): void {
    if (atOnce) delete this.#file.state[secret.name];
    else secret.deleted = this.#clock();
    this.#file.save();
  }

  restore(secret: Secret): void {
    delete secret.deleted;
    this.#file.save();
  }

  /** Takes stages from the versions that held them; the former current version becomes the previous one. */
  #addVersion(secret: Secret, value: SecretValue, stages: readonly string[], token: string | undefined): SecretVersion {
    const same = secret.versions.find((version) => version.id === token);
    if (same !== undefined) {
      if (same.text === value.text && same.binary === value.binary) return same;
      throw new AwsError(
        'ResourceExistsException',
        'A version with this ClientRequestToken and another value already exists.',
      );
    }
    const former = stages.includes(CURRENT)
      ? secret.versions.find((version) => version.stages.includes(CURRENT))
      : undefined;
    for (const version of secret.versions) {
      version.stages = version.stages.filter(
        (stage) => !stages.includes(stage) && !(stage === PREVIOUS && former !== undefined),
      );
    }
    former?.stages.push(PREVIOUS);
    const version: SecretVersion = {
      id: token ?? randomUUID(),
      created: this.#clock(),
      stages: [...stages],
      ...(value.text === undefined ? {} : { text: value.text }),
      ...(value.binary === undefined ? {} : { binary: value.binary }),
    };
    secret.versions = [version, ...secret.versions].filter(
      (kept, index) => kept.stages.length > 0 || index < MAX_VERSIONS,
    );
    secret.changed = version.created;
    return version;
  }
}
