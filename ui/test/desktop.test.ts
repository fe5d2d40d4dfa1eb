// The pages of the person's desk, operated against a world in memory.
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import App from "../src/App.svelte";
import { FakeBackend } from "../src/backend/fake";
import { EXAMPLES } from "../src/start/examples";
import { pageOf, type PageId } from "../src/pages";
import { Desk } from "../src/state/desk.svelte";
import { toText } from "../src/state/documents.svelte";

let world: FakeBackend;
let desk: Desk;
let page: Record<string, unknown>;

beforeEach(async () => {
  document.documentElement.lang = "en";
  document.body.innerHTML = '<div id="app"></div>';
  world = new FakeBackend();
  desk = new Desk(world);
  page = mount(App, { target: document.getElementById("app") as HTMLElement, props: { desk } });
  await vi.waitFor(() => expect(desk.board.state).toBe("ready"), 9_000);
}, 60_000);

afterEach(() => unmount(page));

async function show(id: PageId, selector: string): Promise<void> {
  const row = pageOf(id);
  if (!row) throw new Error(`no page is called ${id}`);
  if (desk.layout.page !== id && desk.layout.side !== id) desk.showPage(row);
  await vi.waitFor(() => expect(document.querySelector(selector)).not.toBe(null), 27_000);
}

function click(selector: string, text = ""): void {
  const found = [...document.querySelectorAll<HTMLElement>(selector)].find((element) => element.textContent?.includes(text));
  if (!found) throw new Error(`nothing is ${selector} with “${text}”`);
  found.click();
  flushSync();
}

test("the first start shows the first page; an example is one click away", async () => {
  await show("start", ".start");
  expect(document.querySelector(".start")?.textContent).toContain("Virtual board: ready");
  for (const example of EXAMPLES) expect(document.querySelector(".start")?.textContent).toContain(example.name);
  click(".example", "waves.py");
  expect(desk.documents.active?.name).toBe("waves.py");
  expect(desk.layout.page).toBe(null);
  await show("start", ".start");
  click(".example", "waves.py");
  expect(desk.documents.list.filter(({ name }) => name === "waves.py")).toHaveLength(1);
}, 60_000);

test("the second start shows what was there last", async () => {
  desk.layout.page = null;
  await desk.keep();
  const again = new Desk(world);
  await again.start();
  expect(again.layout.page).toBe(null);
});

test("search finds while one types, leads to the place, and replaces what was not left out", async () => {
  world.files = new Map([["/me/a.py", "led = 1\nprint(led)\n"], ["/me/b.py", "led\n"], ["/me/c.py", "no\n"]]);
  await desk.open({ place: "computer", path: "/me/a.py" });
  await show("search", ".search");
  desk.search.text = "led";
  await desk.search.start();
  flushSync();
  expect(document.querySelector(".search [role=status]")?.textContent).toContain("3 places in 2 file");
  click(".search [role=option]:not(.file)", "print(");
  await vi.waitFor(() => expect(desk.documents.active?.line).toBe(2));
  desk.search.replacement = "lamp";
  await desk.search.start();
  flushSync();
  expect(document.querySelector(".search ins")?.textContent).toBe("lamp");
  desk.search.spare("/me/b.py", true);
  const replaced = desk.replaceFound();
  await vi.waitFor(() => expect(desk.asker.pending?.items).toEqual(["a.py: 2"]));
  desk.asker.answer({ choice: "yes", text: "" });
  await replaced;
  expect(world.files.get("/me/a.py")).toBe("lamp = 1\nprint(lamp)\n");
  expect(world.files.get("/me/b.py")).toBe("led\n");
  expect(desk.documents.active?.text).toBe("lamp = 1\nprint(lamp)\n");
}, 60_000);

test("thousands of places are drawn only where one looks, and End reaches the last", async () => {
  world.files = new Map([["/me/a.py", "led\n".repeat(4000)], ["/me/b.py", "led\n".repeat(999) + "led at the end"]]);
  await desk.open({ place: "computer", path: "/me/a.py" });
  await show("search", ".search");
  desk.search.text = "led";
  await desk.search.start();
  flushSync();
  const drawn = document.querySelectorAll<HTMLElement>(".search [role=option]");
  expect(drawn.length).toBeLessThan(200);
  drawn[0]?.dispatchEvent(new KeyboardEvent("keydown", { key: "End", bubbles: true, cancelable: true }));
  await vi.waitFor(() => expect(document.activeElement?.getAttribute("aria-posinset")).toBe("5002"));
  expect(document.activeElement?.textContent).toContain("at the end");
}, 60_000);

test("tabs of one name tell their folders", async () => {
  world.files = new Map([["/me/a/__init__.py", "a"], ["/me/b/__init__.py", "b"], ["/me/c.py", "c"]]);
  for (const path of world.files.keys()) await desk.open({ place: "computer", path });
  flushSync();
  const labels = [...document.querySelectorAll("[data-document]")].map((tab) => tab.textContent?.replace("×", "").trim());
  expect(labels.slice(-3)).toEqual(["a/__init__.py", "b/__init__.py", "c.py"]);
}, 60_000);

test("replacing does not touch a file with unsaved text", async () => {
  world.files = new Map([["/me/a.py", "led\n"]]);
  const document = await desk.open({ place: "computer", path: "/me/a.py" });
  document.content = toText("led, unsaved\n");
  desk.search.text = "led";
  desk.search.replacement = "lamp";
  await desk.search.start();
  await desk.replaceFound();
  expect(world.files.get("/me/a.py")).toBe("led\n");
  expect(desk.messages.list[0]?.text).toContain("a.py has unsaved text");
});

test("replacing does what was shown, whatever is typed meanwhile", async () => {
  world.files = new Map([["/me/a.py", "led = pin\n"]]);
  await desk.open({ place: "computer", path: "/me/a.py" });
  Object.assign(desk.search, { text: "led", replacement: "lamp" });
  await show("search", ".search");
  await desk.search.start();
  const replaced = desk.replaceFound();
  await vi.waitFor(() => expect(desk.asker.pending).not.toBeNull());
  desk.search.text = "pin";
  desk.search.changed();
  flushSync();
  expect(document.querySelector<HTMLButtonElement>(".search .main")?.disabled).toBe(true);
  desk.asker.answer({ choice: "yes", text: "" });
  await replaced;
  expect(world.files.get("/me/a.py")).toBe("lamp = pin\n");
}, 60_000);

test("variables of the session are a table, without what the program consists of", async () => {
  await show("variables", ".variables td");
  expect([...document.querySelectorAll(".variables tbody th")].map((cell) => cell.firstChild?.textContent)).toEqual(["level"]);
  click(".variables input");
  expect(document.querySelectorAll(".variables tbody tr")).toHaveLength(2);
  world.board.session = [{ name: "level", kind: "int", value: "43" }];
  await desk.runOnBoard();
  await vi.waitFor(() => expect(document.querySelector(".variables td")?.textContent).toBe("43"));
}, 60_000);

test("the plotter tells its curves as a table", async () => {
  world.linked.print("a:1 b:2\r\na:3 b:4\r\n");
  expect(desk.plot.summaries.map(({ label, last }) => [label, last])).toEqual([["a", 3], ["b", 4]]);
  await show("plotter", ".plotter");
  await desk.runOnBoard();
  expect(desk.plot.labels).toEqual([]);
}, 60_000);

test("saving puts the text in order, if that is wished", async () => {
  world.files.set("/me/a.py", "x = 1  \ny = 2\n");
  await desk.open({ place: "computer", path: "/me/a.py" });
  flushSync();
  await desk.save();
  expect(world.files.get("/me/a.py")).toBe("x = 1  \ny = 2\n");
  desk.settings.set("formatOnSave", true);
  await desk.save();
  expect(world.files.get("/me/a.py")).toBe("x = 1\ny = 2\n");
});
