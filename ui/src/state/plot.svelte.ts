// The numbers that programs of one place printed, as curves over time. It listens to all output, so that a plotter that is opened late shows what was.
import { Lines, readings, type Reading } from "../plot/parse";

/** More than fit on a screen many times over; older ones are forgotten. */
const KEPT = 20_000;

/** Seconds: a program that prints faster did not wait between its samples, and the line brought many at once. */
const AT_ONCE = 0.002;

/** More curves than eyes tell apart. A program that gives every line a name of its own would make one of each. */
export const CURVES = 24;

export type Summary = { label: string; count: number; last: number; least: number; most: number; mean: number };

export class Plot {
  /** Counts changes: whoever draws reads it. The numbers themselves are too many to be watched one by one. */
  version = $state(0);
  labels: string[] = [];
  /** Seconds since the first sample. */
  times: number[] = [];
  /** One row a curve, as long as `times`; null where a line did not have it. */
  values: (number | null)[][] = [];
  /** There were more names than curves. */
  crowded = false;
  private start = 0;
  private readonly lines = new Lines();

  constructor(private readonly now: () => number = () => performance.now()) {}

  take(bytes: Uint8Array): void {
    let changed = false;
    for (const line of this.lines.take(bytes)) {
      const found = readings(line);
      if (found) changed = this.add(found) || changed;
    }
    if (changed) this.version++;
  }

  private add(all: Reading[]): boolean {
    const found = all.filter(({ label }) => this.mayDraw(label));
    const more = !this.crowded && found.length < all.length;
    this.crowded ||= more;
    if (found.length === 0) return more;
    const now = this.now();
    if (this.times.length === 0) this.start = now;
    this.times.push((now - this.start) / 1000);
    for (const row of this.values) row.push(null);
    for (const { label, value } of found) {
      const row = this.values[this.labels.indexOf(label)];
      if (row && Number.isFinite(value)) row[row.length - 1] = value;
    }
    // Forgetting goes by blocks: it moves everything.
    if (this.times.length > KEPT * 1.1) for (const row of [this.times, ...this.values]) row.splice(0, row.length - KEPT);
    return true;
  }

  /** Whether there is such a curve, or room for one. */
  private mayDraw(label: string): boolean {
    if (this.labels.includes(label)) return true;
    if (this.labels.length >= CURVES) return false;
    this.labels.push(label);
    this.values.push(new Array<number | null>(this.times.length).fill(null));
    return true;
  }

  clear(): void {
    this.crowded = false;
    this.labels = [];
    this.times = [];
    this.values = [];
    this.version++;
  }

  /** Where the samples from `from` on are drawn: by the second, or by their number if they came at once, as those of a loop that does not wait. */
  along(from: number): { by: "seconds" | "number"; places: number[] } {
    const times = this.times.slice(from);
    const took = (times.at(-1) ?? 0) - (times[0] ?? 0);
    if (times.length < 2 || took >= (times.length - 1) * AT_ONCE) return { by: "seconds", places: times };
    return { by: "number", places: times.map((_, index) => from + index + 1) };
  }

  get summaries(): Summary[] {
    return this.labels.map((label, index) => {
      const numbers = (this.values[index] ?? []).filter((value) => value !== null);
      const [least, most] = numbers.reduce(([least, most], value) => [Math.min(least, value), Math.max(most, value)], [Infinity, -Infinity]);
      const sum = numbers.reduce((sum, value) => sum + value, 0);
      // Of the greatest numbers there are, the sum has no room.
      const mean = Number.isFinite(sum) ? sum / numbers.length : numbers.reduce((mean, value) => mean + value / numbers.length, 0);
      return { label, count: numbers.length, last: numbers.at(-1) ?? NaN, least, most, mean };
    });
  }

  /** All samples as a table for other programs: RFC 4180. */
  get csv(): string {
    const field = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    const rows = this.times.map((time, at) => [time.toFixed(3), ...this.values.map((row) => row[at] ?? "")].join(","));
    return [["seconds", ...this.labels].map(field).join(","), ...rows, ""].join("\r\n");
  }
}
