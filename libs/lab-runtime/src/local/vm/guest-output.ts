/** What firmware writes to the serial port before any guest runs; a VM that only says this has not booted. */
const firmwareLines = [
  /^BdsDxe: /,
  /^>>(Start|Checking)/,
  /^UEFI Interactive Shell/,
  /^EDK II$/,
  /^UEFI v/,
  /^Mapping table/,
  /^(map|Shell|startup\.nsh|Press)\b/,
  /^(FS|BLK)\d+:/,
  /^SeaBIOS/,
  /^iPXE/,
  /^Booting from /,
  /^Boot failed/,
  /^No bootable device/,
];

const escape = String.fromCharCode(27);
const escapeSequence = new RegExp(`${escape}(\\[[0-?]*[ -/]*[@-~]|[()][A-Z0-9]|[=>78c])`, 'g');

/** True once the output holds a line that is not the firmware's own. */
export function guestPrinted(output: string): boolean {
  return output
    .replaceAll(escapeSequence, '\n')
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line.length > 3)
    .some((line) => !firmwareLines.some((pattern) => pattern.test(line)));
}
