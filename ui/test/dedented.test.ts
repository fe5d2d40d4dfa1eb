import { expect, test } from "vitest";
import { dedented } from "../src/editor/dedented";

test.each([
  ["a = 1", "a = 1"],
  ["    a = 1\n    b = 2\n", "a = 1\nb = 2"],
  ["    if a:\n\n        b()\n", "if a:\n\n    b()"],
  ["\n  \n\ta\n", "a"],
  ["  a\nb", "  a\nb"],
  ["  \n", ""],
])("lines from the middle of a program: %j", (text, alone) => {
  expect(dedented(text)).toBe(alone);
});
