/** Pixels of characters of 12 px: drawings are made where no font can be measured. Figures and capitals are wider. */
const CHARACTER = 6.6;
const WIDE_CHARACTER = 8;

/** About how wide a text is, px; rather too wide than too narrow. */
export function widthOf(words: string, fontSize = 12): number {
  const wide = words.match(/[A-Z0-9%=+]/g)?.length ?? 0;
  return ((wide * WIDE_CHARACTER + (words.length - wide) * CHARACTER) * fontSize) / 12;
}

/** Lines of at most so many pixels, broken between words; a longer word has a line of its own. */
export function wrapped(words: string, width: number, fontSize = 12): string[] {
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && widthOf(longer, fontSize) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Of labels so far apart, each how many-th has room: 1 where all have. */
export function labelStep(spacing: number, labels: readonly string[]): number {
  const widest = Math.max(0, ...labels.map((words) => widthOf(words))) + 6;
  return Math.max(1, Math.ceil(widest / spacing));
}
