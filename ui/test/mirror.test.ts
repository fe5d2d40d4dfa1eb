// A text here and the same text behind the page stay the same, whatever fails between them.
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { afterEach, beforeEach, expect, test } from "vitest";
import { FakeTexts } from "../src/backend/fake";
import { Mirror } from "../src/editor/mirror";
import { Document } from "../src/state/documents.svelte";

let texts: FakeTexts;
let script: Document;
let mirror: Mirror;
let view: EditorView;

beforeEach(() => {
  texts = new FakeTexts();
  script = new Document("a.py", { place: "computer", path: "/a.py" }, "one\ntwo\n");
  mirror = new Mirror(texts, script);
  const watch = EditorView.updateListener.of((update) => {
    script.content = update.state.doc;
    if (update.docChanged) mirror.changed(update.changes);
  });
  view = new EditorView({ state: EditorState.create({ doc: script.content, extensions: watch }) });
});

afterEach(() => view.destroy());

const known = (): Promise<string | undefined> => mirror.ask(async (texts, id) => (texts as FakeTexts).sources.get(id));

test("a text is told when it is first asked about, and every change before the next question", async () => {
  expect(texts.sources.size).toBe(0);
  view.dispatch({ changes: { from: 0, insert: "zero\n" } });
  expect(await known()).toBe("zero\none\ntwo\n");
  view.dispatch({ changes: [{ from: 0, to: 5 }, { from: 9, to: 12, insert: "𝄞" }] });
  view.dispatch({ changes: { from: 0, insert: "# " } });
  expect(await known()).toBe("# one\n𝄞\n");
});

test("after a change that did not arrive the whole text is told again", async () => {
  await known();
  texts.edit = () => Promise.reject(new Error("no answer"));
  view.dispatch({ changes: { from: 0, insert: "lost " } });
  await known();
  expect(await known()).toBe("lost one\ntwo\n");
});

test("a text that has moved is told anew, and one that is closed is forgotten", async () => {
  const opened: (string | null)[] = [];
  const open = texts.open.bind(texts);
  texts.open = (id, path, source) => {
    opened.push(path);
    return open(id, path, source);
  };
  await known();
  script.home = { place: "board", path: "/b.py", board: "virtual" };
  await known();
  expect(opened).toEqual(["/a.py", null]);
  mirror.close();
  await known();
  expect(opened).toEqual(["/a.py", null, null]);
});
