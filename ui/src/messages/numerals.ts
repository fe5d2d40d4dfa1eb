// Numbers and plural forms as the languages here write them. The engine has all that for every language of the world, in tables that it
// loads into the page's process with the first number: 2 MiB of it for three rows.
import type { Language } from "./index.svelte";

/** Marks of a language: before a fraction, between thousands and from how many digits on, behind parts of a hundred; words for bytes. */
type Marks = { point: string; group: string; groupedFrom: number; percent: string; byte: string; bytes: string };

const MARKS: Record<Language, Marks> = {
  en: { point: ".", group: ",", groupedFrom: 4, percent: "%", byte: " byte", bytes: " bytes" },
  de: { point: ",", group: ".", groupedFrom: 4, percent: "\u00a0%", byte: " Byte", bytes: " Byte" },
  es: { point: ",", group: ".", groupedFrom: 5, percent: "\u00a0%", byte: " byte", bytes: " bytes" },
};

/** Digits behind the point, at least and at most. */
export type Digits = { least?: number; most?: number };

export function numeral(language: Language, value: number, { least = 0, most = Math.max(least, 3) }: Digits = {}): string {
  const { point, group, groupedFrom } = MARKS[language];
  const [whole = "", fraction = ""] = fixed(Math.abs(value), most).split(".");
  const grouped = whole.length < groupedFrom ? whole : whole.replace(/\B(?=(\d{3})+$)/g, group);
  let end = fraction.length;
  while (end > least && fraction[end - 1] === "0") end--;
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  return `${sign}${grouped}${end > 0 ? point + fraction.slice(0, end) : ""}`;
}

/** So many digits behind the point, rounded as it is written: 1.005 lies a little below itself, and becomes 1.01 all the same. */
function fixed(value: number, digits: number): string {
  const moved = Math.round(Number(`${value}e${digits}`));
  // What is so large or so small that it is written with an exponent of its own.
  const written = moved < 1e21 ? Number(`${moved}e-${digits}`) : value;
  return written.toFixed(digits);
}

/** A number of which so many digits count, wherever its point is. */
export function significant(language: Language, value: number, count: number): string {
  if (value === 0) return numeral(language, value);
  const behind = count - 1 - Math.floor(Math.log10(Math.abs(value)));
  return numeral(language, Number(value.toPrecision(count)), { most: Math.min(Math.max(behind, 0), 20) });
}

/** A share of one as parts of a hundred. */
export const hundredths = (language: Language, share: number, digits: Digits = { most: 0 }): string => numeral(language, share * 100, digits) + MARKS[language].percent;

/** Of fewer bytes than these a tenth of a kilobyte counts: it may be what does not fit any more. */
const FEW = 10 * 1024;

/** From here on the next whole kilobyte is a megabyte. */
const MANY = 1024 ** 2 - 512;

/** A size in bytes, in the unit that suits it. */
export function size(language: Language, count: number): string {
  if (count < 1024) return numeral(language, count) + (count === 1 ? MARKS[language].byte : MARKS[language].bytes);
  return count < MANY ? `${numeral(language, count / 1024, { most: count < FEW ? 1 : 0 })} kB` : `${numeral(language, count / 1024 ** 2, { most: 1 })} MB`;
}

/** The form of a sentence with a number: in all languages here one is one, and everything else is many. */
export const form = (count: number): "one" | "other" => (Math.abs(count) === 1 ? "one" : "other");
