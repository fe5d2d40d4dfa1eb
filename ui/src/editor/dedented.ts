// Lines from the middle of a program, as a program of their own.

/** Without the indentation that all lines have, without lines that are blank at the beginning or the end. */
export function dedented(text: string): string {
  const lines = text.split("\n").map((line) => (line.trim() ? line : ""));
  const indents = lines.filter((line) => line).map((line) => /^\s*/.exec(line)?.[0] ?? "");
  const first = indents[0] ?? "";
  const common = indents.reduce((width, indent) => {
    let same = 0;
    while (same < width && indent[same] === first[same]) same++;
    return same;
  }, first.length);
  return lines.map((line) => line.slice(common)).join("\n").replace(/^\n+|\n+$/g, "");
}
