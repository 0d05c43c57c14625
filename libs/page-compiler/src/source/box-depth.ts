/**
 * Counts how deep boxes (`:::name … :::`) are at most, without parsing. It may count too many, where code looks like a
 * box, but never too few: a line of colons ends, for the parser, the outermost box that has no more colons than it, with
 * all in it; here it ends only those on top of which nothing longer is open.
 */
export class BoxDepth {
  /** Colons of each open box. */
  private readonly open: number[] = [];
  opened = 0;

  get depth() {
    return this.open.length;
  }

  /** @param line from its first `:` on, which is behind `indent` columns and `containers` signs of quotes and lists */
  take(line: string, indent: number, containers: number) {
    let colons = 0;
    while (line[colons] === ':') colons += 1;
    if (colons < 3) return;
    if (line.slice(colons).trim() !== '') {
      this.opened += 1;
      this.open.push(colons);
    } else if (containers === 0 && indent < 4) {
      while (this.open.length > 0 && (this.open.at(-1) ?? 0) <= colons) this.open.pop();
    }
  }
}
