import type { Command } from 'commander';

export const shells = ['bash', 'zsh', 'fish'];

/** A completion script made from the commands themselves, so that it cannot fall behind. */
export function completion(program: Command, shell: string): string {
  const words = wordsOf(program);
  if (shell === 'fish') return fish(program);
  return shell === 'zsh' ? `autoload -U +X bashcompinit && bashcompinit\n${bash(words)}` : bash(words);
}

/** What may follow: '' → the commands, 'list' → its own commands and options. */
function wordsOf(program: Command): Map<string, string[]> {
  const words = new Map<string, string[]>();
  const visit = (command: Command, path: string) => {
    const own = command.commands.map((each) => each.name());
    const options = command.options.flatMap(({ long }) => (long == null ? [] : [long]));
    words.set(path, [...own, ...options, '--help']);
    for (const each of command.commands) visit(each, `${path} ${each.name()}`.trim());
  };
  visit(program, '');
  return words;
}

function bash(words: Map<string, string[]>): string {
  const cases = [...words].map(([path, list]) => `    '${path}') words='${list.join(' ')}' ;;`).join('\n');
  return `_labctl() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path="" words="" index word
  for ((index = 1; index < COMP_CWORD; index++)); do
    word="\${COMP_WORDS[index]}"
    [[ $word == -* ]] && continue
    case "\${path:+$path }$word" in
${[...words.keys()]
  .filter((path) => path !== '')
  .map((path) => `      '${path}') path='${path}' ;;`)
  .join('\n')}
    esac
  done
  case "$path" in
${cases}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current") $(compgen -f -- "$current"))
}
complete -o filenames -F _labctl labctl
`;
}

function fish(program: Command): string {
  const lines = program.commands.flatMap((command) => {
    const seen = `__fish_seen_subcommand_from ${command.name()}`;
    return [
      `complete -c labctl -n __fish_use_subcommand -a ${command.name()} -d '${quote(command.description())}'`,
      ...command.commands.map(
        (each) => `complete -c labctl -n '${seen}' -a ${each.name()} -d '${quote(each.description())}'`,
      ),
      ...command.options.map(
        ({ long, description }) =>
          `complete -c labctl -n '${seen}' -l ${String(long).replace(/^--/, '')} -d '${quote(description)}'`,
      ),
    ];
  });
  return `${lines.join('\n')}\n`;
}

const quote = (text: string) => text.replaceAll("'", String.raw`\'`);
