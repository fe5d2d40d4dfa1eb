// Numbers in what a program prints: "a:1 b:2", "1, 2.5", "1<tab>2", "(1, 2)", "{'a': 1}", "Room temp: 21.5 °C, hum: 40 %", "g = (0, 0, 9.8)". A line with
// anything else is no data; "nan" and "inf" are a sensor's word for a number that is missing.

/** A value and its name; without one it is known by its place in the line. A value that is missing is not finite. */
export type Reading = { label: string; value: number };

const NUMBER = String.raw`[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|nan|inf)`;
const NAME = String.raw`[\p{L}_][\p{L}\p{N}_.%°/-]{0,40}?`;
const NAMES = String.raw`[\p{L}_][\p{L}\p{N}_ .%°/-]{0,40}?`;
/** What sensors measure in. A word that is none of these makes a line a sentence. */
const UNITS =
  "% %RH ° °C °F °/s C F K V mV uV µV μV A mA uA µA μA W mW kW Wh kWh J Pa hPa kPa bar mbar psi m mm cm km um µm μm in ft m/s km/h m/s2 m/s² m/s^2 g mg kg N Nm s ms us µs μs ns min h Hz kHz MHz lx lux dB dBm rpm ppm ppb deg rad rad/s dps uT µT μT mT T G Ohm ohm Ω kΩ MΩ uF nF pF l ml L mL B kB KB KiB MB MiB bytes px fps"
    .split(" ")
    .toSorted((a, b) => b.length - a.length)
    .map((unit) => unit.replace(/[/^]/g, "\\$&"))
    .join("|");
const ONE = new RegExp(`^(?:(${NAME})\\s*[:=]\\s*)?(${NUMBER})$`, "u");
/** A name of several words begins the line, or stands behind more than a space: else it may be a sentence. */
const MEASURED = new RegExp(`(?:(?:^|\\s*[,;|\\t]\\s*|\\s{2,})(${NAMES})|\\s(${NAME}))\\s*[:=]\\s*(${NUMBER})(?:\\s*(?:${UNITS}))?(?=[\\s,;|]|$)`, "uy");
const NAMED = new RegExp(`^(${NAMES})\\s*[:=]?\\s*[([]([^()[\\]]*)[)\\]]$`, "u");
const BRACKETS = /^[([]\s*(.*?),?\s*[)\]]$/;
const DICT = /^\{(.*)\}$/;
const KEY = /(['"])([^'"]+)\1\s*:/g;
const ESCAPES = /\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07/g;

export function readings(line: string): Reading[] | null {
  const all = line.replace(ESCAPES, "").replace(/^(?:>>> )+/, "").trim();
  if (!all || all.length > 400) return null;
  // Wide columns: two spaces part as well as three hundred, which the patterns below would try in all ways.
  const text = all.replace(/\s{3,}/g, (gap) => (gap.includes("\t") ? "\t" : "  "));
  const dict = DICT.exec(text)?.[1]?.replace(KEY, "$2:");
  const plain = dict ?? BRACKETS.exec(text)?.[1] ?? text;
  const found = listed(plain) ?? measured(plain) ?? named(plain);
  return found?.some(({ value }) => Number.isFinite(value)) ? found : null;
}

/** Numbers with or without a name of one word. */
function listed(text: string): Reading[] | null {
  // A space after a colon belongs to it: "a: 1 b: 2".
  const parts = text.replace(/\s*([:=])\s*/g, "$1").split(/\s*[,;\t]\s*|\s+/);
  const found = parts.map((part, index): Reading | null => {
    const match = ONE.exec(part);
    return match ? { label: match[1] ?? String(index + 1), value: Number(match[2]) } : null;
  });
  return found.every((reading) => reading !== null) ? found : null;
}

/** Numbers with names, and with units if there are any. */
function measured(text: string): Reading[] | null {
  const found: Reading[] = [];
  MEASURED.lastIndex = 0;
  while (MEASURED.lastIndex < text.length) {
    const match = MEASURED.exec(text);
    if (!match) return null;
    found.push({ label: match[1] ?? match[2] ?? "", value: Number(match[3]) });
  }
  return found.length > 0 ? found : null;
}

/** Several numbers under one name. */
function named(text: string): Reading[] | null {
  const [, name = "", inside = ""] = NAMED.exec(text) ?? [];
  const numbers = name ? listed(inside.trim().replace(/,$/, "")) : null;
  return numbers?.map(({ label, value }) => ({ label: `${name} ${label}`, value })) ?? null;
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
