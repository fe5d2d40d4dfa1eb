// The words of the window. `t("key", { name: … })` gives a sentence in the person's language; keys and the names in braces are
// checked by the type checker, since English (`en.ts`) is the type's source. A new sentence is one row in each language's file.
//
// `t` reads the language as state: a page that calls it while it draws is drawn anew when the language changes.
import { PHRASES, type Problem } from "../backend/generated/board";
import { en } from "./en";
import { phraseIn, sentence, type Phrase, type PhraseWords, type ProblemWords } from "./problems";
import { form, hundredths, numeral, significant, size, type Digits } from "./numerals";

/** A sentence, or its forms by the number `count`. */
export type Sentence = string | { one?: string; other: string };

export type Key = keyof typeof en;

/** What a language's file must have: every key, and nothing else. */
export type Catalogue = Readonly<Record<Key, Sentence>>;

/** A language calls itself by its own name, whatever is spoken now. */
export const LANGUAGES = { en: "English", de: "Deutsch", es: "Español" } as const;

export type Language = keyof typeof LANGUAGES;

type Words = { catalogue: Catalogue; problems: ProblemWords | null; phrases: PhraseWords };

/** A language is loaded when it is first spoken. */
export const WORDS: Record<Language, () => Promise<Words>> = {
  en: async () => ENGLISH,
  de: () => import("./de").then(({ de, problems, phrases }) => ({ catalogue: de, problems, phrases })),
  es: () => import("./es").then(({ es, problems, phrases }) => ({ catalogue: es, problems, phrases })),
};

const ENGLISH: Words = { catalogue: en, problems: null, phrases: PHRASES };

type Holes<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Holes<Rest> : never;
type HolesOf<Form> = Form extends string ? Holes<Form> : Form extends { other: infer Other } ? Holes<Other> | "count" : never;

/** The names in a sentence's braces. */
export type Values<K extends Key> = Record<HolesOf<(typeof en)[K]>, string | number>;

type Arguments<K extends Key> = [HolesOf<(typeof en)[K]>] extends [never] ? [] : [values: Values<K>];

/** The keys that begin so: `Below<"command">` are the names of commands that have words. */
export type Below<Section extends string> = Key extends infer K ? (K extends `${Section}.${infer Rest}` ? Rest : never) : never;

let spoken = $state<Language>("en");
let words = $state.raw<Words>(ENGLISH);
/** The language that was asked for last: one that loads slowly does not overtake it. */
let wantedNow: Language = "en";
/** How times are written: as where the person is, if that is known. British afternoons have more hours than American ones. */
let region = "en";

export const language = (): Language => spoken;

/** Speaks `wanted`, or, if that is "system", the first of the system's languages that is known here; done when it does. */
export async function speak(wanted: Language | "system", system: readonly string[] = navigator.languages): Promise<void> {
  const known = (tag: string): tag is Language => Object.hasOwn(LANGUAGES, tag);
  const short = system.map((tag) => tag.split("-")[0]?.toLowerCase() ?? "");
  const language = wanted === "system" ? (short.find(known) ?? "en") : wanted;
  wantedNow = language;
  const found = language === spoken ? words : await WORDS[language]();
  if (language !== wantedNow) return;
  words = found;
  region = system[short.indexOf(language)] ?? language;
  spoken = language;
  document.documentElement.lang = spoken;
}

/** What failed, and what to do about it. */
export const worded = (problem: Problem | { message: string; error: { kind: string } }): string => sentence(problem, words.problems, words.phrases, number, bytes);

/** What is being done, or why it could not be: a part of a sentence. */
export const phrase = (given: Phrase): string => phraseIn(given, words.phrases, number);

export function t<K extends Key>(key: K, ...[values]: Arguments<K>): string {
  return fill(words.catalogue[key], values ?? {});
}

function fill(sentence: Sentence, values: Partial<Record<string, string | number>>): string {
  const text = typeof sentence === "string" ? sentence : (sentence[form(Number(values.count))] ?? sentence.other);
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => {
    const value = values[name];
    return typeof value === "number" ? number(value) : (value ?? hole);
  });
}

/** A number as this language writes it. */
export const number = (value: number, digits?: Digits): string => numeral(spoken, value, digits);

/** What was measured, of which five digits count. */
export const measured = (value: number): string => significant(spoken, value, 5);

/** A size in bytes, in the unit that suits it. */
export const bytes = (count: number): string => size(spoken, count);

export const percent = (share: number, digits?: Digits): string => hundredths(spoken, share, digits);

/** A day and a time, given in seconds since 1970; the year only if it is not this one. */
export function moment(seconds: number, now = new Date()): string {
  const at = new Date(seconds * 1000);
  const year = at.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return `${written(at, { year, month: "short", day: "numeric" })}, ${written(at, { timeStyle: "short" })}`;
}

/** The time of day. */
export const clock = (at: Date): string => written(at, { timeStyle: "medium" });

function written(at: Date, parts: Intl.DateTimeFormatOptions): string {
  void spoken; // a page is drawn anew when the language changes
  return at.toLocaleString(region, parts);
}
