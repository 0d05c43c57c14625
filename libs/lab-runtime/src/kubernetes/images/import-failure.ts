import { ImageRefusal, type ImageRefusalCode } from '../../local/images/image-refusal.js';

/** What an importer's last words mean: an end, or a volume that is too small. */
export type ImportFailure = { is: 'failure'; refusal: ImageRefusal } | { is: 'tooSmall'; neededBytes?: number };

const patterns: [RegExp, ImageRefusalCode][] = [
  [/got (?:5\d\d|429)\b/, 'image_unreachable'],
  [/expected status code \d+, got \d+/, 'image_not_found'],
  [/checksum/i, 'image_checksum_mismatch'],
  [/backing file|invalid because/i, 'image_unsafe'],
  [/manifest unknown|not found|unauthorized|denied/i, 'image_not_found'],
  [
    /no such host|connection refused|connection reset|timeout|timed out|dial tcp|no route|EOF|x509|tls:/i,
    'image_unreachable',
  ],
  [/gzip|xz|zstd|magic|header|format|qemu-img|corrupt|not a valid/i, 'image_unsupported'],
];

/** Reads the message of the condition Running. CDI gives no codes, and words change: what is not known is a failed tool. */
export function failureOf(message: string | undefined): ImportFailure {
  const text = (message ?? '').replaceAll(/\s+/g, ' ').trim();
  const larger = /image size (\d+) is larger than the reported available storage/i.exec(text);
  if (larger) return { is: 'tooSmall', neededBytes: Number(larger[1]) };
  if (/larger PVC is required|no space left on device|larger than the reported available/i.test(text)) {
    return { is: 'tooSmall' };
  }
  const code = patterns.find(([pattern]) => pattern.test(text))?.[1] ?? 'image_tool_failed';
  return { is: 'failure', refusal: new ImageRefusal(code, `The import failed: ${text.slice(0, 400)}`) };
}
