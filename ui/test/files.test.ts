// Files side by side: what a person does with them, against a world in memory.
import { beforeEach, describe, expect, test, vi } from "vitest";
import { Failure } from "../src/backend/backend";
import { FakeBackend, FakeLink } from "../src/backend/fake";
import { Desk } from "../src/state/desk.svelte";
import { join, outer, trail } from "../src/state/drive";

let world: FakeBackend;
let desk: Desk;

beforeEach(async () => {
  world = new FakeBackend();
  world.files = new Map([["/home", null], ["/home/me", null], ["/home/me/lib", null], ["/home/me/lib/lamp.py", "on()"], ["/home/me/a.py", "a = 1"], ["/home/me/main.py", "mine"]]);
  desk = new Desk(world);
  await desk.start();
  await vi.waitFor(() => expect(desk.board.known).toBe(true));
  await desk.files.refresh();
});

const names = (pane = desk.files.computer): string[] => pane.items.map((item) => item.name);
const said = (): string[] => desk.messages.list.map((message) => message.text);

describe("paths", () => {
  test("of either system lead in and out", () => {
    expect([join("/", "a"), join("/lib", "a"), join("C:\\", "a"), join("C:\\Me", "a")]).toEqual(["/a", "/lib/a", "C:\\a", "C:\\Me\\a"]);
    expect([outer("/lib/a"), outer("/lib"), outer("/"), outer("C:\\Me"), outer("C:\\"), outer("/lib/")]).toEqual(["/lib", "/", null, "C:\\", null, "/"]);
    expect(trail("/home/me").map((step) => step.path)).toEqual(["/", "/home", "/home/me"]);
    expect(trail("/").map((step) => step.name)).toEqual(["/"]);
  });
});

describe("a side", () => {
  test("begins in the person's folder, and where the board says that it is", async () => {
    expect(desk.files.computer.folder).toBe("/home/me");
    expect(names()).toEqual(["lib", "a.py", "main.py"]);
    expect(desk.files.board.folder).toBe("/");

    world.board.start = "/flash";
    world.board.files = new Map([["/flash", null], ["/flash/main.py", "1"]]);
    const other = new Desk(world);
    await other.start();
    await vi.waitFor(() => expect(other.board.rows.map((row) => row.path)).toEqual(["/flash/main.py"]));
    await other.files.refresh();
    expect(other.files.board.folder).toBe("/flash");
  });

  test("begins where it was last time, unless that is gone", async () => {
    await desk.files.open(desk.files.computer, "/home/me/lib");
    await desk.keep();
    const again = new Desk(world);
    await again.start();
    await again.files.refresh();
    expect(again.files.computer.folder).toBe("/home/me/lib");
    world.listHere = async (folder) => {
      if (folder === "/home/me/lib") throw new Failure("file", "Could not open it.");
      return [];
    };
    const third = new Desk(world);
    await third.start();
    await third.files.refresh();
    expect(third.files.computer.folder).toBe("/home/me");
  });

  test("of a board at work is left as it is, without a word if nobody asked", async () => {
    const before = names(desk.files.board);
    const list = vi.spyOn(FakeLink.prototype, "list").mockRejectedValue(new Failure("busy", "main.py is running on the board."));
    await desk.files.follow();
    expect([names(desk.files.board), said()]).toEqual([before, []]);
    await desk.files.refresh();
    expect(said()).toEqual(["main.py is running on the board."]);
    list.mockRestore();
  });

  test("whose folder is removed by somebody else shows the one around it", async () => {
    const list = world.listHere.bind(world);
    world.listHere = async (folder) => {
      if (!world.files.has(folder)) throw new Failure("file", `Could not open ${folder}.`);
      return list(folder);
    };
    world.files.set("/home/me/lib/deep", null);
    await desk.files.open(desk.files.computer, "/home/me/lib/deep");
    for (const path of ["/home/me/lib/deep", "/home/me/lib/lamp.py", "/home/me/lib"]) world.files.delete(path);
    world.touched("/home/me/lib/deep");
    await vi.waitFor(() => expect(desk.files.computer.folder).toBe("/home/me"));
    expect([names(), desk.files.computer.at, said()]).toEqual([["a.py", "main.py"], "a.py", []]);
    await vi.waitFor(() => expect([...world.watchers.keys()]).toContain("/home/me"));
    expect(world.watchers.has("/home/me/lib/deep")).toBe(false);
  });

  test("that comes to show another folder while a question stands does what was asked where it was asked", async () => {
    const pane = desk.files.computer;
    await desk.files.open(pane, "/home/me/lib");
    pane.choose("lamp.py");
    const renamed = desk.files.rename(pane);
    await desk.files.open(pane, "/home/me");
    desk.asker.answer({ choice: "yes", text: "light.py" });
    await renamed;
    expect(world.files.get("/home/me/lib/light.py")).toBe("on()");
    pane.choose("main.py");
    const removed = desk.files.remove(pane);
    await desk.files.open(pane, "/home/me/lib");
    desk.asker.answer({ choice: "yes", text: "" });
    await removed;
    expect([world.files.has("/home/me/main.py"), world.files.has("/home/me/lib/light.py")]).toEqual([false, true]);
  });

  test("goes into a folder, and out of it to where it was", async () => {
    const pane = desk.files.computer;
    await desk.files.open(pane, "/home/me/lib");
    expect(names()).toEqual(["lamp.py"]);
    await desk.files.up(pane);
    expect([pane.folder, pane.at, [...pane.chosen]]).toEqual(["/home/me", "lib", ["lib"]]);
  });

  test("chooses one, several, a row, all", () => {
    const pane = desk.files.computer;
    pane.choose("lib");
    pane.extend("main.py");
    expect([...pane.chosen]).toEqual(["lib", "a.py", "main.py"]);
    pane.extend("a.py");
    expect([...pane.chosen]).toEqual(["lib", "a.py"]);
    pane.toggle("lib");
    expect([...pane.chosen]).toEqual(["a.py"]);
    pane.chooseAll();
    expect(pane.picked).toHaveLength(3);
    expect(pane.starting("m")).toBe("main.py");
    expect(pane.beside(-1)).toBe("lib");
  });

  test("keeps what is chosen when another program changes the folder", async () => {
    const pane = desk.files.computer;
    pane.choose("a.py");
    world.files.set("/home/me/new.py", "");
    world.touched("/home/me");
    await vi.waitFor(() => expect(names()).toContain("new.py"));
    expect([...pane.chosen]).toEqual(["a.py"]);
  });

  test("hides names with a dot until it is asked for them", async () => {
    world.files.set("/home/me/.secret", "");
    const pane = desk.files.computer;
    await pane.refresh();
    expect(names()).not.toContain(".secret");
    pane.toggleHidden();
    pane.choose(".secret");
    expect(names()).toContain(".secret");
    pane.toggleHidden();
    expect([pane.at, pane.picked]).toEqual(["lib", []]);
  });

  test("of a board that is gone is empty", async () => {
    await world.linked.disconnect();
    await desk.files.refresh();
    expect(desk.files.board.items).toEqual([]);
  });
});

describe("copying", () => {
  test("sends files and folders, and says so", async () => {
    desk.files.computer.choose("lib");
    desk.files.computer.toggle("a.py");
    await desk.files.copy(desk.files.computer);
    expect(world.board.files.get("/a.py")).toBe("a = 1");
    expect(world.board.files.get("/lib/lamp.py")).toBe("on()");
    expect(said()[0]).toBe("Copied 2 files to the board.");
    expect(desk.work.title).toBe(null);
    expect(desk.board.exists("/a.py")).toBe(true);
  });

  test("shows what would be overwritten, and can leave it out", async () => {
    const { computer } = desk.files;
    computer.choose("a.py");
    computer.extend("main.py");
    const copied = desk.files.copy(computer);
    await vi.waitFor(() => expect(desk.asker.pending?.title).toBe("Overwrite 1 file?"));
    expect(desk.asker.pending?.items?.[0]).toMatch(/^\/main.py: 4 bytes of .* instead of 14 bytes$/);
    expect(desk.asker.pending?.choices.map((choice) => choice.label)).toEqual(["Overwrite", "Copy only 1 new file"]);
    desk.asker.answer({ choice: "new", text: "" });
    await copied;
    expect(world.board.files.get("/main.py")).toBe("print('main')\n");
    expect(world.board.files.get("/a.py")).toBe("a = 1");
  });

  test("what is the same already is not sent", async () => {
    world.board.files.set("/a.py", "a = 1");
    desk.files.computer.choose("a.py");
    await desk.files.copy(desk.files.computer);
    expect(world.calls.some((call) => call.startsWith("copy"))).toBe(false);
    expect(said()[0]).toContain("the same to the byte");
  });

  test("brings files back, and a changed mind changes nothing", async () => {
    await desk.files.open(desk.files.computer, "/home/me/lib");
    desk.files.board.choose("main.py");
    await desk.files.copy(desk.files.board);
    expect(world.files.get("/home/me/lib/main.py")).toBe("print('main')\n");
    world.board.files.set("/main.py", "other");
    const again = desk.files.copy(desk.files.board);
    await vi.waitFor(() => expect(desk.asker.pending).not.toBe(null));
    desk.asker.answer(null);
    await again;
    expect(world.files.get("/home/me/lib/main.py")).toBe("print('main')\n");
  });

  test("what does not fit is told before anything is sent", async () => {
    world.linked.planCopy = async (way) => ({ way, folders: [], files: [{ from: "a", to: "/a", size: 9e6, old: null }], needed: 9e6, free: 1e6 });
    desk.files.computer.choose("a.py");
    await desk.files.copy(desk.files.computer);
    expect(said()[0]).toMatch(/need 8.6 MB and the board has/);
  });

  test("what fits only in the place of the old file takes it, if the person agrees", async () => {
    const { computer } = desk.files;
    world.board.tight = "/main.py";
    const copied = (): Promise<void> => {
      computer.choose("a.py");
      computer.extend("main.py");
      return desk.files.copy(computer);
    };
    const answers = async (answer: { choice: string; text: string } | null): Promise<void> => {
      for (const next of [{ choice: "all", text: "" }, answer]) {
        await vi.waitFor(() => expect(desk.asker.pending).not.toBe(null));
        desk.asker.answer(next);
      }
    };
    const refused = copied();
    await answers(null);
    await refused;
    expect(said()[0]).toContain("does not fit");
    expect(world.board.files.get("/main.py")).toBe("print('main')\n");
    const agreed = copied();
    await answers({ choice: "yes", text: "" });
    await agreed;
    expect(world.calls.filter((call) => call.startsWith("copy"))).toEqual(["copy /a.py /main.py", "copy /main.py", "copy in place /main.py"]);
    expect(world.board.files.get("/main.py")).not.toBe("print('main')\n");
  });

  test("moves on visibly, and can be given up", async () => {
    let give: (failure: Failure) => void = () => {};
    world.linked.copy = () => new Promise((_, reject) => (give = reject));
    desk.files.computer.choose("a.py");
    const copied = desk.files.copy(desk.files.computer);
    await vi.waitFor(() => expect(desk.work.title).toBe("Copying 1 file to the board"));
    world.tell({ event: "stage", path: "/a.py", done: 1, total: 4 });
    world.tell({ event: "progress", path: "/a.py", done: 50, total: 100 });
    expect(desk.work.part).toBe(0.375);
    await desk.work.cancel();
    expect(world.calls.at(-1)).toBe("cancel");
    give(new Failure("cancelled", "Copying was cancelled."));
    await copied;
    expect(desk.messages.list[0]).toMatchObject({ kind: "note", text: "Copying was cancelled." });
  });
});

describe("names", () => {
  test("are changed, and open tabs go along", async () => {
    await desk.open({ place: "computer", path: "/home/me/a.py" });
    const renamed = desk.files.rename(desk.files.computer, "a.py");
    desk.asker.answer({ choice: "yes", text: "b.py" });
    await renamed;
    expect(names()).toContain("b.py");
    expect(desk.documents.active?.home?.path).toBe("/home/me/b.py");
  });

  test("are moved into a folder", async () => {
    await desk.files.move(desk.files.computer, ["a.py", "main.py"], "/home/me/lib");
    expect(names()).toEqual(["lib"]);
    expect(world.files.get("/home/me/lib/a.py")).toBe("a = 1");
    expect(said()[0]).toBe("Moved 2 items to /home/me/lib.");
  });

  test("are deleted after a question that names them", async () => {
    desk.files.computer.choose("lib");
    const gone = desk.files.remove(desk.files.computer);
    expect(desk.asker.pending?.items).toEqual(["lib/ and all that is in it"]);
    desk.asker.answer({ choice: "yes", text: "" });
    await gone;
    expect(names()).toEqual(["a.py", "main.py"]);
  });

  test("are made", async () => {
    const made = desk.files.newFolder(desk.files.board);
    desk.asker.answer({ choice: "yes", text: "data" });
    await made;
    expect(world.board.files.get("/data")).toBe(null);
    expect([...desk.files.board.chosen]).toEqual(["data"]);
  });

  test("tell their properties", async () => {
    desk.files.computer.choose("a.py");
    await desk.files.properties(desk.files.computer);
    expect(desk.files.facts).toMatchObject({ place: "computer", path: "/home/me/a.py", size: 5 });
    expect(desk.files.facts?.sha256).toHaveLength(64);
    desk.files.board.choose("lib");
    world.board.files.set("/lib/x.py", "123");
    await desk.files.properties(desk.files.board);
    expect(desk.files.facts).toMatchObject({ place: "board", path: "/lib", size: 3, files: 1 });
  });
});
