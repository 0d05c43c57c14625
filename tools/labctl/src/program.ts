import { Command, InvalidArgumentError, Option } from 'commander';
import type { World } from './api/context.js';
import { attach } from './commands/attach.js';
import { check } from './commands/check.js';
import { completion, shells } from './commands/completion.js';
import { events } from './commands/events.js';
import { exportLab } from './commands/export.js';
import { type GitOptions, importLab } from './commands/import.js';
import { listLabs, listSessions } from './commands/list.js';
import { login, logout } from './commands/login.js';
import { open } from './commands/open.js';
import { preview } from './commands/preview.js';
import { end, start } from './commands/sessions.js';
import { createOutput, type Output, type Streams } from './output/output.js';

const HELP = `
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 the lab has mistakes, 4 refused by the platform,
5 the platform cannot be reached, 6 not signed in.
Environment: LAB_URL and LAB_TOKEN take the place of \`labctl login\`.`;

/** All commands. Each is one function in \`commands/\`. */
export function createProgram(world: World, streams: Streams): Command {
  const program = new Command('labctl')
    .description('Write, check and run labs of Lab Orchestrator.')
    .version('0.1.0')
    .option('--json', 'print results as JSON on standard output')
    .addHelpText('after', HELP)
    .exitOverride()
    .configureOutput({ writeOut: streams.out, writeErr: streams.err });
  const output = (): Output => createOutput(program.opts<{ json?: boolean }>().json === true, streams);
  authoring(program, world, output);
  running(program, world, output);
  program
    .command('completion')
    .description('print the completion script of a shell: eval "$(labctl completion bash)"')
    .addArgument(program.createArgument('<shell>').choices(shells))
    .action((shell: string) => streams.out(completion(program, shell)));
  return program;
}

function authoring(program: Command, world: World, output: () => Output) {
  program
    .command('check')
    .description('find every mistake of a lab folder, with file, line and column')
    .argument('<folder>')
    .option('--strict', 'warnings count, too', false)
    .action((folder: string, options: { strict: boolean }) => check(folder, options, output()));
  program
    .command('preview')
    .description('show the pages of a folder in the browser while they are written, until Ctrl-C')
    .argument('[folder]', 'the current one unless told', '.')
    .addOption(new Option('--port <n>', 'on this machine; 0 takes a free one').default(4400).argParser(count))
    .option('--session', 'also import each save as a private lab, and start it once', false)
    .action((folder: string, options: { port: number; session: boolean }) => preview(folder, options, world, output()));
  program
    .command('import')
    .description('import a folder, or a git repository, as a new version of its lab')
    .argument('[folder]')
    .option('--git <address>', 'https address of a repository, in place of a folder')
    .option('--ref <ref>', 'branch, tag or commit', 'HEAD')
    .option('--path <path>', 'folder of the lab inside the repository', '')
    .action((folder: string | undefined, options: GitOptions) => importLab(folder, options, world, output()));
  program
    .command('export')
    .description('write a version of a lab as a zip, or unpacked into a folder')
    .argument('<lab>', 'name or id')
    .option('--lab-version <n>', 'the newest unless told', count)
    .option('-o, --output <path>', 'a file that ends with .zip, or a folder; <name>-v<n>.zip here unless told')
    .option('--force', 'replace what is there', false)
    .action((lab: string, options: { labVersion?: number; output?: string; force: boolean }) =>
      exportLab(lab, options, world, output()),
    );
}

function running(program: Command, world: World, output: () => Output) {
  program
    .command('login')
    .description('sign in; keeps an API token, never the password')
    .argument('<address>', 'such as https://labs.example.org')
    .option('--username <name>')
    .option('--password-stdin', 'read the password from standard input', false)
    .addOption(new Option('--days <n>', 'how long the token is valid').default(90).argParser(count))
    .action((address: string, options: { username?: string; passwordStdin: boolean; days: number }) =>
      login(address, options, world, output()),
    );
  program
    .command('logout')
    .description('forget the token')
    .action(() => logout(world, output()));
  const list = program.command('list').description('list labs or sessions');
  list
    .command('labs')
    .description('the catalog')
    .action(() => listLabs(world, output()));
  list
    .command('sessions')
    .description('open sessions you may see')
    .option('--all', 'ended ones, too', false)
    .action((options: { all: boolean }) => listSessions(options, world, output()));
  program
    .command('start')
    .description('start a lab and print the id of its session')
    .argument('<lab>', 'name or id')
    .option('--lab-version <n>', 'the newest unless told', count)
    .option('--wait', 'until it can be worked in', false)
    .action((lab: string, { labVersion, wait }: { labVersion?: number; wait: boolean }) =>
      start(lab, { version: labVersion, wait }, world, output()),
    );
  program
    .command('end')
    .description('end a session and everything of it')
    .argument('<session>')
    .option('--wait', 'until nothing of it is left', false)
    .action((session: string, options: { wait: boolean }) => end(session, options, world, output()));
  program
    .command('open')
    .description('open a session in the browser')
    .argument('<session>')
    .action((session: string) => open(session, world, output()));
  program
    .command('attach')
    .description("a system's terminal or serial console, here")
    .argument('<session>')
    .argument('<system>')
    .option('--access <name>', 'its first terminal unless told')
    .option('--view', 'watch only', false)
    .action((session: string, system: string, options: { access?: string; view: boolean }) =>
      attach(session, system, options, world, output()),
    );
  program
    .command('events')
    .description('print events as they happen, until Ctrl-C')
    .option('--types <types>', 'such as lab.provisioned.v1,step.completed.v1')
    .option('--session <id>')
    .action((options: { types?: string; session?: string }) => events(options, world, output()));
}

function count(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('expected a whole number');
  return Number(text);
}
