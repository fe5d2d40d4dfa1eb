// The page of packages against a world in memory: found, installed, changed, removed, and what is said when that fails.
import { flushSync, mount, tick, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Failure } from "../src/backend/backend";
import { FakeBackend } from "../src/backend/fake";
import PackagesPage from "../src/packages/PackagesPage.svelte";
import { isAddress } from "../src/packages/packages.svelte";
import { Desk } from "../src/state/desk.svelte";

let world: FakeBackend;
let desk: Desk;
let page: Record<string, unknown>;

beforeEach(async () => {
  document.body.innerHTML = '<div id="app"></div>';
  world = new FakeBackend();
  desk = new Desk(world);
  await desk.start();
  page = mount(PackagesPage, { target: document.getElementById("app") as HTMLElement, props: { desk } });
  await vi.waitFor(() => expect(lines()).toHaveLength(2));
});

afterEach(() => unmount(page));

const lines = (): string[] => [...document.querySelectorAll("li")].map((line) => line.textContent ?? "");

function press(name: string): void {
  const button = [...document.querySelectorAll("button")].find((button) => (button.ariaLabel ?? button.textContent) === name);
  if (!button) throw new Error(`there is no button ${name}`);
  button.click();
  flushSync();
}

async function type(words: string): Promise<void> {
  const field = document.querySelector<HTMLInputElement>("[type=search]");
  if (!field) throw new Error("the page has a field");
  field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await tick();
}

test("a package is found by its purpose, installed, and removed", async () => {
  expect(world.calls).toContain("offers https://micropython.org/pi/v2");
  await type("bluetooth");
  expect(lines()).toHaveLength(1);
  press("Install: aioble");
  await vi.waitFor(() => expect(lines()[0]).toContain("✓ on the board: 0.6.1"));
  press("Remove: aioble");
  await vi.waitFor(() => expect(lines()[0]).not.toContain("on the board"));
  expect(world.calls).toEqual(expect.arrayContaining(["install aioble ", "uninstall aioble"]));
});

test("another version can be chosen", async () => {
  const select = document.querySelector<HTMLSelectElement>("select");
  if (!select) throw new Error("there are versions");
  select.value = "0.5.0";
  select.dispatchEvent(new Event("change", { bubbles: true }));
  await tick();
  press("Install: aioble");
  await vi.waitFor(() => expect(lines()[0]).toContain("✓ on the board: 0.5.0"));
  expect(world.calls).toContain("install aioble 0.5.0");
});

test("an address is installed as it is", async () => {
  await type("github:ann/tools");
  press("Install");
  await vi.waitFor(() => expect(world.calls).toContain("install github:ann/tools "));
  expect([isAddress("https://a/b.py"), isAddress("github"), isAddress("gitlab:a/b")]).toEqual([true, false, true]);
});

test("a failure says what to do, and stays in sight", async () => {
  world.failure = new Failure("unreachable", "The address could not be fetched. Check the network.");
  press("Install: logging");
  await vi.waitFor(() => expect(document.querySelector("[role=alert]")?.textContent).toContain("Check the network."));
  expect(lines().join()).not.toContain("✓");
});

test("what is being fetched can be given up, which is no failure", async () => {
  let fail: (failure: Failure) => void = () => {};
  world.linked.packages.install = () => new Promise((_, no) => (fail = no));
  world.linked.cancel = async () => fail(new Failure("cancelled", "The installation of logging was cancelled."));
  press("Install: logging");
  await tick();
  press("Cancel");
  await vi.waitFor(() => expect(desk.messages.list[0]?.text).toContain("was cancelled"));
  expect(document.querySelector("[role=alert]")).toBe(null);
  expect(lines().join()).not.toContain("✓");
});

test("without a board packages can be looked at only", async () => {
  await desk.disconnect();
  await vi.waitFor(() => expect(document.body.textContent).toContain("No board is connected"));
  const install = [...document.querySelectorAll<HTMLButtonElement>("li button")];
  expect(install.every((button) => button.disabled)).toBe(true);
});
