// How the editor behaves and looks. Colours are the page's own variables, so light and dark need nothing here.
import { autocompletion, closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, foldGutter, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension, type Text } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers, rectangularSelection } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { t } from "../messages/index.svelte";
import type { Settings } from "../state/settings.svelte";

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: "var(--syntax-keyword)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--syntax-string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--syntax-number)" },
  { tag: tags.comment, color: "var(--syntax-comment)", fontStyle: "italic" },
  { tag: [tags.function(tags.definition(tags.variableName)), tags.definition(tags.className)], color: "var(--syntax-definition)", fontWeight: "600" },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], color: "var(--syntax-call)" },
  { tag: [tags.className, tags.typeName], color: "var(--syntax-definition)" },
  { tag: tags.meta, color: "var(--syntax-call)" },
  { tag: tags.invalid, color: "var(--bad)" },
]);

const look = EditorView.theme({
  "&": { height: "100%", fontSize: "var(--editor-size, 14px)", backgroundColor: "var(--page)", color: "var(--text)" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6" },
  ".cm-content": { caretColor: "var(--accent)", padding: "10px 0" },
  ".cm-line": { padding: "0 12px 0 6px" },
  ".cm-gutters": { backgroundColor: "var(--page)", color: "var(--faint)", border: "none", paddingLeft: "8px" },
  ".cm-activeLine": { backgroundColor: "var(--line-active)" },
  ".cm-activeLineGutter": { backgroundColor: "transparent", color: "var(--text)" },
  "&.cm-focused .cm-cursor": { borderLeftColor: "var(--accent)", borderLeftWidth: "2px" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--selection)" },
  "&.cm-focused": { outline: "none" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { backgroundColor: "var(--selection)", outline: "none" },
  ".cm-panels": { backgroundColor: "var(--panel)", color: "var(--text)", borderColor: "var(--edge)" },
  ".cm-panel.cm-search": { padding: "6px 36px 6px 12px", fontFamily: "var(--sans)", fontSize: "13px" },
  ".cm-panel.cm-search label": { fontSize: "12.5px" },
  ".cm-panel.cm-search [name=close]": { top: "8px", right: "8px", width: "26px", height: "26px", fontSize: "18px", lineHeight: "1", color: "var(--soft)", borderRadius: "7px" },
  ".cm-panel.cm-search input[type=checkbox]": { verticalAlign: "-2px" },
  ".cm-textfield": { width: "12em", fontSize: "13px", fontFamily: "var(--mono)", padding: "4px 8px", borderRadius: "7px", border: "1px solid var(--edge)", backgroundColor: "var(--page)", color: "var(--text)" },
  ".cm-button": { fontSize: "13px", padding: "4px 10px", borderRadius: "7px", border: "1px solid var(--edge)", backgroundImage: "none", backgroundColor: "var(--raised)", color: "var(--text)" },
  ".cm-button:hover, .cm-button:active": { backgroundImage: "none", backgroundColor: "var(--hover)" },
  ".cm-selectionMatch": { backgroundColor: "var(--selection-faint)" },
  ".cm-foldGutter span": { color: "var(--faint)" },
});

/** What CodeMirror's own panels say. */
export const phrases = (): Record<string, string> => ({
  Find: t("find.find"),
  Replace: t("find.replace"),
  next: t("find.next"),
  previous: t("find.previous"),
  all: t("find.all"),
  "match case": t("find.case"),
  regexp: t("find.regexp"),
  "by word": t("find.word"),
  replace: t("find.replaceOne"),
  "replace all": t("find.replaceAll"),
  close: t("find.close"),
  "current match": t("find.current"),
  "on line": t("find.onLine"),
  "replaced match on line $": t("find.replacedOn", { line: "$" }),
  "replaced $ matches": t("find.replacedAll", { count: "$" }),
  "Go to line": t("find.goTo"),
  go: t("find.go"),
  "Fold line": t("editor.fold"),
  "Unfold line": t("editor.unfold"),
  "folded code": t("editor.folded"),
  unfold: t("editor.unfold"),
  "Folded lines": t("editor.foldedLines"),
  "Unfolded lines": t("editor.unfoldedLines"),
  to: t("editor.to"),
  Diagnostics: t("editor.problems"),
  "No diagnostics": t("editor.noFindings"),
  Completions: t("editor.offers"),
  "Control character": t("editor.control"),
  "Selection deleted": t("editor.deleted"),
});

/** What makes a text one of Python. */
export const pythonText = (): Extension => python();

/** What the settings say about the editor. */
export const preferences = (settings: Settings): Extension => [
  EditorState.phrases.of(phrases()),
  settings.get("lineNumbers") ? lineNumbers() : [],
  settings.get("wrapLines") ? EditorView.lineWrapping : [],
  settings.get("closeBrackets") ? closeBrackets() : [],
  settings.get("completeAsYouType") ? [] : autocompletion({ activateOnTyping: false }),
];

/** What a text is indented by: as its own lines are, so that tabs and spaces never meet in one. */
export function indentationOf(text: Text): string {
  const LOOKED_AT = 1000;
  let tabs = 0;
  let least = Infinity;
  for (const line of text.iterLines(1, Math.min(text.lines, LOOKED_AT) + 1)) {
    const [, tab, spaces] = /^(\t)|^( {2,})\S/.exec(line) ?? [];
    if (tab) tabs++;
    else if (spaces) [tabs, least] = [tabs - 1, Math.min(least, spaces.length)];
  }
  return tabs > 0 ? "\t" : " ".repeat(least <= 8 ? least : 4);
}

export const textEditor = (text: Text): Extension => [
  indentUnit.of(indentationOf(text)),
  foldGutter(),
  highlightSpecialChars(),
  history(),
  drawSelection(),
  rectangularSelection(),
  EditorState.allowMultipleSelections.of(true),
  EditorState.tabSize.of(4),
  indentOnInput(),
  bracketMatching(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  highlightSelectionMatches(),
  search({ top: true }),
  syntaxHighlighting(colours),
  look,
  EditorView.contentAttributes.of({ "aria-label": t("editor.label"), spellcheck: "false", tabindex: "0" }),
  // Escape, then Tab, leaves the editor: CodeMirror's own way out for people without a mouse.
  keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, indentWithTab]),
];
