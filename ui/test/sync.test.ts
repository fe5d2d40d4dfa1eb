// A folder brought onto the board, and what is kept of unsaved work, against a world in memory.
import { beforeEach, describe, expect, test, vi } from "vitest";
import { Failure } from "../src/backend/backend";
import { FakeBackend } from "../src/backend/fake";
import { Desk } from "../src/state/desk.svelte";
import { toText } from "../src/state/documents.svelte";
import { kindOf, rowsOf, tally } from "../src/sync/rows";

let world: FakeBackend;
let desk: Desk;

async function start(): Promise<void> {
  desk = new Desk(world);
  await desk.start();
  await vi.waitFor(() => expect(desk.board.known).toBe(true));
}

beforeEach(async () => {
  world = new FakeBackend();
  world.files = new Map([["/p", null], ["/p/main.py", "print('main')\n"], ["/p/new.py", "1"], ["/p/lib", null], ["/p/lib/a.py", "2"]]);
  await start();
});

const short = (): string[] => (desk.sync.plan?.steps ?? []).map((step) => `${kindOf(step)} ${step.path}`);
const said = (): string[] => desk.messages.list.map((message) => message.text);
const lost = (): void => world.tell({ event: "connection", state: "lost", reason: { phrase: "lineClosed" } });
const back = (): void => world.tell({ event: "connection", state: "ready" });

describe("a plan", () => {
  test("is shown before anything happens", async () => {
    await desk.sync.begin("/p");
    expect(short()).toEqual(["new new.py", "new lib/a.py", "remove boot.py"]);
    expect(desk.sync.plan?.same).toBe(1);
    expect(world.board.files.has("/new.py")).toBe(false);
  });

  test("is a tree: every step below its folders, with how many there are of each kind", () => {
    const steps = [
      { step: "upload", path: "lib/b.py", size: 1, sha256: "", replaces: true },
      { step: "upload", path: "lib-old/x.py", size: 1, sha256: "", replaces: false },
      { step: "conflict", path: "lib/a.py", why: { phrase: "changedBoth" } },
      { step: "makeFolder", path: "data" },
    ] as const;
    expect(rowsOf(steps).map((row) => `${" ".repeat(row.depth)}${row.name}${row.folder ? "/" : ""}`)).toEqual(["data/", "lib/", " a.py", " b.py", "lib-old/", " x.py"]);
    expect(tally(steps)).toEqual({ new: 2, changed: 1, remove: 0, conflict: 1 });
  });

  test("is carried out, and then there is nothing left", async () => {
    await desk.sync.begin("/p");
    await desk.sync.apply();
    expect(world.board.files.get("/lib/a.py")).toBe("2");
    expect(world.board.files.has("/boot.py")).toBe(false);
    expect(said()[0]).toBe("The board is up to date: 3 changes.");
    expect(desk.sync.plan?.steps).toEqual([]);
  });

  test("takes the place of what is old where both do not fit, if the person agrees", async () => {
    world.board.tight = "/lib/a.py";
    await desk.sync.begin("/p");
    for (const agreed of [false, true]) {
      const applied = desk.sync.apply();
      await vi.waitFor(() => expect(desk.asker.pending?.items).toEqual(["/boot.py"]));
      desk.asker.answer(agreed ? { choice: "yes", text: "" } : null);
      await applied;
      expect(world.board.files.has("/lib/a.py")).toBe(agreed);
    }
    expect(world.calls.filter((call) => call.startsWith("applySync"))).toEqual(["applySync new.py lib/a.py boot.py", "applySync lib/a.py boot.py", "applySync in place lib/a.py boot.py"]);
  });

  test("as a whole that does not fit beside the old is offered file by file", async () => {
    world.board.tight = "/lib/a.py";
    desk.sync.whole = true;
    await desk.sync.begin("/p");
    const applied = desk.sync.apply();
    await vi.waitFor(() => expect(desk.asker.pending?.text).toContain("All at once needs room for both versions"));
    desk.asker.answer({ choice: "yes", text: "" });
    await applied;
    expect(world.calls.filter((call) => /^(deploy|applySync)/.test(call))).toEqual(["deploy new.py lib/a.py boot.py", "applySync in place new.py lib/a.py boot.py"]);
    expect(said()[0]).toBe("The board is up to date: 3 changes.");
  });

  test("that leaves conflicts says so", async () => {
    world.board.files.set("/new.py", "other");
    await desk.sync.begin("/p");
    await desk.sync.apply();
    expect(said()[0]).toBe("2 changes were made. 1 conflict was left alone.");
  });

  test("can be a deployment", async () => {
    desk.sync.whole = true;
    await desk.sync.begin("/p");
    await desk.sync.apply();
    expect(world.calls.find((call) => call.startsWith("deploy"))).toBeTruthy();
  });

  test("is what was chosen last, even while it was made", async () => {
    desk.sync.folder = "/p";
    const looked = desk.sync.look();
    expect(desk.sync.looking).toBe(true);
    desk.sync.removal = "never";
    desk.sync.forget();
    void desk.sync.look();
    await looked;
    expect(short()).toEqual(["new new.py", "new lib/a.py"]);
    expect(world.calls.filter((call) => call.startsWith("planSync"))).toEqual(["planSync /p / ours tell", "planSync /p / never tell"]);
  });

  test("goes below the folder of the board that is wanted", async () => {
    desk.sync.root = "/lib";
    await desk.sync.begin("/p");
    expect(world.calls.at(-1)).toBe("planSync /p /lib ours tell");
  });
});

describe("a conflict", () => {
  beforeEach(async () => {
    world.files.set("/p/main.py", "mine");
    desk.sync.removal = "never";
    await desk.sync.begin("/p");
  });

  test("is left alone unless the person says otherwise", async () => {
    expect(desk.sync.conflicts.map((step) => step.path)).toEqual(["main.py"]);
    expect(desk.sync.todo).toBe(2);
    await desk.sync.apply();
    expect(world.board.files.get("/main.py")).toBe("print('main')\n");
  });

  test("is decided for this computer", async () => {
    desk.sync.verdicts["main.py"] = "computer";
    expect(desk.sync.todo).toBe(3);
    await desk.sync.apply();
    expect(world.board.files.get("/main.py")).toBe("mine");
  });

  test("is decided for the board", async () => {
    desk.sync.verdicts["main.py"] = "board";
    await desk.sync.apply();
    expect(world.files.get("/p/main.py")).toBe("print('main')\n");
    expect(desk.sync.plan?.steps).toEqual([]);
  });
});

describe("an unplug in the middle", () => {
  test("leaves the rest to be done when the board is back", async () => {
    await desk.sync.begin("/p");
    const apply = world.linked.applySync.bind(world.linked);
    world.linked.applySync = async () => {
      world.tell({ event: "stage", path: "lib/a.py", done: 1, total: 3 });
      world.board.files.set("/new.py", "1");
      lost();
      throw new Failure("lost", "The board is gone.");
    };
    await desk.sync.apply();
    expect(desk.sync.interrupted).toEqual({ done: 1, total: 3 });
    world.linked.applySync = apply;
    back();
    await vi.waitFor(() => expect(short()).toEqual(["new lib/a.py", "remove boot.py"]));
    expect(desk.sync.interrupted).toEqual({ done: 1, total: 3 });
    await desk.sync.apply();
    expect(world.board.files.get("/lib/a.py")).toBe("2");
    expect(desk.sync.interrupted).toBe(null);
  });
});

describe("sending on save", () => {
  beforeEach(async () => {
    desk.sync.folder = "/p";
    await desk.sync.follow(true);
  });

  const save = (path: string, text: string): void => {
    world.files.set(path, text);
    world.touched("/p");
  };

  test("sends what was saved, and removes nothing", async () => {
    save("/p/new.py", "11");
    await vi.waitFor(() => expect(world.board.files.get("/new.py")).toBe("11"));
    expect(world.board.files.has("/boot.py")).toBe(true);
  });

  test("waits for a board that is at work, and for one that is gone", async () => {
    world.failure = new Failure("busy", "a program is running");
    save("/p/new.py", "2");
    await vi.waitFor(() => expect(desk.sync.waiting).toBe(true));
    expect(world.board.files.has("/new.py")).toBe(false);
    lost();
    save("/p/new.py", "3");
    back();
    await vi.waitFor(() => expect(world.board.files.get("/new.py")).toBe("3"));
    expect(said().some((text) => text.includes("a program is running"))).toBe(false);
  });

  /** From now on the board takes files only when the function that this answers is called. */
  function heldUp(): (failure?: Failure) => void {
    const apply = world.linked.applySync.bind(world.linked);
    let go: (failure?: Failure) => void = () => {};
    const gate = new Promise<Failure | undefined>((open) => (go = open));
    world.linked.applySync = async (...plan) => {
      const failure = await gate;
      world.linked.applySync = apply;
      if (failure) throw failure;
      await apply(...plan);
    };
    return go;
  }

  test("sends what is saved while it sends behind that, without a word about it", async () => {
    const go = heldUp();
    save("/p/new.py", "11");
    save("/p/new.py", "12");
    await vi.waitFor(() => expect(desk.work.title).not.toBe(null));
    save("/p/lib/a.py", "22");
    go();
    await vi.waitFor(() => expect(world.board.files.get("/lib/a.py")).toBe("22"));
    await vi.waitFor(() => expect(desk.sync.waiting).toBe(false));
    expect(said().filter((text) => text.includes("wait for its end"))).toEqual([]);
  });

  test("sends what is saved while something else is at work when that has ended", async () => {
    let ended = (): void => {};
    const work = desk.work.run("Copying", "Copied.", () => new Promise<void>((done) => (ended = done)));
    save("/p/new.py", "11");
    await vi.waitFor(() => expect(desk.sync.waiting).toBe(true));
    ended();
    await work;
    await vi.waitFor(() => expect(world.board.files.get("/new.py")).toBe("11"));
  });

  test("sends again what an unplug has stopped", async () => {
    const go = heldUp();
    save("/p/new.py", "11");
    await vi.waitFor(() => expect(desk.work.title).not.toBe(null));
    lost();
    go(new Failure("lost", "The board is gone."));
    await vi.waitFor(() => expect(desk.work.title).toBe(null));
    expect(world.board.files.has("/new.py")).toBe(false);
    back();
    await vi.waitFor(() => expect(world.board.files.get("/new.py")).toBe("11"));
  });

  test("tells why something could not be sent", async () => {
    world.failure = new Failure("here", "Could not read /p/new.py: it is locked.");
    save("/p/new.py", "2");
    await vi.waitFor(() => expect(said()[0]).toContain("it is locked"));
  });

  test("tells of a conflict and decides none", async () => {
    save("/p/main.py", "mine");
    await vi.waitFor(() => expect(said().some((text) => text.startsWith("main.py was changed on the board, too"))).toBe(true));
    expect(world.board.files.get("/main.py")).toBe("print('main')\n");
  });

  test("is still on after a restart", async () => {
    await desk.keep();
    world.watchers.clear();
    await start();
    expect([desk.sync.folder, desk.sync.following, world.watchers.has("/p")]).toEqual(["/p", true, true]);
    await desk.sync.follow(false);
    expect(world.watchers.has("/p")).toBe(false);
  });
});

test("what stays here is listed in a file that can be opened", async () => {
  desk.sync.folder = "/p";
  await desk.sync.ignores((path) => desk.open({ place: "computer", path }));
  expect(desk.documents.active?.home?.path).toBe("/p/.taipanignore");
  expect(world.files.get("/p/.taipanignore")).toContain(".gitignore");
});

describe("a backup", () => {
  beforeEach(async () => {
    world.chosenPath = "/home/me/board.zip";
    await desk.backup.save(new Date("2026-11-28T12:00:00Z"));
  });

  test("is made, and shown with what is in it", () => {
    expect(world.calls).toContain("backup / /home/me/board.zip");
    expect(desk.backup.files.map((node) => node.path)).toEqual(["boot.py", "main.py"]);
    expect(desk.backup.differing).toEqual([]);
  });

  test("is looked into: what differs is chosen", async () => {
    world.board.files.set("/main.py", "broken");
    world.board.files.delete("/boot.py");
    await desk.backup.open();
    expect(desk.backup.files.map((node) => desk.backup.comparison(node))).toEqual(["missing", "differs"]);
    expect([...desk.backup.chosen]).toEqual(["boot.py", "main.py"]);
  });

  test("puts back only what is chosen, after a question about what it replaces", async () => {
    world.board.files.set("/main.py", "broken");
    world.board.files.delete("/boot.py");
    await desk.backup.compare();
    const restored = desk.backup.restore();
    await vi.waitFor(() => expect(desk.asker.pending?.items).toEqual(["main.py"]));
    desk.asker.answer(null);
    await restored;
    expect(world.calls.some((call) => call.startsWith("restore"))).toBe(false);
    desk.backup.choose("main.py", false);
    await desk.backup.restore();
    expect(world.calls).toContain("restore /home/me/board.zip / boot.py");
  });

  test("asks about what was changed on the board since it was compared, too", async () => {
    world.board.files.delete("/main.py");
    await desk.backup.compare();
    world.board.files.set("/main.py", "written by the program since");
    const restored = desk.backup.restore();
    await vi.waitFor(() => expect(desk.asker.pending?.items).toEqual(["main.py"]));
    desk.asker.answer(null);
    await restored;
    expect(world.board.files.get("/main.py")).toBe("written by the program since");
  });

  test("of a folder that the board has not any more can be put back", async () => {
    world.linked.tree = async () => {
      throw new Failure("notFound", "/flash is not on the board.");
    };
    await desk.backup.compare();
    expect(desk.backup.differing).toHaveLength(2);
    await desk.backup.restore();
    expect(world.calls).toContain("restore /home/me/board.zip / boot.py main.py");
  });

  test("that is none says so", async () => {
    world.chosenPath = "/home/me/holiday.zip";
    await desk.backup.open();
    expect(said()[0]).toContain("no backup of a board");
    expect(desk.backup.path).toBe("/home/me/board.zip");
  });

  test("the traffic log is saved where the person wants", async () => {
    await desk.backup.saveTraffic();
    expect(world.calls.at(-1)).toBe("saveTraffic /home/me/board.zip");
  });
});

describe("unsaved work", () => {
  test("survives a desk that makes no sense: it is put aside", async () => {
    world.desk = "{ not JSON";
    await start();
    expect(world.calls).toContain("setDeskAside");
    expect(said().some((text) => text.includes("/data/desk-1.json"))).toBe(true);
  });

  test("tells when another program wrote the file of a draft meanwhile", async () => {
    await desk.open({ place: "computer", path: "/p/new.py" });
    if (desk.documents.active) desk.documents.active.content = toText("draft");
    await desk.keep();
    world.files.set("/p/new.py", "by another program");
    await start();
    expect(desk.documents.active?.text).toBe("draft");
    expect(said().some((text) => text.includes("another program wrote the file meanwhile"))).toBe(true);
    const saved = desk.save();
    await vi.waitFor(() => expect(desk.asker.pending?.items).toEqual(["/p/new.py"]));
    desk.asker.answer(null);
    expect(await saved).toBe(false);
    expect(world.files.get("/p/new.py")).toBe("by another program");
  });
});
