// What fails is a kind and what it is about; English is the sentence that came with it from Rust, the other languages have their own.
import type { BoardError, Problem } from "../backend/generated/board";

/** The kinds that other languages must have words for: those of the board link, and the window's own. */
export type ProblemKind = BoardError["kind"] | OwnKind;

/** Beside the board's: one that fits without the old file, files and programs of this computer, the editor, firmware. */
type OwnKind = "noSpaceBeside" | "file" | "notText" | "renameNothing" | "renameNotAName" | "renameTaken" | "pattern" | "program" | "noBoard" | "noLoader" | "notFirmware" | "noAddress";

/** Holes are the fields of the problem. */
export type ProblemWords = Readonly<Record<ProblemKind, string>>;

type Given = Problem | { message: string; error: { kind: string } };

/** The sentence of a problem in the language of `words`; the one that it brought, if that language has none, or lacks what stands in it. */
export function sentence({ message, error }: Given, words: ProblemWords | null, number: (value: number) => string): string {
  const kind = "in_place" in error && error.in_place ? "noSpaceBeside" : error.kind;
  const found = words && Object.hasOwn(words, kind) ? words[kind as ProblemKind] : null;
  if (found === null) return message;
  const values = error as Record<string, unknown>;
  const names = [...found.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
  if (!names.every((name) => name in values)) return message;
  return found.replace(/\{(\w+)\}/g, (_, name: string) => (typeof values[name] === "number" ? number(values[name]) : String(values[name])));
}
