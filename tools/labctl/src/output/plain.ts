/** Text of labs, guests and servers may hold anything: a terminal must not obey it. */
export const plain = (text: string): string =>
  // oxlint-disable-next-line no-control-regex -- control characters are what this looks for
  text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\uFFFD');
