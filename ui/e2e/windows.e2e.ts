// Two windows of one person: each has its own tabs and virtual boards, and a board that both want changes hands by choice.
import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Stage, interpreter } from "./stage";

const first = new Stage();
const second = new Stage(first.home);
let board: ChildProcess;
let port = "";

beforeAll(async () => {
  board = spawn(interpreter, ["--board", "--pty", "--image", join(first.home, "shared.img")], { stdio: ["pipe", "pipe", "ignore"] });
  for await (const line of createInterface({ input: board.stdout! })) {
    const place = /^board: pty (\S+)/.exec(line)?.[1];
    if (!place) continue;
    port = place;
    break;
  }
  await first.open();
  await second.open();
});
afterAll(async () => {
  board.kill();
  await second.close();
  await first.end();
});

const said = (stage: Stage, text: string): Promise<unknown> => stage.driver.wait(`it says ${text}`, "return taipan.messages.list.some((message) => message.text.includes(arguments[0]))", text);
const state = (stage: Stage, wanted: string): Promise<unknown> => stage.driver.wait(`the board is ${wanted}`, "return taipan.stations.find((station) => station.port === arguments[0])?.board.state === arguments[1]", port, wanted);

test("each has a virtual board with files of its own", async () => {
  const write = (stage: Stage, text: string): Promise<unknown> => stage.driver.evaluate("return taipan.station.link.write('/mine.py', arguments[0])", text);
  const read = (stage: Stage): Promise<string> => stage.driver.evaluate("return (await taipan.station.link.read('/mine.py')).text");
  await write(first, "first = 1\n");
  await write(second, "second = 2\n");
  expect([await read(first), await read(second)]).toEqual(["first = 1\n", "second = 2\n"]);
});

test("what is typed in one is kept beside what is typed in the other", async () => {
  await first.newScript("the first\n");
  await second.newScript("the second\n");
  for (const [stage, text] of [[first, "the first"], [second, "the second"]] as const) {
    await stage.driver.wait("the draft is on the disk", "return (await taipan.backend.loadDesk()).includes(arguments[0])", text);
  }
  expect(await first.driver.evaluate("return (await taipan.backend.loadDesk()).includes('the second')")).toBe(false);
});

test("the second is told who has a board, and waits for it", async () => {
  await first.driver.evaluate("await taipan.connect(arguments[0])", port);
  await state(first, "ready");
  await second.driver.evaluate("void taipan.connect(arguments[0])", port);
  await second.driver.wait("a question", "return document.querySelector('dialog[open] .choice') !== null");
  expect(await second.driver.evaluate("return document.querySelector('dialog[open]').textContent")).toMatch(/is in use: \S+ \(process \d+\) has it/);
  expect(await second.look("held")).toEqual([]);
  await second.driver.click("dialog[open] .choice", "Wait");
  await state(second, "lost");
  await said(second, "It is connected here as soon as that lets it go");
  await first.driver.evaluate("await taipan.disconnect()");
  await state(second, "ready");
});

test("the first takes it over, and it goes back when that lets it go", async () => {
  await first.driver.evaluate("void taipan.connect(arguments[0])", port);
  await first.driver.click("dialog[open] .choice", "Take it over");
  await state(first, "ready");
  await said(second, "took this board over");
  await state(second, "lost");
  await first.driver.evaluate("await taipan.disconnect()");
  await state(second, "ready");
  expect(await second.driver.evaluate("return await taipan.station.link.list('/').then((entries) => entries.length > 0)")).toBe(true);
});
