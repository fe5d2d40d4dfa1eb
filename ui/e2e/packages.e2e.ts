// The page of packages in the real window, with an index that the scene serves: installed on the virtual board, imported, removed.
import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Stage } from "./stage";

const stage = new Stage();
const SOURCE = "answer = 42\n";
const hash = createHash("sha256").update(SOURCE).digest("hex").slice(0, 8);
const FILES: Record<string, string> = {
  "/index.json": JSON.stringify({
    v: 2,
    packages: [
      { name: "boots", version: "1.0", description: "For long walks", author: "Ann", license: "MIT", versions: { py: ["0.9", "1.0"] } },
      { name: "laces", version: "2.0", description: "Ties boots", versions: { py: ["2.0"] } },
    ],
  }),
  "/package/py/boots/latest.json": JSON.stringify({ v: 1, version: "1.0", hashes: [["boots.py", hash]], deps: [] }),
  [`/file/${hash.slice(0, 2)}/${hash}`]: SOURCE,
};
let server: Server;

beforeAll(async () => {
  server = createServer((request, answer) => {
    const body = FILES[request.url ?? ""];
    answer.writeHead(body === undefined ? 404 : 200).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  await stage.open();
});

afterAll(async () => {
  await stage.end();
  server.close();
});

const says = (text: string): Promise<unknown> => stage.driver.wait(`the page says ${text}`, "return document.querySelector('.packages')?.textContent.includes(arguments[0])", text);

test("a package is found, installed and imported", async () => {
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  await stage.driver.evaluate("taipan.settings.set('packageIndex', arguments[0]); taipan.layout.page = 'packages'", `http://127.0.0.1:${port}`);
  await says("For long walks");
  await stage.driver.screenshot("packages");
  await stage.driver.click("li:first-child button", "Install");
  await says("on the board: 1.0");
  expect(await stage.driver.evaluate("return (await taipan.station.link.read('/lib/boots.py')).text")).toBe(SOURCE);
  await stage.driver.screenshot("packages-installed");
  expect(await stage.objections()).toEqual([]);
});

test("what the index does not have is told", async () => {
  await stage.driver.click("li:last-child button", "Install");
  await says("There is no package laces");
  await stage.driver.screenshot("packages-failure");
  expect(await stage.objections()).toEqual([]);
});

test("a package is removed", async () => {
  await stage.driver.click("li button.danger", "Remove");
  await stage.driver.wait("it is gone", "return !document.querySelector('.packages').textContent.includes('on the board:')");
});
