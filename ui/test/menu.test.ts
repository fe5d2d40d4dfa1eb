// Menus by keyboard, and files dropped from the system.
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeBackend } from "../src/backend/fake";
import BoardFiles from "../src/files/BoardFiles.svelte";
import ContextMenu from "../src/shell/ContextMenu.svelte";
import { Desk } from "../src/state/desk.svelte";

let world: FakeBackend;
let desk: Desk;
let pages: Record<string, unknown>[];

const items = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[role=menuitem]")];
const row = (path: string): HTMLElement => document.querySelector(`[data-path="${path}"]`) as HTMLElement;

async function press(on: Element | null, key: string, held: KeyboardEventInit = {}): Promise<void> {
  on?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...held }));
  flushSync();
  await Promise.resolve();
}

beforeEach(async () => {
  document.body.innerHTML = '<div id="app"></div>';
  world = new FakeBackend();
  desk = new Desk(world);
  await desk.start();
  const target = document.getElementById("app") as HTMLElement;
  pages = [mount(BoardFiles, { target, props: { desk } }), mount(ContextMenu, { target, props: { menu: desk.menu } })];
  await vi.waitFor(() => expect(row("/main.py")).not.toBe(null));
});

afterEach(() => pages.forEach((page) => unmount(page)));

test("Shift-F10 opens the menu of a row, arrows go round, Escape brings the keyboard back", async () => {
  row("/main.py").focus();
  await press(row("/main.py"), "F10", { shiftKey: true });
  expect(items().map((item) => item.querySelector("span")?.textContent)).toEqual(["Open", "Rename", "Delete", "Copy the path", "New folder", "Refresh"]);
  await vi.waitFor(() => expect(document.activeElement).toBe(items()[0]));
  await press(document.activeElement, "ArrowUp");
  expect(document.activeElement).toBe(items().at(-1));
  await press(document.activeElement, "Escape");
  expect(items()).toEqual([]);
  expect(document.activeElement).toBe(row("/main.py"));
});

test("a choice is carried out, and the menu is gone", async () => {
  row("/main.py").dispatchEvent(new MouseEvent("contextmenu", { bubbles: true, cancelable: true, clientX: 5, clientY: 5 }));
  flushSync();
  items()[0]?.click();
  flushSync();
  expect(items()).toEqual([]);
  await vi.waitFor(() => expect(desk.documents.active?.name).toBe("main.py"));
});

test("files from the system are copied onto the board's list, and opened elsewhere", async () => {
  world.files.set("/home/me/lamp.py", "on()");
  document.elementFromPoint = () => row("/lib");
  world.listener?.dropping({ kind: "over", x: 1, y: 1 });
  expect(desk.drop.isOver("board", "/lib")).toBe(true);
  world.listener?.dropping({ kind: "drop", x: 1, y: 1, paths: ["/home/me/lamp.py"] });
  expect(desk.drop.over).toBe(null);
  await vi.waitFor(() => expect(world.board.files.get("/lib/lamp.py")).toBe("on()"));
  document.elementFromPoint = () => document.body;
  world.listener?.dropping({ kind: "drop", x: 1, y: 1, paths: ["/home/me/lamp.py"] });
  await vi.waitFor(() => expect(desk.documents.active?.home).toEqual({ place: "computer", path: "/home/me/lamp.py" }));
});

test("dropped on a folder of this computer they are copied, after a question about what is there", async () => {
  world.files.set("/tmp/a.py", "new");
  world.files.set("/home/me/a.py", "old");
  const copied = desk.files.copyHere(["/tmp/a.py"], "/home/me");
  await vi.waitFor(() => expect(desk.asker.pending?.items).toEqual(["a.py"]));
  desk.asker.answer({ choice: "yes", text: "" });
  await copied;
  expect(world.files.get("/home/me/a.py")).toBe("new");
});
