import { Transform, type TransformCallback } from 'node:stream';

const headerBytes = 8;
const STDERR = 2;

/**
 * Takes the engine's frames apart (`[stream, 0, 0, 0, length as 32 bits, bytes…]`): standard output is what can be
 * read, standard error is the event `stderr`. Frames may be cut anywhere; nothing is kept but an unfinished header.
 */
export class Demux extends Transform {
  private header = Buffer.alloc(0);
  private left = 0;
  private stream = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    let rest = chunk;
    while (rest.length > 0) {
      if (this.left === 0) rest = this.readHeader(rest);
      else rest = this.readBody(rest);
    }
    done();
  }

  private readHeader(bytes: Buffer): Buffer {
    const wanted = headerBytes - this.header.length;
    this.header = Buffer.concat([this.header, bytes.subarray(0, wanted)]);
    if (this.header.length === headerBytes) {
      this.stream = this.header.readUInt8(0);
      this.left = this.header.readUInt32BE(4);
      this.header = Buffer.alloc(0);
    }
    return bytes.subarray(wanted);
  }

  private readBody(bytes: Buffer): Buffer {
    const body = bytes.subarray(0, this.left);
    this.left -= body.length;
    if (this.stream === STDERR) this.emit('stderr', body);
    else this.push(body);
    return bytes.subarray(body.length);
  }
}
