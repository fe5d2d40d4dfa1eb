// Every language says everything, with the same holes; and t() fills them as that language writes numbers and plurals.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "svelte/compiler";
import { afterEach, describe, expect, test } from "vitest";
import { PHRASES } from "../src/backend/generated/board";
import { phrases } from "../src/editor/python";
import { form, hundredths, numeral, significant, size } from "../src/messages/numerals";
import { bytes, clock, language, LANGUAGES, moment, number, percent, speak, t, type Key, type Language, type Sentence, WORDS, worded } from "../src/messages/index.svelte";

const english = (await WORDS.en()).catalogue;
const keys = Object.keys(english) as Key[];
const forms = (sentence: Sentence): string[] => (typeof sentence === "string" ? [sentence] : Object.values(sentence));
const holes = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "").sort();

const FINDINGS = new Set(["unknownName", "unknownModule", "unusedImport", "noMember", "plainAwait"]);

afterEach(() => speak("en"));

test.each([
  ["en", ["en-US"], "Nov 28, 8:09 AM", "8:09:07 AM"],
  ["en", ["de-AT", "en-GB"], "28 Nov, 08:09", "08:09:07"],
  ["de", ["en-US"], "28. Nov., 08:09", "08:09:07"],
  ["es", ["es-MX", "en"], "28 nov, 8:09 a.m.", "8:09:07 a.m."],
] as const)("in %s for %j times are written as people write them there", async (tongue, system, day, time) => {
  await speak(tongue, system);
  const at = new Date(2026, 10, 28, 8, 9, 7);
  const spaced = (text: string): string => text.replace(/\s/g, " ");
  expect([spaced(moment(at.getTime() / 1000, at)), spaced(clock(at))]).toEqual([day, time]);
});

test("whatever the editor's own panels say has words of ours", () => {
  const source = ["autocomplete", "commands", "language", "lint", "search", "view"].map((name) => readFileSync(join(import.meta.dirname, `../node_modules/@codemirror/${name}/dist/index.js`), "utf8")).join("");
  const asked = [...source.matchAll(/\bphrase\((?:\w+(?:\.\w+)*, )?"([^"]+)"/g), ...source.matchAll(/\bphrase\([\w. ]+\? "([^"]+)" : "([^"]+)"/g)].flatMap(([, ...found]) => found.filter(Boolean));
  expect(asked.length).toBeGreaterThan(20);
  expect(asked.filter((phrase) => !(phrase in phrases()))).toEqual([]);
});

describe.each(Object.keys(LANGUAGES) as Language[])("in %s", async (tongue) => {
  const { catalogue: words, problems, phrases } = await WORDS[tongue]();

  test("every key has words, and no key is left over", () => {
    expect(Object.keys(words).sort()).toEqual([...keys].sort());
    for (const key of keys) for (const form of forms(words[key])) expect(form.trim(), key).toBe(form), expect(form, key).not.toBe("");
  });

  test("the holes are those of English", () => {
    for (const key of keys) {
      const wanted = new Set(holes(forms(english[key]).at(-1) ?? ""));
      const all = forms(words[key]).map((form) => new Set(holes(form)));
      for (const form of all) expect([...form].filter((name) => !wanted.has(name)), key).toEqual([]);
      expect(all.at(-1), key).toEqual(wanted);
    }
  });

  test("what fails is told in sentences; what is found in a text, in the words beside it", () => {
    for (const [kind, sentence] of Object.entries(problems ?? {})) expect(sentence, kind).toMatch(FINDINGS.has(kind) ? /^[\p{Ll}\p{P}].*[^.]$/u : /[.}]\)?\.?$/);
  });

  test("a phrase is about what it is about in English", () => {
    expect(Object.keys(phrases)).toEqual(Object.keys(PHRASES));
    for (const [name, english] of Object.entries(PHRASES)) expect(new Set(holes(phrases[name as keyof typeof PHRASES])), name).toEqual(new Set(holes(english)));
  });

  test("a plural has the forms that this language distinguishes, and no others", () => {
    const wanted = new Set(new Intl.PluralRules(tongue).resolvedOptions().pluralCategories);
    for (const key of keys) {
      const sentence = words[key];
      if (typeof sentence === "string") continue;
      for (const form of Object.keys(sentence)) expect([...wanted], `${key}: ${form}`).toContain(form);
    }
  });
});

test("the language is the system's first that is known, unless one is chosen", async () => {
  await speak("system", ["fr-CA", "de-AT", "en"]);
  expect(language()).toBe("de");
  expect(document.documentElement.lang).toBe("de");
  await speak("system", ["ja"]);
  expect(language()).toBe("en");
  await speak("es", ["de"]);
  expect(t("menu.file")).toBe("Archivo");
});

test("holes are filled, numbers as the language writes them", async () => {
  expect(t("window.caret", { line: 12345, column: 7 })).toBe("Line 12,345, column 7");
  await speak("de");
  expect(t("window.caret", { line: 12345, column: 7 })).toBe("Zeile 12.345, Spalte 7");
  expect(number(1.5)).toBe("1,5");
  expect(bytes(4_000_000)).toBe("3,8 MB");
  expect([1024, 1600, 10_239, 10_800].map(bytes)).toEqual(["1 kB", "1,6 kB", "10 kB", "11 kB"]);
  expect([1_048_063, 1_048_064, 1_048_575, 1_048_576].map(bytes)).toEqual(["1.023 kB", "1 MB", "1 MB", "1 MB"]);
  expect(percent(0.42)).toMatch(/^42\s%$/);
});

test("a failure is worded by its kind; in English, and where there are no words, by its own sentence", async () => {
  const busy = { message: "a.py is running on the board.", error: { kind: "busy" as const, program: "a.py" } };
  expect(worded(busy)).toBe(busy.message);
  await speak("de");
  expect(worded(busy)).toBe("a.py läuft auf dem Board. Halten Sie es erst an (Ctrl-F2), dann versuchen Sie es noch einmal.");
  expect(worded({ message: "something new", error: { kind: "unheardOf" } })).toBe("something new");
  expect(worded({ message: "The reason is missing.", error: { kind: "lost" } })).toBe("The reason is missing.");
  expect(worded({ message: "", error: { kind: "busy", program: null } })).toMatch(/^Ein Programm läuft/);
  const lost = { message: "", error: { kind: "lost" as const, reason: { phrase: "noAnswer" as const, seconds: 1500 } } };
  expect(worded(lost)).toMatch(/^Das Board ist weg: niemand hat in 1\.500 s geantwortet\./);
  expect(worded({ message: "", error: { kind: "conflict" as const, path: "/a", why: { phrase: "changedBoth" as const } } })).toContain("hier und auf dem Board geändert");
  const found = { message: "the name 'lamp' is defined nowhere", error: { kind: "unknownName" as const, name: "lamp" } };
  expect(worded(found)).toBe("der Name „lamp“ ist nirgends definiert");
  const syntax = { message: "invalid syntax", error: { kind: "syntax" as const, says: "invalid syntax" } };
  expect(worded(syntax)).toBe("invalid syntax");
  const full = { kind: "noSpace" as const, path: "/a.py", needed: 12345, free: 7, in_place: true };
  expect(worded({ message: "", error: full })).toMatch(/braucht 12 kB.* 7 Byte frei.*nicht neben/);
});

test("a language that was asked for last is spoken, however slowly another loads", async () => {
  await Promise.all([speak("de"), speak("es"), speak("en")]);
  expect(language()).toBe("en");
});

test("what has no words fails the type checker", () => {
  // @ts-expect-error: no such key
  expect(() => t("window.nonsense")).toThrow();
  // @ts-expect-error: a hole is not filled
  expect(t("files.free")).toBe("{size} free");
  // @ts-expect-error: the hole has another name
  expect(t("files.free", { room: 1 })).toBe("{size} free");
});

/** Names, which are the same in every language. */
const NAMES = new Set(["Taipan", "TAIPAN", "USR"]);
const SPOKEN = new Set(["aria-label", "title", "placeholder", "alt", "label"]);

test("no page has words of its own", () => {
  const folder = join(import.meta.dirname, "../src");
  const pages = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".svelte"));
  const own: string[] = [];
  for (const page of pages) {
    const look = (node: Record<string, unknown>, spoken: boolean): void => {
      const inside = node.type === "StyleDirective" ? false : node.type === "Attribute" ? SPOKEN.has(String(node.name)) : spoken;
      const text = String(node.data ?? "").trim();
      if (node.type === "Text" && inside && /\p{L}{2}/u.test(text) && !NAMES.has(text)) own.push(`${page}: ${text}`);
      for (const value of Object.values(node)) {
        for (const child of Array.isArray(value) ? value : [value]) if (child && typeof child === "object") look(child as Record<string, unknown>, inside);
      }
    };
    look(parse(readFileSync(join(folder, page), "utf8"), { modern: true }).fragment as unknown as Record<string, unknown>, true);
  }
  expect(pages.length).toBeGreaterThan(5);
  expect(own).toEqual([]);
});

test("numbers, sizes and forms are those of the engine's own tables", () => {
  const values = [0, -0, 1, -1, 0.5, 1.005, 2.675, 999, 1000, 1234.5, 9999.9996, 12345.678, -1234567.25, 1e9 + 0.125];
  for (const language of Object.keys(LANGUAGES) as Language[]) {
    for (const value of values) {
      for (const [least, most] of [[0, 3], [2, 2], [0, 1], [0, 0]] as const) {
        const wanted = new Intl.NumberFormat(language, { minimumFractionDigits: least, maximumFractionDigits: most }).format(value);
        expect(numeral(language, value, { least, most })).toBe(wanted);
      }
      expect(significant(language, value / 7e3, 5)).toBe(new Intl.NumberFormat(language, { maximumSignificantDigits: 5 }).format(value / 7e3));
      expect(form(value)).toBe(new Intl.PluralRules(language).select(value) === "one" ? "one" : "other");
    }
    const spaces = (text: string): string => text.replaceAll("\u00a0", " ");
    for (const share of [0, 0.075, 0.5, 1]) expect(hundredths(language, share)).toBe(new Intl.NumberFormat(language, { style: "percent" }).format(share));
    for (const [count, unit, by, most] of [[1, "byte", 1, 0], [14, "byte", 1, 0], [30_000, "kilobyte", 1024, 0], [4_000_000, "megabyte", 1024 ** 2, 1]] as const) {
      const wanted = new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: unit === "byte" ? "long" : "short", maximumFractionDigits: most });
      expect(spaces(size(language, count))).toBe(spaces(wanted.format(count / by)));
    }
  }
});
