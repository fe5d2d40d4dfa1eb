// Completion, documentation, signatures and findings in the editor. What they say comes from the program; here it is shown.
import { acceptCompletion, autocompletion, completionStatus, moveCompletionSelection, selectedCompletion, type Completion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { linter, lintGutter, lintKeymap, type Diagnostic } from "@codemirror/lint";
import { Prec, StateEffect, StateField, type Extension } from "@codemirror/state";
import { EditorView, hoverTooltip, keymap, showTooltip, tooltips, ViewPlugin, type Command, type Rect, type Tooltip, type ViewUpdate } from "@codemirror/view";
import type { Diagnostic as Found, Severity, Signature } from "../backend/backend";
import { keyOf } from "../commands";
import { t, worded } from "../messages/index.svelte";
import type { Mirror } from "./mirror";

const FINDINGS_PAUSE_MS = 400;
const SIGNATURE_PAUSE_MS = 60;
const WORD = /^[\p{L}\p{N}_]*$/u;
const WORD_BEFORE = /[\p{L}\p{N}_]*$/u;

/** Text from the program as a page's element: it is shown as it is, never as HTML. */
function note(text: string, kind: string): HTMLElement {
  const element = document.createElement("div");
  element.className = kind;
  element.textContent = text;
  return element;
}

const completion =
  (mirror: Mirror) =>
  async (context: CompletionContext): Promise<CompletionResult | null> => {
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    const word = WORD_BEFORE.exec(before)?.[0] ?? "";
    const afterDot = before.slice(0, before.length - word.length).endsWith(".");
    if (!context.explicit && !afterDot && (word === "" || /^\d/.test(word))) return null;
    const found = await mirror.ask((texts, id) => texts.complete(id, context.pos));
    if (!found || context.aborted || found.items.length === 0) return null;
    const options = found.items.map(
      ({ label, kind }, index): Completion => ({
        label,
        type: kind,
        boost: Math.max(-99, -index / 10),
        // Asked for only when it is looked at: a list has a thousand names.
        info: async () => {
          const text = await mirror.ask((texts, id) => texts.document(id, context.pos, label));
          return text ? note(text, "cm-note") : null;
        },
      }),
    );
    return { from: found.from, options, validFor: WORD };
  };

/** Tab takes what is chosen in the list, and the first if nothing is. Enter stays Enter until one is chosen. */
const takeCompletion: Command = (view) => {
  if (completionStatus(view.state) !== "active") return false;
  if (!selectedCompletion(view.state)) moveCompletionSelection(true)(view);
  return acceptCompletion(view);
};

const SEVERITIES: Record<Severity, Diagnostic["severity"]> = { error: "error", warning: "warning", hint: "hint" };

/** What only the board knows, and the page does. */
export type Around = {
  /** Whether the board that the text is for has no such module, as far as that can be told. */
  lacks(module: string): Promise<boolean>;
  /** Whether programs on this computer have it. */
  isHere(module: string): Promise<boolean>;
  /** Shows what packages there are of that name. */
  findPackage(name: string): void;
};

/** The board may have other modules now. */
export const modulesChanged = StateEffect.define<null>();

/** How a finding is shown; null if it is none after all. */
async function judge(it: Found, around: Around): Promise<Pick<Diagnostic, "severity" | "message" | "actions"> | null> {
  const plain = { severity: SEVERITIES[it.severity], message: worded(it) };
  if (it.error.kind !== "unknownModule") return plain;
  const { name } = it.error;
  if (!(await around.lacks(name))) return null;
  if (await around.isHere(name)) return { severity: "hint", message: t("editor.onlyHere", { name, key: keyOf("run.here") }) };
  return { ...plain, actions: [{ name: t("editor.findPackage"), apply: () => around.findPackage(name) }] };
}

const findings = (mirror: Mirror, around: Around): Extension => [
  linter(
    async (view) => {
      const found = await mirror.ask((texts, id) => texts.diagnose(id));
      const shown = await Promise.all(found.map((it) => judge(it, around)));
      const end = view.state.doc.length;
      const clip = (place: number): number => Math.min(place, end);
      return found.flatMap(({ span }, index) => (shown[index] ? [{ from: clip(span.from), to: clip(span.to), ...shown[index] }] : []));
    },
    { delay: FINDINGS_PAUSE_MS, needsRefresh: (update) => update.transactions.some((one) => one.effects.some((effect) => effect.is(modulesChanged))) },
  ),
  lintGutter(),
];

const documentation = (mirror: Mirror): Extension =>
  hoverTooltip(async (_view, pos) => {
    const found = await mirror.ask((texts, id) => texts.hover(id, pos));
    if (!found) return null;
    return { pos: found.span.from, end: found.span.to, above: true, create: () => ({ dom: note(found.text, "cm-note") }) };
  });

const setSignature = StateEffect.define<Tooltip | null>();

/** The call around the caret, shown above it. */
const shownSignature = StateField.define<Tooltip | null>({
  create: () => null,
  update(shown, transaction) {
    for (const effect of transaction.effects) if (effect.is(setSignature)) return effect.value;
    return shown && transaction.docChanged ? { ...shown, pos: transaction.changes.mapPos(shown.pos) } : shown;
  },
  provide: (field) => showTooltip.from(field),
});

function signatureNote({ label, active, documentation }: Signature): HTMLElement {
  const element = note("", "cm-note");
  const head = element.appendChild(document.createElement("div"));
  const from = active?.from ?? label.length;
  const to = active?.to ?? label.length;
  head.append(label.slice(0, from));
  const parameter = head.appendChild(document.createElement("strong"));
  parameter.textContent = label.slice(from, to);
  head.append(label.slice(to));
  if (documentation) element.append(note(documentation, "cm-note-text"));
  return element;
}

const signatures = (mirror: Mirror): Extension => [
  shownSignature,
  ViewPlugin.define((view) => {
    let timer = 0;
    const look = async (): Promise<void> => {
      const pos = view.state.selection.main.head;
      const found = await mirror.ask((texts, id) => texts.signature(id, pos));
      // The caret may have moved while the answer was under way: then another question is.
      if (pos !== view.state.selection.main.head || (!found && !view.state.field(shownSignature, false))) return;
      const tooltip: Tooltip | null = found && { pos, above: true, create: () => ({ dom: signatureNote(found) }) };
      view.dispatch({ effects: setSignature.of(tooltip) });
    };
    return {
      update(update: ViewUpdate) {
        if (!update.docChanged && !(update.selectionSet && update.state.field(shownSignature))) return;
        clearTimeout(timer);
        timer = window.setTimeout(() => void look(), SIGNATURE_PAUSE_MS);
      },
      destroy: () => clearTimeout(timer),
    };
  }),
  keymap.of([
    {
      key: "Escape",
      run: (view) => {
        if (!view.state.field(shownSignature)) return false;
        view.dispatch({ effects: setSignature.of(null) });
        return true;
      },
    },
  ]),
];

/** Documentation stands beside the list or, where that is too narrow, beyond it as seen from the line: never over what is offered. */
function placeInfo(view: EditorView, list: Rect, option: Rect, info: Rect, space: Rect): { style: string; class: string } {
  const [narrowest, widest, lowest] = [200, 400, 48];
  const room = { left: list.left - space.left, right: space.right - list.right };
  const wanted = Math.min(info.right - info.left, narrowest);
  const side = room.right >= wanted || room.right >= room.left ? "right" : "left";
  if (room[side] >= wanted) {
    const top = Math.max(space.top, Math.min(option.top, space.bottom - (info.bottom - info.top))) - list.top;
    return { class: `cm-completionInfo-${side}`, style: `top: ${top}px; max-width: ${Math.min(widest, room[side])}px` };
  }
  const caret = view.coordsAtPos(view.state.selection.main.head);
  const above = caret !== null && list.bottom <= caret.bottom;
  const high = Math.max(lowest, above ? list.top - space.top : space.bottom - list.bottom);
  return { class: "", style: `${above ? "bottom" : "top"}: 100%; left: 0; max-width: ${space.right - list.left}px; max-height: ${high}px; overflow: auto` };
}

const look = EditorView.theme({
  ".cm-tooltip": { backgroundColor: "var(--raised)", color: "var(--text)", border: "1px solid var(--edge)", borderRadius: "6px", boxShadow: "var(--shade)" },
  ".cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", maxHeight: "14em" },
  ".cm-tooltip-autocomplete > ul > li": { padding: "2px 8px" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--on-accent)" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-note": { maxWidth: "44em", padding: "6px 10px", whiteSpace: "pre-wrap", fontFamily: "var(--mono)", fontSize: "12.5px" },
  ".cm-note-text": { marginTop: "4px", color: "var(--soft)" },
  ".cm-lintRange-hint": { opacity: "0.6" },
  ".cm-diagnostic": { fontFamily: "var(--sans)", padding: "4px 10px" },
});

/** All of it, for one document. */
export const intelligence = (mirror: Mirror, around: Around): Extension => [
  // What would be cut off by the editor's edge goes to the other side of its line.
  tooltips({ tooltipSpace: (view) => view.dom.getBoundingClientRect() }),
  // Nothing is chosen by itself, so no key can take an offer that came a moment ago by accident.
  autocompletion({ override: [completion(mirror)], selectOnOpen: false, interactionDelay: 0, icons: true, positionInfo: placeInfo }),
  Prec.high(keymap.of([{ key: "Tab", run: takeCompletion }])),
  keymap.of(lintKeymap),
  findings(mirror, around),
  documentation(mirror),
  signatures(mirror),
  EditorView.updateListener.of((update) => {
    if (update.docChanged) mirror.changed(update.changes);
  }),
  look,
];
