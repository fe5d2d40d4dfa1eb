// Every page of the table can be shown, and axe has nothing against it. Colours it can only judge in the real window.
import axe from "axe-core";
import { mount, unmount } from "svelte";
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
