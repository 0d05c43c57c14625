interface Keyboard {
  sendKey(keysym: number, code: string | null, down?: boolean): void;
}

const RETURN = 0xff0d;
const TAB = 0xff09;

/** X keysyms: Latin-1 is itself, everything else is its code point with a marker bit. */
export function keysymOf(character: string): number | undefined {
  const codePoint = character.codePointAt(0) ?? 0;
  if (character === '\n') return RETURN;
  if (character === '\t') return TAB;
  if (codePoint < 0x20 || (codePoint >= 0x7f && codePoint < 0xa0)) return undefined;
  return codePoint <= 0xff ? codePoint : 0x01_00_00_00 + codePoint;
}

/** Types a text key by key. A short pause after each lets slow guests keep up. */
export async function typeText(keyboard: Keyboard, text: string, pauseMs = 12): Promise<void> {
  for (const character of text.replaceAll('\r\n', '\n')) {
    const keysym = keysymOf(character);
    if (keysym === undefined) continue;
    keyboard.sendKey(keysym, null, true);
    keyboard.sendKey(keysym, null, false);
    // Keys must arrive one after the other.
    // oxlint-disable-next-line no-await-in-loop
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
