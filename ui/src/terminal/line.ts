// The line editor of the terminal "This computer": a child process reads a pipe, so somebody must echo and collect lines.

export class LineEditor {
  private line = "";

  /** Takes what was typed; returns what the terminal shows and what the program gets. */
  take(typed: string): { echo: string; send: string } {
    let echo = "";
    let send = "";
    for (const key of typed.replace(/\x1b\[[0-9;]*[A-Za-z~]/g, "")) {
      if (key === "\r") {
        send += `${this.line}\n`;
        echo += "\r\n";
        this.line = "";
      } else if (key === "\x7f") {
        const last = [...this.line].at(-1);
        if (last) echo += "\b \b";
        this.line = this.line.slice(0, this.line.length - (last?.length ?? 0));
      } else if (key >= " ") {
        this.line += key;
        echo += key;
      }
    }
    return { echo, send };
  }

  clear(): void {
    this.line = "";
  }
}
