// How the lines of a file end. In the editor all end alike; in a file in which they do not, each line keeps its own end, and one that is new
// ends as the line above it does.
import { diff } from "@codemirror/merge";
import type { Text } from "@codemirror/state";

export type LineEnd = "\n" | "\r\n" | "\r";

const END = /\r\n?|\n/g;
/** Below them lie no halves of pairs, which the comparison would not tear apart. Lines beyond that count are taken for one. */
const LETTERS = 0xd800;
/** So thoroughly texts are compared that have little in common. */
const THOROUGH = { scanLimit: 500 };

export class LineEnds {
  /** That of the first line. */
  private readonly usual: LineEnd;
  /** That of each line, where they differ. */
  private readonly each: LineEnd[] | null;

  /** Those of a file. */
  constructor(file: string) {
    const all = (file.match(END) ?? []) as LineEnd[];
    this.usual = all[0] ?? "\n";
    this.each = all.some((end) => end !== this.usual) ? all : null;
  }

  /** As one calls them; empty where there is nothing to be said. */
  get name(): "" | "CRLF" | "CR" | "mixed" {
    if (this.each) return "mixed";
    return this.usual === "\n" ? "" : this.usual === "\r" ? "CR" : "CRLF";
  }

  /** `now` as it would stand in the file that holds `before`. */
  put(before: Text, now: Text): string {
    if (!this.each) return now.sliceString(0, now.length, this.usual);
    const ends = before.eq(now) ? this.each : this.moved(this.each, before, now);
    return now.toJSON().reduce((file, line, index) => `${file}${ends[index - 1] ?? this.usual}${line}`);
  }

  /** The ends of the lines of `now`. */
  private moved(each: LineEnd[], before: Text, now: Text): LineEnd[] {
    const known = new Map<string, string>();
    // A line is a letter, so that whole lines are compared.
    const letter = (line: string): string => {
      if (!known.has(line)) known.set(line, String.fromCharCode(Math.min(known.size, LETTERS - 1)));
      return known.get(line) ?? "";
    };
    const letters = (text: Text): string => text.toJSON().map(letter).join("");
    const ends: LineEnd[] = [];
    const add = (end: LineEnd | undefined): unknown => ends.push(end ?? ends.at(-1) ?? this.usual);
    let next = 0;
    for (const { fromA, toA, toB } of diff(letters(before), letters(now), THOROUGH)) {
      while (next < fromA) add(each[next++]);
      // A line that was changed is that line still.
      while (ends.length < toB) add(next < toA ? each[next++] : undefined);
      next = toA;
    }
    while (ends.length < now.lines) add(each[next++]);
    return ends;
  }
}
