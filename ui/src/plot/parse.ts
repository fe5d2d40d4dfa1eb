// Numbers in what a program prints: "a:1 b:2", "1, 2.5", "1<tab>2", "(1, 2)". A line with anything else is no data.

/** A value and its name; without one it is known by its place in the line. */
export type Reading = { label: string; value: number };

const NUMBER = String.raw`[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?`;
const ONE = new RegExp(`^(?:([\\p{L}_][\\p{L}\\p{N}_ .%°/-]{0,40}?)\\s*[:=]\\s*)?(${NUMBER})$`, "u");
const BRACKETS = /^[([]\s*(.*?),?\s*[)\]]$/;
const ESCAPES = /\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07/g;

export function readings(line: string): Reading[] | null {
  let text = line.replace(ESCAPES, "").replace(/^(?:>>> )+/, "").trim();
  text = BRACKETS.exec(text)?.[1] ?? text;
  if (!text || text.length > 400) return null;
  // A space after a colon belongs to it: "a: 1 b: 2".
  const parts = text.replace(/\s*([:=])\s*/g, "$1").split(/\s*[,;\t]\s*|\s+/);
  const found = parts.map((part, index): Reading | null => {
    const match = ONE.exec(part);
    return match ? { label: match[1] ?? String(index + 1), value: Number(match[2]) } : null;
  });
  return found.every((reading) => reading !== null) ? found : null;
}

/** Cuts a stream of bytes into lines. */
export class Lines {
  private readonly decoder = new TextDecoder();
  private rest = "";

  take(bytes: Uint8Array): string[] {
    const lines = (this.rest + this.decoder.decode(bytes, { stream: true })).split(/\r\n|\n|\r/);
    // What never ends its line is no table of numbers.
    this.rest = (lines.pop() ?? "").slice(-1000);
    return lines;
  }
}
