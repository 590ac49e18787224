import type { Market } from '../market/market.ts';
import { Refusal } from './codes.ts';
import { metrics } from './report-metrics.ts';
import type { ReportQuery } from './report-query.ts';
import { dimensionOf, runReport } from './report-rows.ts';

/** A task is kept for 30 days. */
const keptMs = 30 * 86_400_000;
/** Links to a file work for an hour. */
const linkMs = 3_600_000;

interface Task {
  readonly id: string;
  readonly query: ReportQuery;
  readonly format: 'CSV_STRING' | 'CSV_DOWNLOAD';
  readonly translates: boolean;
  readonly fileName: string;
  /** Simulated clock: what the report shows, and when the task is forgotten. */
  readonly madeAt: number;
  /** Wall clock: making it takes a while however the simulated clock runs. */
  readonly startedAt: number;
  canceled: boolean;
}

interface TaskOptions {
  readonly market: () => Market;
  readonly now: () => number;
  readonly wall: () => number;
  /** How long a report takes to be made, wall milliseconds. */
  readonly takesMs: number;
}

/** Column titles for people; what has none is written as it is called. */
const titles: Readonly<Record<string, string>> = {
  advertiser_id: 'Advertiser ID',
  campaign_id: 'Campaign ID',
  campaign_name: 'Campaign name',
  adgroup_id: 'Ad group ID',
  adgroup_name: 'Ad group name',
  ad_id: 'Ad ID',
  ad_name: 'Ad name',
  stat_time_day: 'By Day',
  age: 'Age',
  gender: 'Gender',
  country_code: 'Country/Region',
  placement: 'Placement',
  platform: 'Operating system',
  spend: 'Cost',
  impressions: 'Impressions',
  clicks: 'Clicks (destination)',
  conversion: 'Conversions',
  currency: 'Currency',
};

/** Asynchronous reports: made, looked at, downloaded as CSV. */
export class ReportTasks {
  readonly #options: TaskOptions;
  readonly #tasks = new Map<string, Task>();
  readonly #links = new Map<string, { readonly task: Task; readonly until: number }>();
  #counter = 0;

  constructor(options: TaskOptions) {
    this.#options = options;
  }

  create(query: ReportQuery, given: Pick<Task, 'format' | 'translates' | 'fileName'>): string {
    const now = this.#options.now();
    for (const [id, task] of this.#tasks) if (task.madeAt <= now - keptMs) this.#tasks.delete(id);
    this.#counter += 1;
    const id = `7${String(now).padStart(13, '0')}${String(this.#counter).padStart(5, '0')}`;
    this.#tasks.set(id, { ...given, id, query, madeAt: now, startedAt: this.#options.wall(), canceled: false });
    return id;
  }

  status(taskId: string, advertiserId: string): 'QUEUING' | 'PROCESSING' | 'SUCCESS' | 'CANCELED' {
    const task = this.#find(taskId, advertiserId);
    if (task.canceled) return 'CANCELED';
    const elapsed = this.#options.wall() - task.startedAt;
    if (elapsed >= this.#options.takesMs) return 'SUCCESS';
    return elapsed < this.#options.takesMs / 4 ? 'QUEUING' : 'PROCESSING';
  }

  cancel(taskId: string, advertiserId: string): void {
    const status = this.status(taskId, advertiserId);
    if (status === 'SUCCESS') throw new Refusal('noTask', `The task ${taskId} is done and cannot be canceled.`);
    this.#find(taskId, advertiserId).canceled = true;
  }

  /** The file itself, or where it can be had. */
  download(
    taskId: string,
    advertiserId: string,
  ):
    | { readonly lines: Iterable<string> }
    | { readonly format: string; readonly fileName: string; readonly path: string } {
    const task = this.#find(taskId, advertiserId);
    if (this.status(taskId, advertiserId) !== 'SUCCESS')
      throw new Refusal('taskNotReady', `The task ${taskId} is not done.`);
    if (task.format === 'CSV_STRING') return { lines: this.#lines(task) };
    this.#counter += 1;
    const key = `wsos${task.id}${this.#counter}`;
    this.#links.set(key, { task, until: this.#options.wall() + linkMs });
    return { format: task.format, fileName: task.fileName, path: `/wsos_v2/statistics/object/${key}` };
  }

  /** The file behind a link; `undefined` once the link has ended. */
  file(key: string): Iterable<string> | undefined {
    const link = this.#links.get(key);
    return link === undefined || link.until <= this.#options.wall() ? undefined : this.#lines(link.task);
  }

  /** After the world changed: nothing is remembered of the old one. */
  clear(): void {
    this.#tasks.clear();
    this.#links.clear();
  }

  #find(taskId: string, advertiserId: string): Task {
    const task = this.#tasks.get(taskId);
    if (task === undefined || task.query.account.id !== advertiserId)
      throw new Refusal('noTask', `There is no task ${taskId} of advertiser ${advertiserId}.`);
    return task;
  }

  *#lines(task: Task): Generator<string> {
    const { query } = task;
    const names = [...query.dimensions, ...query.metrics];
    yield line(task.translates ? names.map((name) => titles[name] ?? name) : names);
    for (const row of runReport(this.#options.market(), query, task.madeAt, false).rows) {
      yield line([
        ...query.dimensions.map((name) => dimensionOf(row, name, true)),
        ...query.metrics.map((name) => metrics[name]?.(row) ?? ''),
      ]);
    }
  }
}

function line(values: readonly string[]): string {
  return `${values.map((value) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(',')}\n`;
}
