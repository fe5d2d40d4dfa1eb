// The line editor of the terminal "This computer": a child process reads a pipe, so somebody must echo and collect lines.

/** Characters that a terminal draws two cells wide, and those that it draws onto the one before. */
const WIDE = /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;
const NONE = /\p{M}|\u200d/u;

const cells = (character: string): number => (NONE.test(character) ? 0 : WIDE.test(character) ? 2 : 1);
/** Going back leads from the first column to the row above while mode 45 is set, which no program is to find. */
const [BACK_OVER_ROWS, BACK_IN_ROW] = ["\x1b[?45h", "\x1b[?45l"];

const rubbedOut = (text: string): string => (text ? BACK_OVER_ROWS + "\b \b".repeat([...text].reduce((sum, character) => sum + cells(character), 0)) + BACK_IN_ROW : "");

export class LineEditor {
  private line = "";

  /** Takes what was typed; returns what the terminal shows, what the program gets, and whether that was all that it ever gets (Ctrl-D). */
  take(typed: string): { echo: string; send: string; end: boolean } {
    let echo = "";
    let send = "";
    let end = false;
    for (const key of typed.replace(/\x1b(\[[0-9;]*[A-Za-z~]|O[A-Z])/g, "")) {
      if (key === "\r") {
        send += `${this.line}\n`;
        echo += "\r\n";
        this.line = "";
      } else if (key === "\x7f" || key === "\b") {
        const last = [...this.line].at(-1) ?? "";
        echo += rubbedOut(last);
        this.line = this.line.slice(0, this.line.length - last.length);
      } else if (key === "\x15") {
        echo += rubbedOut(this.line);
        this.line = "";
      } else if (key === "\x04") {
        // As in any terminal: what stands in the line is sent without its end; in an empty one it ends the input.
        end ||= this.line === "" && send === "";
        send += this.line;
        this.line = "";
      } else if (key >= " " || key === "\t") {
        this.line += key;
        echo += key;
      }
    }
    return { echo, send, end };
  }

  clear(): void {
    this.line = "";
  }
}
