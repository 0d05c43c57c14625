/**
 * Runs a command inside a guest: `sh -c <this> lab-exec <bytes> <seconds> <command…>`. Both outputs are cut after so many
 * bytes while the command goes on, as with containers; a watch kills the whole session after so many seconds, in case
 * nobody outside is left to do it. The exit code is the command's own.
 */
export const execScript = String.raw`
bytes=$1 seconds=$2
shift 2
keep() { head -c "$bytes"; cat > /dev/null; }
(sleep "$seconds"; kill -9 -$$) < /dev/null > /dev/null 2>&1 &
watch=$!
exec 3>&1 4>&2 5<&0
code=$(
  { { { "$@" <&5 3>&- 4>&- 5<&- 8>&- 9>&-; echo $? >&9; } 2>&1 >&8 8>&- | keep >&4; } 8>&1 | keep >&3; } 9>&1
)
kill "$watch" 2> /dev/null
exit "$code"
`;

/** Runs a command as another user: `sh -c <this> lab-exec <user> <command…>`. Small guests have `doas` in place of `su`. */
export const asUserScript = String.raw`
user=$1
shift
command -v su > /dev/null && exec su -s /bin/sh -c 'exec "$@"' -- "$user" sh "$@"
exec doas -u "$user" -- "$@"
`;
