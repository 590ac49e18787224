const remedies = {
  ENOSPC: () => 'The disk is full: free some space, then try again.',
  EDQUOT: () => 'Your disk quota is used up: free some space, then try again.',
  EACCES: (path) => `${path} may not be written: check its permissions, then try again.`,
  EPERM: (path) => `${path} may not be written: check its permissions, then try again.`,
  EROFS: (path) => `${path} lies on a read-only file system: use a copy of the repository on one that can be written.`,
  EMFILE: () => 'Too many files are open: raise the limit (ulimit -n 4096), then try again.',
  ENOTDIR: (path) => `${path} leads through a file where a folder is needed: move that file, then try again.`,
};

/** What a person should read when a step of a command fails. */
export function sentenceOf(error) {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const remedy = remedies[error.code];
  return remedy === undefined ? error.message : `${remedy(error.path ?? 'A file or folder')} (${error.message})`;
}
