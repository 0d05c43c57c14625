/**
 * How a command is started so that it can be found again. The API has no way to end a process that it started, and
 * container engines leave it running when its console is closed. So the process carries a random mark in its
 * environment, and a second exec signals the one process that has the mark and no parent in the container: that is
 * the process of the exec itself, never something that it left in the background, such as a terminal multiplexer.
 * All of it needs `sh` in the image.
 */
const markName = 'LAB_CONSOLE';

const launch = `export ${markName}="$0"; exec "$@"`;

/** Runs the command with the mark. */
export function marked(mark: string, command: readonly string[]): string[] {
  return ['sh', '-c', launch, mark, ...command];
}

/** Engines wait until all input was read, also when the command that should have read it has ended. */
const launchWithInput = `export ${markName}="$0"
"$@"
code=$?
cat >/dev/null
exit $code`;

/** Runs the command with the mark, and takes whatever input it leaves. */
export function markedWithInput(mark: string, command: readonly string[]): string[] {
  return ['sh', '-c', launchWithInput, mark, ...command];
}

const terminal = `stty cols "$1" rows "$2" 2>/dev/null
export TERM=xterm-256color LANG=C.UTF-8 ${markName}="$0"
shift 2
printf %s "$0"
exec "$@"`;

/**
 * Runs the command in a terminal. The mark is printed before the command begins: what comes after it is the command's
 * own output, in a terminal that has its size already.
 */
export function markedTerminal(
  mark: string,
  command: readonly string[],
  size: { columns: number; rows: number },
): string[] {
  return ['sh', '-c', terminal, mark, String(size.columns), String(size.rows), ...command];
}

/** `stat` holds the name in brackets, which may hold anything; then state, parent, … */
const hangUp = `for folder in /proc/[0-9]*; do
  pid=\${folder#/proc/}
  [ "$pid" = $$ ] && continue
  { IFS= read -r line < "$folder/stat"; } 2>/dev/null || continue
  line=\${line##*") "}
  case $line in ?" 0 "*) ;; *) continue ;; esac
  grep -qs -- "$0" "$folder/environ" "$folder/cmdline" || continue
  kill -s "$1" -- "-$pid" 2>/dev/null || kill -s "$1" "$pid"
done`;

/** Signals the process with the mark, and its group. */
export function hangUpCommand(mark: string, signal: 'HUP' | 'KILL'): string[] {
  return ['sh', '-c', hangUp, mark, signal];
}
