// Opens the page: in the program with the real world behind it, in a browser with one in memory.
import { mount } from "svelte";
import App from "./App.svelte";
import type { Backend } from "./backend/backend";
import { TauriBackend } from "./backend/tauri";
import { speak } from "./messages/index.svelte";
import { Desk } from "./state/desk.svelte";
import "./style.css";

const inProgram = "__TAURI_INTERNALS__" in window;
const backend: Backend = inProgram ? new TauriBackend() : new (await import("./backend/fake")).FakeBackend();
// A system without a language calls it "C", which is no language's name: libraries that format numbers by it would not load.
try {
  Intl.getCanonicalLocales(navigator.language);
} catch {
  Object.defineProperty(navigator, "language", { value: "en" });
}
document.documentElement.lang = "en";
await speak("system");
const desk = new Desk(backend);
// For tests in the real window: they read terminals by their buffer, not by what the page happens to show.
Object.assign(window, { taipan: desk });
mount(App, { target: document.getElementById("app") as HTMLElement, props: { desk } });
