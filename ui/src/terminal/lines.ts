// Lines of a terminal, however many rows each is wrapped into.
import type { IBuffer } from "@xterm/xterm";

/** The text of every line. */
export function linesOf(buffer: IBuffer): string[] {
  const lines: string[] = [];
  for (let row = 0; row < buffer.length; row++) {
    const text = buffer.getLine(row)?.translateToString(!isWrapped(buffer, row + 1)) ?? "";
    if (isWrapped(buffer, row)) lines.push((lines.pop() ?? "") + text);
    else lines.push(text);
  }
  return lines;
}

/** A place in a terminal: column and row, from 1 on as xterm's links count. */
export type Cell = { x: number; y: number };

/** No name of a file goes over more rows; a program may print a line that never ends. */
const ROWS = 12;

/** The line that a row belongs to, as far as it is near, and in which cell each of its letters stands: some take two. */
export function lineAt(buffer: IBuffer, row: number): { text: string; cells: Cell[] } {
  let first = row;
  while (first > Math.max(0, row - ROWS) && isWrapped(buffer, first)) first--;
  let text = "";
  const cells: Cell[] = [];
  for (let y = first; y === first || (y <= row + ROWS && isWrapped(buffer, y)); y++) {
    const line = buffer.getLine(y);
    for (let x = 0; line && x < line.length; x++) {
      const cell = line.getCell(x);
      if (!cell || cell.getWidth() === 0) continue; // the second half of a wide letter
      const letters = cell.getChars() || " ";
      text += letters;
      for (let unit = 0; unit < letters.length; unit++) cells.push({ x: x + 1, y: y + 1 });
    }
  }
  return { text, cells };
}

const isWrapped = (buffer: IBuffer, row: number): boolean => buffer.getLine(row)?.isWrapped === true;
