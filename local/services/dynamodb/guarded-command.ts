/** A command that dies with the process that started it, even when that one is killed outright. */

/**
 * Standard input is a pipe from the parent: it closes when the parent is gone, however it went, and the guard then kills the
 * program. The program's own end, and its exit status, pass through.
 */
const GUARD = `
exec 3<&0
"$@" </dev/null 3<&- &
child=$!
trap 'kill -TERM $child 2>/dev/null' TERM INT
{ cat <&3 >/dev/null; kill -KILL $child 2>/dev/null; } &
watch=$!
exec 3<&-
wait $child
status=$?
if kill -0 $child 2>/dev/null; then wait $child; status=$?; fi
kill $watch 2>/dev/null
exit $status
`;

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
}

/** To be spawned with `stdio[0]` a pipe. Without a POSIX shell the program runs unguarded. */
export function guardedCommand(program: string, args: readonly string[], platform = process.platform): Command {
  if (platform === 'win32') return { program, args };
  return { program: '/bin/sh', args: ['-c', GUARD, 'guard', program, ...args] };
}
