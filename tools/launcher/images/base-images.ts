import { join } from 'node:path';
import { TiedProcess } from '@lab-orchestrator/dev';
import { LogFile } from '../services/log-file.ts';
import { LineSplitter } from '../terminal/log-line.ts';
import { note } from '../terminal/steps.ts';

export interface ImageBuild extends AsyncDisposable {
  /** Whether every image was built. Nothing else of the platform waits for it: labs wait for the image they need. */
  finished: Promise<boolean>;
}

/** Builds the base images of these names (none means all) that are missing or out of date, beside everything else. */
export function buildBaseImages(checkout: string, cacheDir: string, logPath: string, names: string[]): ImageBuild {
  const log = new LogFile(logPath);
  const lines = new LineSplitter();
  const builder = TiedProcess.spawn(
    [process.execPath, join(checkout, 'tools/images/main.mjs'), 'build', '--cache', cacheDir, ...names],
    {
      cwd: checkout,
      signalOnParentDeath: 'TERM',
      onOutput: (chunk) => {
        log.write(chunk);
        lines
          .push(chunk)
          .filter(isNews)
          .forEach((line) => note(`  … image ${line}`));
      },
    },
  );
  let stopping = false;
  return {
    finished: finished(builder, logPath, () => stopping),
    [Symbol.asyncDispose]: async () => {
      stopping = true;
      builder.signal('SIGTERM');
      await builder.untilExit();
      log.close();
    },
  };
}

async function finished(builder: TiedProcess, logPath: string, isStopping: () => boolean): Promise<boolean> {
  const how = await builder.untilExit();
  const built = how === 'exit code 0';
  if (!built && !isStopping()) {
    note(`  ! Not every base image could be built; labs that need it will say so. Its log is ${logPath}.`);
  }
  return built;
}

/** Every tenth percent is enough at a terminal; images that are ready already are no news. */
export function isNews(line: string): boolean {
  const percent = /: (\d+) % /.exec(line)?.[1];
  return percent === undefined ? line.includes(': failed') : Number(percent) % 10 === 0;
}
