import type { Route } from '../route.ts';
import {
  changeDetail,
  changePage,
  changePath,
  decisionBody,
  listChangesQuery,
  previewChangeBody,
  undoBody,
} from '../schemas/change-requests.ts';

const handler = 'integrations/manage-changes';
/** A decision on a change: repeating it with the same key answers what it did. */
const decision = { method: 'POST', handler, pathParams: changePath, idempotent: true } as const;

export const manageChangesRoutes = {
  previewChange: {
    method: 'POST',
    path: '/v1/changes',
    summary: 'Preview operations: old and new values, effect on spend, guardrails. Nothing is written to a platform',
    handler,
    scope: 'changes.write',
    body: previewChangeBody,
    success: { status: 201, schema: changeDetail },
    idempotent: true,
  },
  listChanges: {
    method: 'GET',
    path: '/v1/changes',
    summary: 'Changes, newest first',
    handler,
    scope: 'changes.read',
    query: listChangesQuery,
    success: { status: 200, schema: changePage },
  },
  getChange: {
    method: 'GET',
    path: '/v1/changes/{changeId}',
    summary: 'One change with its operations and what became of each',
    handler,
    scope: 'changes.read',
    pathParams: changePath,
    success: { status: 200, schema: changeDetail },
  },
  confirmChange: {
    ...decision,
    path: '/v1/changes/{changeId}/confirm',
    summary: 'Apply a previewed change, or hand it to whoever has to approve it',
    scope: 'changes.write',
    body: decisionBody,
    success: { status: 202, schema: changeDetail },
  },
  approveChange: {
    ...decision,
    path: '/v1/changes/{changeId}/approve',
    summary: 'Approve a change that waits for it; it is then applied',
    scope: 'changes.approve',
    body: decisionBody,
    success: { status: 202, schema: changeDetail },
  },
  discardChange: {
    ...decision,
    path: '/v1/changes/{changeId}/discard',
    summary: 'Give up a change that was not applied',
    scope: 'changes.write',
    body: decisionBody,
    success: { status: 200, schema: changeDetail },
  },
  resumeChange: {
    ...decision,
    path: '/v1/changes/{changeId}/resume',
    summary: 'Try again what failed of a change',
    scope: 'changes.write',
    body: decisionBody,
    success: { status: 202, schema: changeDetail },
  },
  undoChange: {
    ...decision,
    path: '/v1/changes/{changeId}/undo',
    summary: 'Preview a change that puts back what was applied of this one',
    scope: 'changes.write',
    body: undoBody,
    success: { status: 201, schema: changeDetail },
  },
} as const satisfies Record<string, Route>;
