// Settings: what was chosen is kept, what does not fit is refused, keys come from presets and the person, and clashes are told.
import { beforeEach, describe, expect, test } from "vitest";
import { FakeBackend } from "../src/backend/fake";
import { commandFor, keyOf, Strokes } from "../src/commands";
import { conflicts } from "../src/keys/keys.svelte";
import { KEYMAPS, type PresetId } from "../src/keys/presets";
import { SETTING_KEYS, SETTINGS } from "../src/settings/table";
import { Desk } from "../src/state/desk.svelte";
import { Settings } from "../src/state/settings.svelte";

let written: string[];
let settings: Settings;

beforeEach(() => {
  written = [];
  settings = new Settings(async (text) => written.push(text));
  settings.restore("{}");
});

test("only what was chosen is in the file, and it is there again", async () => {
  settings.set("zoom", 150);
  settings.set("theme", "contrastDark");
  settings.set("zoom", SETTINGS.zoom.first);
  await Promise.resolve();
  expect(JSON.parse(settings.text)).toEqual({ theme: "contrastDark", keys: {} });
  const again = new Settings(async () => {});
  again.restore(settings.text);
  expect(again.get("theme")).toBe("contrastDark");
});

test("what another window has written counts, and stays when this one writes", async () => {
  let file: string | null = null;
  const read = async (): Promise<string | null> => file;
  const [one, other] = [0, 1].map(() => new Settings(async (text) => (file = text)));
  one?.set("theme", "contrastDark");
  await other?.follow(read);
  other?.set("zoom", 150);
  await one?.follow(read);
  expect([one?.get("zoom"), other?.get("theme")]).toEqual([150, "contrastDark"]);
  // What is set while the file is being read is not undone by it.
  file = '{ "zoom": 125 }';
  const followed = one?.follow(read);
  one?.set("zoom", 200);
  await followed;
  expect([one?.get("zoom"), JSON.parse(file)]).toEqual([200, { theme: "contrastDark", zoom: 200, keys: {} }]);
});

test("a file that a person wrote is taken as far as it fits, and the rest of it stays", () => {
  settings.restore('{ "zoom": 9000, "wrapLines": "yes", "fontSize": 18, "ofTomorrow": [1], "keys": { "file.save": "F6", "no.command": "F7", "file.open": 3 } }');
  expect([settings.get("zoom"), settings.get("wrapLines"), settings.get("fontSize")]).toEqual([100, false, 18]);
  expect(JSON.parse(settings.text)).toEqual({ fontSize: 18, ofTomorrow: [1], keys: { "file.save": "F6" } });
});

test("a value that does not fit changes nothing", () => {
  settings.set("zoom", 1000);
  settings.set("fontSize", Number.NaN);
  expect(settings.get("zoom")).toBe(100);
  expect(settings.get("fontSize")).toBe(SETTINGS.fontSize.first);
});

test("a file that cannot be read is told, and the window starts all the same", async () => {
  const world = new FakeBackend();
  world.settings = "{ not JSON";
  const desk = new Desk(world);
  await desk.start();
  expect(desk.messages.list.some(({ kind, text }) => kind === "bad" && text.includes("settings"))).toBe(true);
  expect(desk.board.state).toBe("ready");
});

test("every first value fits its row", () => {
  for (const key of SETTING_KEYS) {
    settings.set(key, SETTINGS[key].first);
    expect(settings.get(key)).toBe(SETTINGS[key].first);
  }
});

describe("keys", () => {
  test.each(Object.keys(KEYMAPS) as PresetId[])("of the preset %s are free of clashes", (preset) => {
    settings.set("keymap", preset);
    expect([...conflicts()]).toEqual([]);
  });

  test("of a preset take the place of the table's", () => {
    settings.set("keymap", "vscode");
    expect(keyOf("run.here")).toBe("Ctrl-F5");
    expect(commandFor("Shift-F5", false)?.id).toBe("run.stop");
    settings.set("keymap", "taipan");
    expect(commandFor("Shift-F5", false)?.id).toBe("run.here");
  });

  test("of a person win, clash visibly, and can be given back", () => {
    settings.keys.change("run.error", "F5");
    expect(conflicts()).toEqual(new Map([["run.board", "run.error"], ["run.error", "run.board"]]));
    settings.keys.change("run.error", null);
    expect(conflicts().size).toBe(0);
    settings.keys.change("run.error", "");
    expect(commandFor("F8", false)).toBeUndefined();
  });

  test("of two strokes wait for the second, but not in a terminal", () => {
    settings.set("keymap", "emacs");
    const strokes = new Strokes();
    expect(strokes.take("Ctrl-X", false)).toBe("more");
    expect(strokes.take("Ctrl-Control", false)).toBeUndefined();
    expect(strokes.take("Ctrl-S", false)).toMatchObject({ id: "file.save" });
    expect(strokes.take("Ctrl-S", false)).toMatchObject({ id: "edit.find" });
    expect(strokes.take("Ctrl-X", false)).toBe("more");
    expect(strokes.take("Q", false)).toBe("more");
    expect(strokes.take("Q", false)).toBeUndefined();
    expect(strokes.take("Ctrl-X", true)).toBeUndefined();
  });

  test("of the prompt stay the prompt's in every preset", () => {
    for (const preset of Object.keys(KEYMAPS) as PresetId[]) {
      settings.set("keymap", preset);
      for (const letter of ["A", "B", "C", "D", "E", "K", "N", "O", "P", "U", "W"]) expect(commandFor(`Ctrl-${letter}`, true)?.id, preset).toBeUndefined();
    }
  });

});
