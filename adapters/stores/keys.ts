/**
 * The single table, in one place. `sk` orders things within a workspace; gsi1 holds the second way to find a thing.
 *
 * | item       | pk          | sk                                   | gsi1pk                      | gsi1sk                                    |
 * |------------|-------------|--------------------------------------|-----------------------------|-------------------------------------------|
 * | workspace  | WS#<w>      | WORKSPACE                            | WORKSPACES                  | WS#<w>                                    |
 * | member     | WS#<w>      | MEMBER#<sub>                         | MEMBER#<sub>                | WS#<w>                                    |
 * | client     | WS#<w>      | CLIENT#<clientId>                    | CLIENT#<clientId>           | WS#<w>                                    |
 * | connection | WS#<w>      | CONNECTION#<id>                      |                             |                                           |
 * | sign-in    | WS#<w>      | AUTHORIZATION#<id>                   |                             |                                           |
 * | used key   | WS#<w>      | IDEMPOTENCY#<what>#<key>             |                             |                                           |
 * | settings   | WS#<w>      | SETTINGS                             |                             |                                           |
 * | guardrails | WS#<w>      | GUARDRAILS                           |                             |                                           |
 * | account    | WS#<w>      | ACCOUNT#<id>                         | ACCOUNT#<platform>#<its id> | WS#<w>                                    |
 * | structure  | WS#<w>      | <KIND>#<id>                          | WS#<w>#<KIND>#<status>      | <account>#[<campaign>#[<ad group>#]]<id>  |
 * | run        | WS#<w>      | RUN#<id>                             | WS#<w>#RUN#<status>         | <startedAt>#<id>                          |
 * | progress   | WS#<w>      | PROGRESS#<run>#<item>                |                             |                                           |
 * | brief      | WS#<w>      | BRIEF#<id>                           |                             |                                           |
 * | brand kit  | WS#<w>      | BRAND-KIT#<id>                       |                             |                                           |
 * | generation | WS#<w>      | GENERATION#<run>                     | WS#<w>#GENERATION#<status>  | <startedAt>#<run>                         |
 * | … its plan | WS#<w>      | GENERATION-PLAN#<run>                |                             |                                           |
 * | … step     | WS#<w>      | GENERATION-STEP#<run>#<step>         |                             |                                           |
 * | creative   | WS#<w>      | CREATIVE#<id>                        | WS#<w>#CREATIVES#<run>      | <round>#<campaign>#<id>                   |
 * | asset      | WS#<w>      | ASSET#<id>                           |                             |                                           |
 * | review     | WS#<w>      | REVIEW#<id>                          | WS#<w>#REVIEW#<status>      | <0 when escalated, or 1>#<openedAt>#<id>  |
 * | rollup     | WS#<w>      | ROLLUP#<grain>#<month>#<account>     |                             |                                           |
 * | quality    | WS#<w>      | QUALITY#<run>#<account>              |                             |                                           |
 * | … of a run | WS#<w>      | QUALITY-RUN#<run>                    |                             |                                           |
 * | … latest   | WS#<w>      | QUALITY-LATEST#<account>             |                             |                                           |
 * | calls      | WS#<w>      | CALLS#<connection>#<day>             |                             |                                           |
 * | pixel      | WS#<w>      | PIXEL#<id>                           | PIXEL#<id>                  | WS#<w>                                    |
 * | quota      | WS#<w>      | QUOTA#<client or pixel>              |                             |                                           |
 * | import     | WS#<w>      | IMPORT#<id>                          |                             |                                           |
 * | change     | WS#<w>      | CHANGE#<id>                          | WS#<w>#CHANGE#<status>      | <createdAt>#<id>                          |
 * | operation  | WS#<w>      | OPERATION#<change>#<index>           |                             |                                           |
 * | outbox     | WS#<w>      | OUTBOX#<change>#<index or end>       | OUTBOX                      | <dueAt>#<w>#<change>#<index or end>       |
 * | lease      | WS#<w>      | LANE#<object>                        |                             |                                           |
 * | decisions  | WS#<w>      | DECISIONS                            |                             |                                           |
 * | alert rule | WS#<w>      | ALERT-RULE#<id>                      |                             |                                           |
 * | … secret   | WS#<w>      | ALERT-WEBHOOK#<id>                   |                             |                                           |
 * | alert      | WS#<w>      | ALERT#<id>                           | WS#<w>#ALERT#<status>       | <openedAt>#<id>                           |
 * | … watch    | WS#<w>      | ALERT-WATCH#<rule>#<kind>#<object>   |                             |                                           |
 * | … delivery | WS#<w>      | ALERT-DELIVERY#<alert>#<id>          | ALERT-OUTBOX while pending  | <dueAt>#<w>#<id>                          |
 * | audit entry | WS#<w>      | AUDIT#<sequence>                     | WS#<w>#AUDIT#<change>       | <sequence>                                |
 * | … head     | WS#<w>      | AUDIT-HEAD                           |                             |                                           |
 * | poll       | WS#<w>      | POLL#<account>#<account-local day>   |                             |                                           |
 * | told hours | WS#<w>      | CLOSED-WINDOWS                       |                             |                                           |
 * | minutes    | WS#<w>#MINUTES#<ten minutes, UTC> | <lane>                    |                             |                                           |
 * | hours      | WS#<w>#HOURS#<account-local day> | <lane>#<quarter>          |                             |                                           |
 * | ids seen   | WS#<w>#SEEN#<day, UTC>#<lane>    | <ten minutes>#<written at>#<uuid> |                             |                                           |
 * | stage work | OPERATIONS  | SCHEMA#…, TENDED#<table>, DELETION#… |                             |                                           |
 * | rate       | RATES       | <date>                               |                             |                                           |
 * | permits    | PERMITS#<b> | BUCKET                               |                             |                                           |
 *
 * Structure and runs are listed from gsi1 one status after another (or merged by time), so that any filter is a key
 * condition and no page reads what it does not show.
 */
export const indexName = 'gsi1';

export const workspacePk = (workspaceId: string): string => `WS#${workspaceId}`;
export const workspaceKey = (workspaceId: string) => ({ pk: workspacePk(workspaceId), sk: 'WORKSPACE' });
export const allWorkspacesPk = 'WORKSPACES';
export const memberPk = (userId: string): string => `MEMBER#${userId}`;
export const clientPk = (clientId: string): string => `CLIENT#${clientId}`;
/** An account by its platform’s own id, in all workspaces that have it. */
export const platformAccountPk = (platform: string, platformId: string): string => `ACCOUNT#${platform}#${platformId}`;
export const pixelPk = (pixelId: string): string => `PIXEL#${pixelId}`;
export const ratesPk = 'RATES';
/** What was done to the stage as a whole. */
export const operationsPk = 'OPERATIONS';
