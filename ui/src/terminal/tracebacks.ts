// Finds the places that a traceback names, so that they can be clicked.
export type Spot = { file: string; line: number; start: number; end: number };

const SPOT = /File "([^"]+)", line (\d+)/g;

/** Every `File "…", line N` in one line of output; `start` and `end` are columns of the text. */
export function spotsIn(text: string): Spot[] {
  return [...text.matchAll(SPOT)].map((match) => ({
    file: match[1] ?? "",
    line: Number(match[2]),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** The place where the last traceback of `lines` was raised: its innermost frame stands last. */
export const lastSpot = (lines: string[]): Spot | undefined => lines.flatMap(spotsIn).at(-1);
