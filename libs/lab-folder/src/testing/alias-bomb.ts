const names = Array.from('abcdefghij');

/** Half a kilobyte of YAML, and ten thousand million entries, were its aliases written out. */
export const aliasBomb = names
  .map(
    (name, at) =>
      `${name}: &${name} [${Array(10)
        .fill(at === 0 ? 'x' : `*${names[at - 1]}`)
        .join(',')}]\n`,
  )
  .join('');
