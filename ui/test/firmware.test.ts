// The page of firmware against a world in memory: one click does all of it, and a pulled cable is gone on from.
import { flushSync, mount, tick, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeBackend } from "../src/backend/fake";
import FirmwarePage from "../src/firmware/FirmwarePage.svelte";
import { updates, watchLoaders } from "../src/firmware/watch";
import { Desk } from "../src/state/desk.svelte";

let world: FakeBackend;
let desk: Desk;
let page: Record<string, unknown>;

beforeEach(async () => {
  document.body.innerHTML = '<div id="app"></div>';
  world = new FakeBackend();
  desk = new Desk(world);
  await desk.start();
  page = mount(FirmwarePage, { target: document.getElementById("app") as HTMLElement, props: { desk } });
  await vi.waitFor(() => expect(document.body.textContent).toContain("pyboard.dfu"));
});

afterEach(() => unmount(page));

const text = (): string => document.body.textContent ?? "";
const steps = (): string[] => [...document.querySelectorAll("li[class]")].map((step) => `${step.querySelector(".shape")?.textContent ?? ""} ${step.querySelector(".name")?.firstChild?.textContent ?? ""}`);

function press(name: string): void {
  const button = [...document.querySelectorAll("button")].find((button) => button.textContent?.trim() === name);
  if (!button) throw new Error(`there is no button ${name} among ${[...document.querySelectorAll("button")].map((it) => it.textContent).join()}`);
  button.click();
  flushSync();
}

test("one click updates, and says each step", async () => {
  press("Update");
  await vi.waitFor(() => expect(text()).toContain("The board runs Taipan v0.1.0."));
  expect(world.linked.firmware.wishes).toEqual([{ file: "/firmware/pyboard.dfu", address: null, archive: null, saved: null, restore: true, serial: null }]);
  expect(steps().slice(0, 4)).toEqual(["✓ Check the file", "✓ Save the board’s files", "✓ Enter the loader", "✓ Compare"]);
  expect(text()).toContain("/saved.zip");
});

test("versions stand beside each other: the board's, the file's, and what came of it", async () => {
  const versions = (): string[] => [...document.querySelectorAll(".versions dd")].map((it) => it.textContent?.replaceAll(/\s+/g, " ").trim() ?? "");
  await vi.waitFor(() => expect(versions()).toEqual(["Taipan 0.1.0", "Taipan v0.1.0 · PYBv1.1 with STM32F405RG (another version)"]));
  press("Update");
  await vi.waitFor(() => expect(versions()).toEqual(["Taipan 0.0.9", "Taipan v0.1.0 · PYBv1.1 with STM32F405RG", "✓ Taipan v0.1.0 (the file’s version)"]));
  world.linked.firmware.after = "Taipan v0.0.9";
  press("Update");
  await vi.waitFor(() => expect(versions()[2]).toBe("✕ Taipan v0.0.9 (not the file’s version)"));
  expect(text()).toContain("The file has Taipan v0.1.0: that is not what runs now.");
});

test("a cable that is pulled is told, and the update goes on", async () => {
  world.linked.firmware.pulledIn = "write";
  press("Update");
  await vi.waitFor(() => expect(document.querySelector("[role=alert]")?.textContent).toContain("The board is gone in the middle."));
  expect(steps()).toContain("✕ Write");
  await vi.waitFor(() => expect(text()).toContain("go on, and only what is missing is written"));
  expect(text()).toContain("Its files are saved in /saved.zip.");
  press("Go on with the update");
  await vi.waitFor(() => expect(text()).toContain("The board runs Taipan v0.1.0."));
  expect(steps()).toContain("– Save the board’s files");
});

test("whoever looks at another page meanwhile is told how it ended", async () => {
  world.linked.firmware.pulledIn = "write";
  press("Update");
  await unmount(page);
  await vi.waitFor(() => expect(desk.messages.list[0]?.text).toContain("The board is gone in the middle."));
  page = mount(FirmwarePage, { target: document.getElementById("app") as HTMLElement, props: { desk } });
  await vi.waitFor(() => expect(text()).toContain("Go on with the update"));
});

test("an update that another window has begun says where the files are", async () => {
  world.linked.firmware.loaders = [{ name: "0483:df11 1", serial: "1", layout: "@Internal Flash", saved: "/backups/before.zip" }];
  await vi.waitFor(() => expect(text()).toContain("Its files are saved in /backups/before.zip"), 2_000);
});

test("a loader that may not be opened has the way to open it beside it", async () => {
  world.linked.firmware.loaders = [{ name: "0483:df11", serial: null, layout: null, saved: null }];
  await vi.waitFor(() => expect(text()).toContain("may not be opened"), 2_000);
  press("Show the rule for Linux");
  await vi.waitFor(() => expect(text()).toContain("Save this as /etc/udev/rules.d/70-taipan.rules"));
});

test("the window is not closed in the middle of an update without a question", async () => {
  let end = (): void => {};
  world.linked.firmware.renew = () => new Promise((done) => (end = () => done({ before: "", after: "Taipan v0.1.0", archive: null, restored: 0 })));
  press("Update");
  const closing = world.listener?.closing();
  await vi.waitFor(() => expect(desk.asker.pending?.text).toContain("New firmware is being written"));
  expect(await world.listener?.closing(), "it is asked once").toBe(false);
  desk.asker.answer(null);
  expect(await closing).toBe(false);
  end();
  await vi.waitFor(() => expect(text()).toContain("The board runs Taipan v0.1.0."));
  expect(await world.listener?.closing()).toBe(true);
});

test("a program of one's own is warned of, with what it replaces", async () => {
  press("Another file…");
  await vi.waitFor(() => expect(document.querySelector("[role=note]")?.textContent).toContain("own.bin is not one of Taipan’s images"));
  expect(document.querySelector("[role=note]")?.textContent).toContain("0x08000000 – 0x080493df");
  const field = document.querySelector<HTMLInputElement>(".address input");
  if (!field) throw new Error("a bare file wants an address");
  field.value = "0x08020000";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
  await vi.waitFor(() => expect(document.querySelector("[role=note]")?.textContent).toContain("What starts on the board stays"));
  press("Update");
  await vi.waitFor(() => expect(world.linked.firmware.wishes[0]?.address).toBe(0x0802_0000));
});

test("loaders appear while one looks, and several are told apart", async () => {
  world.linked.firmware.loaders = ["1", "2"].map((serial) => ({ name: `0483:df11 ${serial}`, serial, layout: "@Internal Flash", saved: null }));
  await vi.waitFor(() => expect(text()).toContain("Several boards wait"), 2_000);
  const go = (): HTMLButtonElement | undefined => [...document.querySelectorAll<HTMLButtonElement>("button.main")].find((button) => button.textContent?.includes("pdate"));
  expect(go()?.disabled).toBe(true);
  document.querySelector<HTMLInputElement>("input[name=loader]")?.click();
  await tick();
  expect(go()?.disabled).toBe(false);
});

test("a board that comes into its loader is told of once, wherever the person is, but not during an update", async () => {
  const loader = (serial: string) => ({ name: `0483:df11 ${serial}`, serial, layout: "@Flash /0x08000000/1*1Kg", saved: null });
  const told = (): string[] => desk.messages.list.map((message) => message.text).filter((text) => text.includes("0483:df11"));
  const leave = watchLoaders(desk);
  updates.running = 1;
  world.linked.firmware.loaders = [loader("1")];
  await expect(vi.waitFor(() => expect(told()).toHaveLength(1), { timeout: 1000 })).rejects.toThrow();
  updates.running = 0;
  await vi.waitFor(() => expect(told()).toHaveLength(1), { timeout: 1000 });
  world.linked.firmware.loaders = [loader("1"), loader("2")];
  await vi.waitFor(() => expect(told()).toHaveLength(2), { timeout: 1000 });
  expect(told()[0]).toContain("0483:df11 2");
  leave();
});
