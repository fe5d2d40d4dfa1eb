// What displays and strips of the virtual board look like.
import { expect, test } from "vitest";
import { glass, lightColour, pixels } from "../src/board/dots";

const screen = { screen: "I2C(1)", kind: "SSD1306", width: 8, height: 2, on: true, light: 255, dots: "8140" };

test("eight dots are a byte, the first in its highest bit", () => {
  const drawn = pixels(screen, { ink: [1, 2, 3], ground: [0, 0, 0] });
  const lit = Array.from({ length: 16 }, (_, dot) => [...drawn.slice(4 * dot, 4 * dot + 4)].join()).map((dot) => (dot === "1,2,3,255" ? "#" : dot === "0,0,0,255" ? "." : "?"));
  expect(lit.join("")).toBe("#......#.#......");
});

test("a brighter display is brighter, a light behind the glass is seen, and much contrast is black and white", () => {
  const ink = (light: number): number => glass({ ...screen, light }, false).ink[0];
  expect(ink(0)).toBeLessThan(ink(255));
  const lcd = { ...screen, kind: "LCD32MKv1.0" };
  expect(glass({ ...lcd, light: 255 }, false).ground).not.toEqual(glass({ ...lcd, light: 0 }, false).ground);
  expect(glass(lcd, true)).toEqual({ ink: [255, 255, 255], ground: [0, 0, 0] });
});

test("little light is seen", () => {
  expect(lightColour("ff0000")).toBe("rgb(255 0 0)");
  expect(lightColour("000010")).toBe("rgb(0 0 72)");
});
