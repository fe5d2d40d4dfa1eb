// The whole page against a world in memory: it can be operated. (axe looks at it in the real window.)
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import App from "../src/App.svelte";
import { FakeBackend } from "../src/backend/fake";
import { Desk } from "../src/state/desk.svelte";

let world: FakeBackend;
let desk: Desk;
let page: Record<string, unknown>;

beforeEach(async () => {
  document.documentElement.lang = "en";
  document.title = "Taipan";
  document.body.innerHTML = '<div id="app"></div>';
  world = new FakeBackend();
  desk = new Desk(world);
  page = mount(App, { target: document.getElementById("app") as HTMLElement, props: { desk } });
  // The first start shows the first page; these scenes are about the editor.
  await vi.waitFor(() => expect(desk.ready).toBe(true), 9_000);
  desk.layout.page = null;
  // Pages are loaded when they are first shown, which takes its time on a busy machine.
  await vi.waitFor(() => expect(document.querySelectorAll("[role=treeitem]").length).toBe(3), 29_000);
}, 30_000);

afterEach(() => unmount(page));

function press(key: string, held: KeyboardEventInit = {}): void {
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...held }));
  flushSync();
}

test("who comes back from another window finds what was set there", async () => {
  world.settings = '{ "theme": "contrastDark" }';
  window.dispatchEvent(new Event("focus"));
  await vi.waitFor(() => expect(document.documentElement.dataset.contrast).toBe("more"));
});

test("the palette finds by words, and Escape leaves everything as it was", () => {
  press("P", { ctrlKey: true, shiftKey: true });
  const field = document.querySelector<HTMLInputElement>("[role=combobox]");
  if (!field) throw new Error("the palette has a field");
  field.value = "board disc";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  flushSync();
  expect([...document.querySelectorAll("[role=option] .title")].map((title) => title.textContent)).toEqual(["Disconnect"]);
});

test("a page that comes in front of the text takes the keyboard from it", async () => {
  desk.editor?.focus();
  expect(document.activeElement?.classList.contains("cm-content")).toBe(true);
  press("3", { ctrlKey: true });
  await vi.waitFor(() => expect(document.activeElement?.getAttribute("aria-label")).toBe("Sync"));
  press("K", { ctrlKey: true, shiftKey: true });
  await vi.waitFor(() => expect(document.activeElement?.getAttribute("type")).toBe("search"), 9_000);
});

test("Ctrl-P goes to a tab, a file of the board, or one of the folder", async () => {
  world.files.set("/home/me/a.py", "a").set("/home/me/lib/deep.py", "deep");
  await desk.open({ place: "computer", path: "/home/me/a.py" });
  press("p", { ctrlKey: true });
  const titles = (): (string | null)[] => [...document.querySelectorAll("[role=option] .title")].map((title) => title.textContent);
  await vi.waitFor(() => expect(titles()).toEqual(["welcome.py", "a.py", "/boot.py", "/main.py", "lib/deep.py"]));
  const field = document.querySelector<HTMLInputElement>("[role=combobox]");
  if (!field) throw new Error("the palette has a field");
  field.value = "lib deep";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  flushSync();
  expect(titles()).toEqual(["lib/deep.py"]);
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
  await vi.waitFor(() => expect(desk.documents.active?.text).toBe("deep"));
});

test("a text that is no Python is not judged as if it were, until it is saved under such a name", async () => {
  const diagnose = vi.spyOn(world.texts, "diagnose");
  const outline = vi.spyOn(world.texts, "outline");
  world.files.set("/home/me/notes.txt", "def this is no program");
  const document = await desk.open({ place: "computer", path: "/home/me/notes.txt" });
  flushSync();
  outline.mockClear();
  await desk.editor?.format();
  expect(document.text).toBe("def this is no program");
  await vi.waitFor(() => expect(desk.outline).toEqual([]));
  expect([outline.mock.calls.length, diagnose.mock.calls.filter(([id]) => id === document.id).length]).toEqual([0, 0]);
  document.wasSaved({ place: "computer", path: "/home/me/notes.py" }, document.content, document.encoding);
  flushSync();
  await vi.waitFor(() => expect(outline).toHaveBeenCalledWith(document.id));
});

test("a module that the board lacks is underlined, and looked for among the packages", async () => {
  const findings = (): NodeListOf<Element> => document.querySelectorAll(".cm-lintRange-warning");
  desk.showText("sensor.py", "import math\n");
  flushSync();
  await vi.waitFor(() => expect(world.calls).toContain("modules"), 9_000);
  expect(findings()).toHaveLength(0);
  desk.showText("other.py", "import logging\n");
  flushSync();
  await vi.waitFor(() => expect([...findings()].map((it) => it.textContent)).toEqual(["logging"]), 9_000);
  desk.showText("here.py", "import dataclasses\n");
  flushSync();
  await vi.waitFor(() => expect([...document.querySelectorAll(".cm-lintRange-hint")].map((it) => it.textContent)).toEqual(["dataclasses"]), 9_000);
  // Once it lies on the board it is no finding any more.
  desk.documents.step(-1);
  flushSync();
  await vi.waitFor(() => expect(findings()).toHaveLength(1), 9_000);
  world.board.files.set("/lib/logging.py", "");
  await desk.board.refreshFiles();
  await vi.waitFor(() => expect(findings()).toHaveLength(0), 9_000);
  desk.findPackage("logging");
  await vi.waitFor(() => expect(document.querySelector<HTMLInputElement>(".packages [type=search]")?.value).toBe("logging"), 9_000);
});

test("what stands beside the editor is made wider by keys or the mouse, within bounds, and stays so", async () => {
  const edge = (): HTMLElement => document.querySelector<HTMLElement>(".side > [role=separator]")!;
  const press = (key: string): boolean => edge().dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  press("ArrowRight");
  flushSync();
  expect([desk.layout.sideWidth, edge().getAttribute("aria-valuenow")]).toEqual([252, "252"]);
  edge().setPointerCapture = () => {};
  const point = (kind: string, clientX: number): boolean => edge().dispatchEvent(new MouseEvent(kind, { bubbles: true, clientX, clientY: 300 }));
  point("pointerdown", 300);
  point("pointermove", 340);
  flushSync();
  expect(desk.layout.sideWidth).toBe(292);
  point("pointermove", -900);
  point("pointerup", -900);
  point("pointermove", 500);
  flushSync();
  expect(desk.layout.sideWidth).toBe(160);
  await desk.keep();
  expect(JSON.parse(world.desk ?? "").layout.sideWidth).toBe(160);
});

test("keys of editing leave the editor alone while a field has the keyboard", () => {
  const cut = vi.fn();
  desk.editor = { ...desk.editor!, cut };
  desk.settings.set("keymap", "emacs");
  press("W", { ctrlKey: true });
  expect(cut).toHaveBeenCalledTimes(1);
  const field = document.body.appendChild(document.createElement("input"));
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "W", ctrlKey: true, bubbles: true, cancelable: true }));
  expect(cut).toHaveBeenCalledTimes(1);
  desk.settings.set("keymap", "taipan");
});

test("F5 runs, and the chip tells the state by shape and text", () => {
  expect(document.querySelector(".chip.ready")?.textContent).toContain("ready");
  expect(document.querySelector(".chip .shape")?.textContent).toBe("●");
  press("F5");
  expect(world.calls).toContain("run welcome.py");
});

test("a page takes the editor's place, and the rail and Ctrl-1 bring it back", async () => {
  const pressed = (): string[] => [...document.querySelectorAll(".rail [aria-pressed=true]")].map((button) => button.textContent?.trim() ?? "");
  desk.layout.page = null;
  flushSync();
  expect(pressed()).toEqual(["Editor", "Explorer"]);
  desk.layout.page = "nowhere";
  press("1", { ctrlKey: true });
  expect(desk.layout.page).toBe(null);
  press("E", { ctrlKey: true, shiftKey: true });
  expect(pressed()).toEqual(["Editor"]);
});

test("a light is told by more than its colour", () => {
  expect(document.querySelector(".lamps")?.textContent).toContain("Light 2, Green: on");
  expect(document.querySelector(".lamps")?.textContent).toContain("Light 1, Red: off");
});

test("the outline follows the text", async () => {
  await vi.waitFor(() => expect(document.querySelector(".outline")?.textContent).toContain("blink"));
});

test("an example runs by one press, and its page comes to the front", async () => {
  desk.layout.page = "start";
  const go = await vi.waitFor(() => {
    const found = document.querySelector<HTMLElement>("[aria-label='Run waves.py on the board']");
    expect(found).not.toBeNull();
    return found as HTMLElement;
  }, 29_000);
  go.click();
  await vi.waitFor(() => expect(world.calls).toContain("run waves.py"));
  expect(desk.layout.page).toBe("plotter");
  expect(desk.documents.active?.name).toBe("waves.py");
}, 30_000);

test("the board shows levels, voltages, pulses and how it is held, and takes what a person does to it", async () => {
  const panel = document.querySelector<HTMLElement>("aside[aria-labelledby=board-heading]");
  if (!panel) throw new Error("the virtual board is shown");
  const ear = world.links[0]?.ear;
  const see = (seen: object): void => {
    ear?.event({ event: "hardware", ...seen });
    flushSync();
  };
  const named = <E extends HTMLElement>(label: string): E => {
    const found = panel.querySelector<E>(`[aria-label="${label}"]`);
    if (!found) throw new Error(`nothing is called ${label}`);
    return found;
  };
  const put = (field: HTMLInputElement, value: string): void => {
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    flushSync();
  };
  see({ pin: "X2", value: 0, output: false });
  named<HTMLButtonElement>("Pin X2 is low; change it").click();
  see({ pin: "X19", value: 0, output: false, millivolts: 0 });
  put(named("Voltage at pin X19"), "1650");
  see({ pin: "X5", value: 0, output: true, millivolts: 805 });
  expect(named("Voltage at pin X5").getAttribute("aria-valuenow")).toBe("805");
  see({ pin: "X1", value: 0, output: true, hertz: 1500, duty: 0.075 });
  expect(panel.querySelector(".shown .spoken")?.textContent).toBe("Pin X1: pulses of 1.5 kHz, high for 7.5%");
  see({ led: 4, on: true, intensity: 51 });
  expect(Number(panel.querySelector<HTMLElement>(".glow.blue")?.style.opacity)).toBeCloseTo(0.44);
  const display = { screen: "LCD('X')", kind: "LCD32MKv1.0", width: 128, height: 32, on: true, light: 255, dots: "00".repeat(512) };
  see(display);
  expect(named("Display LCD('X'): LCD32MKv1.0, 128 × 32 dots").getAttribute("role")).toBe("img");
  see({ ...display, on: false });
  expect(panel.querySelectorAll("canvas").length).toBe(1);
  named("Display LCD('X'): LCD32MKv1.0, 128 × 32 dots, off");
  see({ strip: "X8", colours: ["ff0000", "000000"] });
  expect(named("2 lights at pin X8: #ff0000, #000000").querySelectorAll(".light").length).toBe(2);
  see({ accel: [0, 0, 21] });
  put(named("Pull along x"), "-9");
  expect(named<HTMLInputElement>("Pull along x").value).toBe("-9");
  expect([...panel.querySelectorAll(".pin")].map((pin) => pin.textContent)).toEqual(["X1", "X2", "X5", "X19"]);
  expect(world.calls.filter((call) => call.startsWith("touch"))).toEqual([
    'touch {"pin":"X2","value":1}',
    'touch {"pin":"X19","millivolts":1650}',
    'touch {"accel":[-9,0,21]}',
  ]);
});

test("a name that other files use is renamed there too, once the plan was agreed to, and nothing is saved", async () => {
  world.files.set("/home/me/lamp.py", "dim = 1\nprint(dim)\n").set("/home/me/use.py", "import lamp\nlamp.dim()\n").set("/home/me/not.py", "no\n");
  await desk.open({ place: "computer", path: "/home/me/lamp.py" });
  flushSync();
  const rename = async (agree: boolean): Promise<void> => {
    desk.editor?.rename();
    await vi.waitFor(() => expect(desk.asker.pending?.field).toBeDefined());
    desk.asker.answer({ choice: "yes", text: "fade" });
    await vi.waitFor(() => expect(desk.asker.pending?.items).toEqual(["/home/me/lamp.py: lines 1, 2", "/home/me/use.py: lines 2"]));
    desk.asker.answer(agree ? { choice: "yes", text: "" } : null);
  };
  await rename(false);
  expect(desk.documents.list.map(({ name }) => name)).not.toContain("use.py");
  await rename(true);
  const use = await vi.waitUntil(() => desk.documents.list.find(({ name, unsaved }) => name === "use.py" && unsaved));
  expect([desk.documents.active?.text, use.text]).toEqual(["fade = 1\nprint(fade)\n", "import lamp\nlamp.fade()\n"]);
  expect(world.files.get("/home/me/use.py")).toBe("import lamp\nlamp.dim()\n");
  desk.documents.active = use;
  flushSync();
  desk.editor?.undo();
  expect([use.text, use.unsaved]).toEqual(["import lamp\nlamp.dim()\n", false]);
});
