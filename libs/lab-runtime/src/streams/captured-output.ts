/** What a command printed, both outputs capped together; what is beyond the limit is thrown away and remembered as such. */
export class CapturedOutput {
  truncated = false;
  private left: number;
  private readonly chunks = { stdout: new Array<Buffer>(), stderr: new Array<Buffer>() };

  constructor(maxBytes: number) {
    this.left = maxBytes;
  }

  add(output: 'stdout' | 'stderr', chunk: Buffer): void {
    const kept = chunk.subarray(0, this.left);
    this.truncated ||= kept.length < chunk.length;
    this.left -= kept.length;
    if (kept.length > 0) this.chunks[output].push(Buffer.from(kept));
  }

  text(): { stdout: string; stderr: string } {
    return {
      stdout: Buffer.concat(this.chunks.stdout).toString(),
      stderr: Buffer.concat(this.chunks.stderr).toString(),
    };
  }
}

/** Cap of both outputs where a caller sets none. */
export const defaultOutputBytes = 1024 * 1024;
