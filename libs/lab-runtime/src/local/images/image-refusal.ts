import type { Reason } from '@lab-orchestrator/contracts';

/** Why a disk image cannot be used, with what a lecturer can do about it. */
const advice = {
  image_not_found: 'Check the address of the image, or ask an administrator to import it again.',
  image_unreachable: 'The source does not answer. Import the image again once it does.',
  image_address_refused: 'Use a public https address, or ask an administrator to allow this host.',
  image_checksum_mismatch: 'Check the SHA-256 of the image: the file is not the one that was announced.',
  image_too_large: 'Use a smaller image, or ask an administrator to raise the limit.',
  image_timeout: 'Import the image again; use a nearer source if that does not help.',
  image_unsupported: 'Provide the disk as raw or qcow2, optionally packed with gzip or xz.',
  image_unsafe: 'Flatten the image with "qemu-img convert" so that it does not refer to other files.',
  image_tool_failed: 'The image cannot be read. Check that it is complete and not damaged.',
  disk_full: 'The storage of the platform is full. An administrator must make room.',
} as const;
export type ImageRefusalCode = keyof typeof advice;

/** Codes whose cause lies with the image itself; trying again soon would be pointless. */
const final: readonly ImageRefusalCode[] = [
  'image_address_refused',
  'image_checksum_mismatch',
  'image_too_large',
  'image_unsupported',
  'image_unsafe',
  'image_tool_failed',
];

/** An import that ended without an image. `reason` is shown to people; `final` lengthens the wait before the next try. */
export class ImageRefusal extends Error {
  readonly reason: Reason;
  readonly final: boolean;

  constructor(
    readonly code: ImageRefusalCode,
    text: string,
    options?: ErrorOptions,
  ) {
    super(text, options);
    this.name = 'ImageRefusal';
    this.reason = { code, text, advice: advice[code] };
    this.final = final.includes(code);
  }
}

const unreachableErrno = [
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'EPIPE',
];

/** The code of a Node system error, or an empty text. */
export function errnoOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Turns what Node throws during an import into a refusal; refusals pass unchanged. */
export function toRefusal(error: unknown): ImageRefusal {
  if (error instanceof ImageRefusal) return error;
  const errno = errnoOf(error);
  const text = error instanceof Error ? error.message : String(error);
  if (errno === 'ENOSPC' || errno === 'EDQUOT') {
    return new ImageRefusal('disk_full', 'No space is left for the image.', { cause: error });
  }
  if (unreachableErrno.includes(errno) || errno.startsWith('ERR_TLS') || errno.includes('CERT')) {
    return new ImageRefusal('image_unreachable', `The source of the image cannot be reached (${errno}).`, {
      cause: error,
    });
  }
  return new ImageRefusal('image_tool_failed', `The import failed: ${text}`, { cause: error });
}
