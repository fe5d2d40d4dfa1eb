// Every page of the table can be shown, and axe has nothing against it. Colours it can only judge in the real window.
import axe from "axe-core";
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeBackend } from "../src/backend/fake";
import { PAGES } from "../src/pages";
import { Desk } from "../src/state/desk.svelte";

/** On a busy machine a page takes its time to be compiled. */
const PATIENCE_MS = 60_000;
let world: FakeBackend;
let desk: Desk;
let page: Record<string, unknown> | undefined;

beforeEach(async () => {
  document.body.innerHTML = "<main></main>";
  world = new FakeBackend();
  desk = new Desk(world);
  await desk.start();
  await vi.waitFor(() => expect(desk.board.known).toBe(true));
});

afterEach(() => page && unmount(page));

test.each(PAGES.map((page) => page.id))(
  "%s",
  async (id) => {
    const main = document.querySelector("main") as HTMLElement;
    const found = PAGES.find((page) => page.id === id);
    page = mount((await found!.load()).default, { target: main, props: { desk } });
    await vi.waitFor(() => expect(main.textContent?.trim()).toBeTruthy());
    const { violations } = await axe.run(main, { resultTypes: ["violations"], rules: { "color-contrast": { enabled: false } } });
    // A page that looks again and again whenever it has looked would never let the board rest.
    const asked = vi.spyOn(world.linked, "list");
    await new Promise((done) => setTimeout(done));
    expect(asked.mock.calls.length).toBeLessThan(3);
    expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`)).toEqual([]);
  },
  PATIENCE_MS,
);

test(
  "a folder of ten thousand files is drawn only where one looks, and every name is reached",
  async () => {
    const main = document.querySelector("main") as HTMLElement;
    for (let number = 0; number < 10_000; number++) world.files.set(`/home/me/${String(number).padStart(5, "0")}.py`, "");
    page = mount((await PAGES.find((page) => page.id === "files")!.load()).default, { target: main, props: { desk } });
    const list = await vi.waitFor(() => {
      const found = main.querySelector<HTMLElement>("[role=listbox]:has([data-name='00000.py'])");
      expect(found).not.toBeNull();
      return found as HTMLElement;
    });
    expect(list.querySelectorAll("[role=option]").length).toBeLessThan(200);
    list.querySelector<HTMLElement>("[role=option]")?.focus();
    list.dispatchEvent(new KeyboardEvent("keydown", { key: "End", bubbles: true }));
    await vi.waitFor(() => expect((document.activeElement as HTMLElement).dataset.name).toBe("09999.py"));
    expect((document.activeElement as HTMLElement).ariaSetSize ?? document.activeElement?.getAttribute("aria-setsize")).toBe("10000");
  },
  PATIENCE_MS,
);

test("a plan and a question of ten thousand rows are drawn only where one looks", async () => {
  const main = document.querySelector("main") as HTMLElement;
  const steps = Array.from({ length: 10_000 }, (_, number) => ({ step: "upload" as const, path: `${String(number).padStart(5, "0")}.py`, size: 1, replaces: false }));
  page = mount((await import("../src/sync/PlanTable.svelte")).default, { target: main, props: { sync: { plan: { steps, same: 0 } } as never } });
  flushSync();
  expect(main.querySelector("table")?.getAttribute("aria-rowcount")).toBe("10001");
  expect(main.querySelectorAll("tbody tr").length).toBeLessThan(200);
  main.scrollTop = 5_000 * 36;
  main.dispatchEvent(new Event("scroll"));
  await vi.waitFor(() => expect(main.querySelector("tr[aria-rowindex='5002']")?.textContent).toContain("05000.py"));
  await unmount(page);
  page = mount((await import("../src/shell/Question.svelte")).default, { target: main, props: { asker: desk.asker } });
  void desk.asker.confirm("Sure?", "", "Yes", ["twice", "twice", ...steps.map((step) => step.path)]);
  flushSync();
  expect(main.querySelectorAll("dialog li").length).toBeLessThan(200);
  expect([...main.querySelectorAll("dialog li")].slice(0, 3).map((row) => row.textContent)).toEqual(["twice", "twice", "00000.py"]);
});
