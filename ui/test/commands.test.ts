// The table of commands is consistent, and keys mean what they should where the keyboard is.
import { expect, test } from "vitest";
import { commandFor, COMMANDS, keyName, keyOf, type CommandId } from "../src/commands";

const key = (key: string, held: Partial<KeyboardEvent> = {}, code = ""): string =>
  keyName({ key, code, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held });

test("no two commands share an id or a key", () => {
  const ids = COMMANDS.map((command) => command.id);
  const keys = COMMANDS.flatMap((command) => command.key ?? []);
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(keys).size).toBe(keys.length);
});

test("keys are named as the table spells them", () => {
  expect(key("F5")).toBe("F5");
  expect(key("F5", { shiftKey: true })).toBe("Shift-F5");
  expect(key("p", { ctrlKey: true, shiftKey: true })).toBe("Ctrl-Shift-P");
  expect(key("Dead", { ctrlKey: true }, "Backquote")).toBe("Ctrl-`");
  expect(key("s", { metaKey: true })).toBe("Ctrl-S");
});

test("the keys of the house are there", () => {
  const expected = { "run.board": "F5", "run.here": "Shift-F5", "run.stop": "Ctrl-F2", "file.save": "Ctrl-S", "view.palette": "Ctrl-Shift-P", "view.console": "Ctrl-`" } satisfies Partial<Record<CommandId, string>>;
  for (const [id, wanted] of Object.entries(expected)) expect(keyOf(id as CommandId)).toBe(wanted);
});

test("a terminal keeps the control keys of the prompt", () => {
  for (const letter of ["A", "B", "C", "D", "E", "K", "N", "O", "P", "U", "W"]) expect(commandFor(`Ctrl-${letter}`, true)).toBeUndefined();
  expect(commandFor("F5", true)?.id).toBe("run.board");
  expect(commandFor("Ctrl-N", false)?.id).toBe("file.new");
});
