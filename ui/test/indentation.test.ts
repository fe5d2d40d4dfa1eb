// A text is indented as it is already.
import { expect, test } from "vitest";
import { indentationOf } from "../src/editor/python";
import { toText } from "../src/state/documents.svelte";

test.each([
  ["", "    "],
  ["if a:\n    b\n", "    "],
  ["if a:\n  if b:\n    c\n", "  "],
  ["if a:\n\tif b:\n\t\tc\n", "\t"],
  ["if a:\n\tb\nif c:\n    d\n    e\n", "    "],
  ["x = [\n            1,\n]\n", "    "],
])("%j", (text, unit) => expect(indentationOf(toText(text))).toBe(unit));
