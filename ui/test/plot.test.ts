// What the plotter takes for numbers, and what becomes of them.
import { describe, expect, test } from "vitest";
import { Lines, readings } from "../src/plot/parse";
import { CURVES, Plot } from "../src/state/plot.svelte";

const pairs = (line: string): [string, number][] | null => readings(line)?.map(({ label, value }) => [label, value]) ?? null;

describe("a line of numbers", () => {
  test.each<[string, [string, number][]]>([
    ["a:1 b:2", [["a", 1], ["b", 2]]],
    ["a: 1 b: -2.5", [["a", 1], ["b", -2.5]]],
    ["temp=21.5, hum=40", [["temp", 21.5], ["hum", 40]]],
    ["1,2.5,-3e2", [["1", 1], ["2", 2.5], ["3", -300]]],
    ["1\t.5", [["1", 1], ["2", 0.5]]],
    ["(1, 2)", [["1", 1], ["2", 2]]],
    ["(1,)", [["1", 1]]],
    ["[0.5, 1.5]", [["1", 0.5], ["2", 1.5]]],
    ["\x1b[32m42\x1b[0m", [["1", 42]]],
    ["größe:3", [["größe", 3]]],
    ["Temp: 23.4 °C, hum: 45%", [["Temp", 23.4], ["hum", 45]]],
    ["Room temp: 23.4C  Pressure = 1013.2 hPa | dew point: -2 °C", [["Room temp", 23.4], ["Pressure", 1013.2], ["dew point", -2]]],
    ["t:1.5 s v:3.3 V", [["t", 1.5], ["v", 3.3]]],
    ["Free memory: 102400 bytes", [["Free memory", 102400]]],
    ["{'temp': 21.5, 'hum': 40}", [["temp", 21.5], ["hum", 40]]],
    ['{"x": 1}', [["x", 1]]],
    ["accel = (0.1, -0.2, 9.8)", [["accel 1", 0.1], ["accel 2", -0.2], ["accel 3", 9.8]]],
    ["accel [1, 2,]", [["accel 1", 1], ["accel 2", 2]]],
    ["temp: nan, hum: 40", [["temp", NaN], ["hum", 40]]],
    [`a:1${" ".repeat(300)}b:2`, [["a", 1], ["b", 2]]],
    [`a x:1${" ".repeat(300)}b y:2 ${"\t".repeat(50)}c:3`, [["a x", 1], ["b y", 2], ["c", 3]]],
  ])("%j", (line, wanted) => expect(pairs(line)).toEqual(wanted));

  test.each(["", "hello", "blink 3", "a:1 and b:2", ">>> ", "Traceback (most recent call last):", "12:30:45", "1.2.3", "True", "nan", "(1, 'x')", "{}", "{'a': 'b'}", "IP address: 192.168.1.5", "time: 5 o'clock", "f(x)", "a:1 b:2 apples", "inf, nan", "a: infinite"])(
    "%j is none",
    (line) => expect(readings(line)).toBe(null),
  );
});

test("lines are cut where they end, whatever comes together", () => {
  const lines = new Lines();
  const encoder = new TextEncoder();
  const bytes = encoder.encode("grö:1\r\n2\n");
  expect(lines.take(bytes.slice(0, 3))).toEqual([]);
  expect(lines.take(bytes.slice(3))).toEqual(["grö:1", "2"]);
});

describe("a plot", () => {
  let now = 0;
  const fed = (text: string): Plot => {
    const plot = new Plot(() => (now += 500));
    plot.take(new TextEncoder().encode(text));
    return plot;
  };

  test("has a curve for each name, with gaps where it was absent", () => {
    const plot = fed("a:1\r\nb:5 a:2\r\nnothing\r\na:3\r\n");
    expect(plot.labels).toEqual(["a", "b"]);
    expect(plot.times).toEqual([0, 0.5, 1]);
    expect(plot.values).toEqual([[1, 2, 3], [null, 5, null]]);
    expect(plot.summaries[0]).toEqual({ label: "a", count: 3, last: 3, least: 1, most: 3, mean: 2 });
  });

  test("has a gap for a number that is missing, or greater than any", () => {
    const plot = fed("a:nan b:1\r\na:1e999 b:2\r\na:3 b:-inf\r\n");
    expect(plot.values).toEqual([[null, null, 3], [1, 2, null]]);
    expect(plot.summaries.map(({ most }) => most)).toEqual([3, 2]);
    expect(fed("1e308\r\n1.5e308\r\n").summaries[0]?.mean).toBeCloseTo(1.25e308, -300);
  });

  test("reads wide tables in no time", () => {
    expect(fed(`${`name${" ".repeat(390)}end\r\n`.repeat(2000)}1\r\n`).times).toHaveLength(1);
  });

  test("becomes a table for other programs", () => {
    expect(fed('x, y:1 b:2\n1 2\n').csv).toBe("seconds,1,2\r\n0.000,1,2\r\n");
    expect(fed("a:1\na:2 b:3\n").csv).toBe("seconds,a,b\r\n0.000,1,\r\n0.500,2,3\r\n");
  });

  test("is drawn by the second, or by the number of the sample where all came at once", () => {
    expect(fed("1\n2\n3\n").along(1)).toEqual({ by: "seconds", places: [0.5, 1] });
    const burst = new Plot(() => 7);
    burst.take(new TextEncoder().encode("1\n2\n3\n"));
    expect(burst.along(1)).toEqual({ by: "number", places: [2, 3] });
    expect(burst.along(2)).toEqual({ by: "seconds", places: [0] });
  });

  test("of a program that names every line anew has no more curves than can be told apart", () => {
    const plot = fed(Array.from({ length: 5000 }, (_, n) => `x${n}: ${n}\n`).join("") + "x0: 7\n");
    expect([plot.labels.length, plot.times.length, plot.crowded]).toEqual([CURVES, CURVES + 1, true]);
    expect(plot.summaries[0]).toMatchObject({ label: "x0", count: 2, last: 7 });
    plot.clear();
    expect(plot.crowded).toBe(false);
  });

  test("forgets its oldest numbers, and never grows without end", () => {
    const plot = fed("1 2\n".repeat(50_000));
    expect(plot.times.length).toBeLessThanOrEqual(22_000);
    expect(plot.values.every((row) => row.length === plot.times.length)).toBe(true);
  });
});
