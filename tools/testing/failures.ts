import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { VitestReport } from './counts.ts';

/** What failed, and the first line of why, so that the end of a long output tells what to look at. */
export function failuresOf(report: VitestReport, checkout: string): string[] {
  return report.testResults.flatMap((file) => {
    const name = relative(checkout, file.name);
    const failed = file.assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0) return file.status === 'failed' ? [`${name}: ${firstLine(file.message)}`] : [];
    return failed.map(({ fullName, failureMessages }) => `${name}: ${fullName}: ${firstLine(failureMessages[0])}`);
  });
}

function firstLine(text = ''): string {
  return stripVTControlCharacters(text).split('\n')[0]?.slice(0, 300) ?? '';
}
