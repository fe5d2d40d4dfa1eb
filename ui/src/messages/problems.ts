// What fails is a kind and what it is about; English is the sentence that came with it from Rust, the other languages have their own.
// Within a sentence may stand phrases (what was being done, and why it could not be), which are worded in the same way.
import { PHRASES, type BoardError, type Doing, type FirmwareError, type Problem, type Reason } from "../backend/generated/board";
import type { Fault } from "../backend/generated/code";

/** The kinds that other languages must have words for. A syntax error has the board's own words, which no board translates. */
export type ProblemKind = BoardError["kind"] | FirmwareError["kind"] | Exclude<Fault["kind"], "syntax"> | OwnKind;

/** The window's own: one that fits without the old file, a program without a name, a board that can be asked for, files and programs of this computer, the editor. */
type OwnKind = "noSpaceBeside" | "busyNameless" | "heldByOurs" | "file" | "notText" | "lacks" | "tooLong" | "renameNothing" | "renameNotAName" | "renameTaken" | "pattern" | "program";

/** Holes are the fields of the problem. */
export type ProblemWords = Readonly<Record<ProblemKind, string>>;

/** A phrase as it came from Rust. */
export type Phrase = Doing | Reason;

/** Holes are the fields of the phrase. */
export type PhraseWords = Readonly<Record<keyof typeof PHRASES, string>>;

type Given = Problem | { message: string; error: { kind: string } };

type Values = Record<string, unknown>;

/** The text with its holes filled; null if there is none for one of them. */
function filled(text: string, values: Values, write: (value: unknown) => string): string | null {
  const names = [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
  if (!names.every((name) => values[name] !== undefined)) return null;
  return text.replace(/\{(\w+)\}/g, (_, name: string) => write(values[name]));
}

/** A phrase in the language of `words`. */
export function phraseIn(phrase: Phrase, words: PhraseWords, number: (value: number) => string): string {
  const write = (value: unknown): string => (typeof value === "number" ? number(value) : String(value));
  return filled(words[phrase.phrase], phrase, write) ?? words[phrase.phrase];
}

/** What a sentence is called that depends on more than its kind. */
function kindOf(error: Given["error"]): string {
  if ("in_place" in error && error.in_place) return "noSpaceBeside";
  if (error.kind === "busy" && "program" in error && error.program === null) return "busyNameless";
  if ("ours" in error && error.ours) return "heldByOurs";
  return error.kind;
}

/** The sentence of a problem in the language of `words`; the one that it brought, if that language has none, or lacks what stands in it. */
export function sentence({ message, error }: Given, words: ProblemWords | null, phrases: PhraseWords, number: (value: number) => string, size: (bytes: number) => string): string {
  const kind = kindOf(error);
  const found = words && Object.hasOwn(words, kind) ? words[kind as ProblemKind] : null;
  if (found === null) return message;
  const isPhrase = (value: unknown): value is Phrase => typeof value === "object" && value !== null && "phrase" in value;
  const write = (value: unknown): string => (isPhrase(value) ? phraseIn(value, phrases, number) : typeof value === "number" ? number(value) : String(value));
  const values = { ...error, ...("needed" in error && "free" in error ? { needed: size(error.needed), free: size(error.free) } : {}) };
  return filled(found, values as Values, write) ?? message;
}
