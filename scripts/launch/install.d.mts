export function install(root: string, write: (text: string) => void): Promise<NodeJS.Signals | undefined>;
