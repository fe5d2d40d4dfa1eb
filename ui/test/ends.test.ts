// Lines keep the ends that they have in their file.
import { expect, test } from "vitest";
import { Document, toText } from "../src/state/documents.svelte";

const HOME = { place: "computer", path: "/a.txt" } as const;

/** What is saved of a file once its text is `now`. */
function saved(file: string, now: string): string {
  const document = new Document("a.txt", HOME, file);
  document.content = toText(now);
  return document.asFile(document.content);
}

test("each line keeps its own end, and a new one ends as that above it", () => {
  const file = "one\r\ntwo\nthree\r\n\nfive\rsix";
  const text = file.replace(/\r\n?/g, "\n");
  expect(saved(file, text)).toBe(file);
  expect(saved(file, `zero\n${text}`)).toBe(`zero\r\n${file}`);
  expect(saved(file, text.replace("two", "TWO"))).toBe("one\r\nTWO\nthree\r\n\nfive\rsix");
  expect(saved(file, text.replace("one\n", ""))).toBe("two\nthree\r\n\nfive\rsix");
  expect(saved(file, "1\none\ntwo\n2\nthree\nfive\nsix\nseven")).toBe("1\r\none\r\ntwo\n2\nthree\r\nfive\rsix\rseven");
  expect(saved(file, "")).toBe("");
});

test("where all end alike they go on so, and nothing is put at the end of a text", () => {
  expect(saved("a\r\nb", "a\nc\nb")).toBe("a\r\nc\r\nb");
  expect(saved("a\rb\r", "a\nb\n\n")).toBe("a\rb\r\r");
  expect(saved("a", "a\nb")).toBe("a\nb");
});

test("what was saved is what the next text is compared with", () => {
  const document = new Document("a.txt", HOME, "a\nb\r\n");
  expect(document.ends.name).toBe("mixed");
  document.content = toText("a\nc\nb\n");
  document.wasSaved(HOME, document.content, document.encoding);
  expect(document.asFile(document.saved)).toBe("a\nc\nb\r\n");
  document.content = toText("c\nb\n");
  expect(document.asFile(document.content)).toBe("c\nb\r\n");
  document.wasRewritten({ text: "c\r\nb\r\n", encoding: document.encoding });
  expect([document.ends.name, document.asFile(document.content)]).toEqual(["CRLF", "c\r\nb\r\n"]);
});

test("a long text of many different lines is put together at once", () => {
  const lines = Array.from({ length: 100_000 }, (_, index) => `line ${index}${index % 2 ? "\n" : "\r\n"}`);
  const file = lines.join("");
  expect(saved(file, `x${file.replaceAll("\r", "")}y`)).toBe(`x${file}y`);
});
