export const roomNeededGb: number;
export const installArguments: readonly string[];
export function unpacked(root: string): { readonly done: number; readonly total: number };
export function firstMissing(root: string): string | undefined;
export function pinnedNode(root: string): string;
export function sentenceOfInstallation(output: string): string;
export const inTheWay: RegExp;
