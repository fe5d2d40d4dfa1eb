// Generated from app/board/src/model.rs by `cargo xtask generate`: change that file, not this one.

export type Target = { "kind": "serial", 
/**
 * The system's name of the port: `/dev/ttyACM0`, `COM3`.
 */
port: string, 
/**
 * Bits per second; 115200 unless told. USB boards ignore it.
 */
baud: number, } | { "kind": "tcp", 
/**
 * `host:port`.
 */
address: string, } | { "kind": "virtual", 
/**
 * The program `taipan`; empty means: beside this program, then in PATH.
 */
program: string, 
/**
 * The file that is its flash; created if missing.
 */
image: string, };

export type Connection = { "state": "disconnected" } | { "state": "connecting", 
/**
 * Where.
 */
target: Target, } | { "state": "ready" } | { "state": "running", 
/**
 * Its name, or "a program" for one that was running before, or was typed at the prompt.
 */
what: string, } | { "state": "busy", 
/**
 * What is being done: "saving /main.py".
 */
what: string, } | { "state": "lost", 
/**
 * A clause: "the cable was pulled out".
 */
reason: string, };

export type Identity = { 
/**
 * "MicroPython v1.28.0 on 2026-01-05", "Taipan 0.1.0"…
 */
firmware: string, 
/**
 * "Raspberry Pi Pico with RP2040"; empty if the banner was not understood.
 */
machine: string, };

export type Event = { "event": "connection" } & Connection | { "event": "identity" } & Identity | { "event": "terminal", 
/**
 * As they came from the board; a UTF-8 character may be cut between two events.
 */
bytes: Array<number>, } | { "event": "skipped", 
/**
 * How many.
 */
count: number, } | { "event": "runStarted", 
/**
 * As given in the request.
 */
name: string, } | { "event": "runEnded", 
/**
 * As given in the request.
 */
name: string, 
/**
 * How.
 */
outcome: Outcome, } | { "event": "progress" } & Progress | { "event": "stage" } & Stage | { "event": "hardware" } & Hardware;

export type Outcome = { "how": "finished" } | { "how": "raised", 
/**
 * Where, and what.
 */
traceback: Traceback, } | { "how": "interrupted" } | { "how": "lost", 
/**
 * A clause: "the cable was pulled out".
 */
reason: string, };

export type Traceback = { 
/**
 * From the module down to where it was raised.
 */
frames: Array<Frame>, 
/**
 * `ValueError`.
 */
exception: string, 
/**
 * What stands after the colon; may be empty.
 */
message: string, };

export type Frame = { 
/**
 * The file on the board; the name given to the run in place of `<stdin>`.
 */
file: string, 
/**
 * Counted from 1.
 */
line: number, 
/**
 * The function, `<module>` at top level; empty where the board does not tell.
 */
function: string, };

export type Progress = { 
/**
 * The file on the board.
 */
path: string, 
/**
 * Bytes that the board has acknowledged, or sent.
 */
done: number, 
/**
 * Bytes in all.
 */
total: number, };

export type Stage = { 
/**
 * The file that is next.
 */
path: string, 
/**
 * How many are done.
 */
done: number, 
/**
 * How many there are.
 */
total: number, };

export type Entry = { 
/**
 * The last part of the path.
 */
name: string, 
/**
 * File or folder.
 */
kind: EntryKind, 
/**
 * Bytes; 0 for a folder.
 */
size: number, };

export type Node = { 
/**
 * The path below the folder, with slashes.
 */
path: string, 
/**
 * File or folder.
 */
kind: EntryKind, 
/**
 * Bytes; 0 for a folder.
 */
size: number, 
/**
 * The SHA-256 of a file, as 64 hexadecimal digits, if it was asked for and the board can tell.
 */
sha256: string | null, };

export type EntryKind = "file" | "folder";

export type Properties = { 
/**
 * File or folder.
 */
kind: EntryKind, 
/**
 * Bytes; 0 for a folder.
 */
size: number, 
/**
 * When it was changed, by the board's clock, in seconds since 1970; none where the board keeps no times.
 */
modified: number | null, };

export type Space = { 
/**
 * Bytes in all.
 */
total: number, 
/**
 * Bytes free.
 */
free: number, };

export type Variable = { 
/**
 * The name.
 */
name: string, 
/**
 * The name of its value's type.
 */
kind: string, 
/**
 * Its value as the board writes it, or how it begins.
 */
value: string, };

export type Port = { 
/**
 * The system's name: `/dev/ttyACM0`, `COM3`.
 */
name: string, 
/**
 * For people: "Raspberry Pi Pico (MicroPython)".
 */
label: string, 
/**
 * What it most likely is.
 */
guess: Guess, 
/**
 * What USB tells, if it is on USB.
 */
usb: Usb | null, };

export type Guess = "board" | "bridge" | "unknown";

export type Usb = { 
/**
 * The vendor's number.
 */
vendor: number, 
/**
 * The product's number.
 */
product: number, 
/**
 * The serial number: the same board at another port keeps it.
 */
serial: string | null, 
/**
 * "MicroPython", "Raspberry Pi".
 */
manufacturer: string | null, 
/**
 * "Board in FS mode".
 */
description: string | null, };

export type Hardware = { 
/**
 * Counted from 1.
 */
led: number, 
/**
 * Is it lit?
 */
on: boolean, } | { 
/**
 * `A0`, `X1`.
 */
pin: string, 
/**
 * Its level, or what it measures.
 */
value: number, } | Record<string, unknown>;

export type Touch = { 
/**
 * Is it pressed?
 */
switch: boolean, } | { 
/**
 * `X1`.
 */
pin: string, 
/**
 * The level.
 */
value: number, };

export type Start = "fresh" | "keep";

export type SyncOptions = { 
/**
 * What is removed from the board.
 */
removal: Removal, 
/**
 * Who wins a conflict.
 */
conflicts: Conflicts, };

export type Removal = "never" | "ours" | "all";

export type Conflicts = "tell" | "overwrite";

export type SyncStep = { "step": "makeFolder", path: string, } | { "step": "upload", path: string, size: number, sha256: string, 
/**
 * Is there an old one, which will be replaced?
 */
replaces: boolean, } | { "step": "remove", path: string, kind: EntryKind, } | { "step": "conflict", path: string, why: string, };

export type SyncPlan = { 
/**
 * In this order.
 */
steps: Array<SyncStep>, 
/**
 * How many files are the same on both sides.
 */
same: number, 
/**
 * Their SHA-256 by path, to be remembered.
 */
known: Record<string, string>, };

export type Offer = { 
/**
 * Its name.
 */
name: string, 
/**
 * The newest version.
 */
version: string, 
/**
 * All versions as source, newest first.
 */
versions: Array<string>, 
/**
 * What it does, in its author's words.
 */
description: string, 
/**
 * Who wrote it; may be empty.
 */
author: string, 
/**
 * On which terms; may be empty.
 */
licence: string, };

export type Wanted = { 
/**
 * A name in the index, `github:USER/REPOSITORY`, `gitlab:…`, or an address.
 */
name: string, 
/**
 * A version, branch or tag; the newest if empty.
 */
version: string, 
/**
 * Source even where the index has bytecode that the board runs.
 */
source: boolean, };

export type Installed = { 
/**
 * As it was asked for.
 */
name: string, 
/**
 * Its version; empty if it has none.
 */
version: string, 
/**
 * Somebody asked for it; without that it is here because others need it.
 */
asked: boolean, 
/**
 * The packages that it needs.
 */
needs: Array<string>, 
/**
 * Its files.
 */
files: Array<Owned>, };

export type Owned = { 
/**
 * Below the folder of libraries.
 */
path: string, 
/**
 * Its SHA-256 as it was installed.
 */
sha256: string, };

export type Change = { 
/**
 * Packages with versions, in the order in which they were dealt with.
 */
packages: Array<string>, 
/**
 * Files that were written, or removed.
 */
files: Array<string>, 
/**
 * Files that stay as they are: unchanged ones of an installation, and those of a removal that somebody changed.
 */
kept: Array<string>, };

export type CopyWay = "toBoard" | "toComputer";

export type CopyPlan = { 
/**
 * Which way.
 */
way: CopyWay, 
/**
 * Folders to be made, outer ones first.
 */
folders: Array<string>, 
/**
 * Every file.
 */
files: Array<CopyFile>, 
/**
 * How much more room than now the files need on the board; 0 for the other way.
 */
needed: number, 
/**
 * The room that the board has, if it can tell.
 */
free: number | null, };

export type CopyFile = { 
/**
 * Where it is.
 */
from: string, 
/**
 * Where it will be.
 */
to: string, 
/**
 * Its bytes.
 */
size: number, 
/**
 * What is there already.
 */
old: CopyOld | null, };

export type CopyOld = { 
/**
 * Its bytes.
 */
size: number, 
/**
 * Has it the same content? Then nothing is copied.
 */
same: boolean, 
/**
 * When the file on this computer was changed, in seconds since 1970.
 */
modified: number | null, };

export type Manifest = { 
/**
 * 1.
 */
format: number, 
/**
 * The firmware that the board ran.
 */
firmware: string, 
/**
 * The board.
 */
machine: string, 
/**
 * The number of the very board; may be empty.
 */
id: string, 
/**
 * The folder of the board that was saved.
 */
root: string, 
/**
 * Everything below it.
 */
files: Array<Node>, };

export type Wish = { 
/**
 * The firmware file.
 */
file: string, 
/**
 * Where the first byte of a bare file belongs.
 */
address: number | null, 
/**
 * Where the board's files are saved before anything else; nothing to leave them alone.
 */
archive: string | null, 
/**
 * Where an earlier try saved them: what is put back if this one finds the board in its loader already.
 */
saved: string | null, 
/**
 * Whether they are put back afterwards.
 */
restore: boolean, 
/**
 * Which loader, if several wait.
 */
serial: string | null, };

export type UpdateStage = "check" | "backup" | "enter" | "compare" | "erase" | "write" | "verify" | "start" | "return" | "restore";

export type Moved = { 
/**
 * The step.
 */
stage: UpdateStage, 
/**
 * Done of it; bytes, or files.
 */
done: number, 
/**
 * To do in it; 0 if nobody knows.
 */
total: number, 
/**
 * A file, a loader, a version: what it is about.
 */
about: string, };

export type Renewed = { 
/**
 * The firmware that the board ran before; empty if it was not asked.
 */
before: string, 
/**
 * What it says it runs now; empty if it is not back at a prompt, as a program of one's own may never be.
 */
after: string, 
/**
 * The version that the file says it has; empty if it does not say.
 */
wanted?: string, 
/**
 * Whether that is what runs now; nothing if the board or the file does not say.
 */
isWanted?: boolean, 
/**
 * Where its files are saved.
 */
archive: string | null, 
/**
 * How many files were put back.
 */
restored: number, };

export type Request = { "request": "attach", target: Target, } | { "request": "detach" } | { "request": "type", bytes: Array<number>, } | { "request": "run", name: string, source: string, start: Start, } | { "request": "stop" } | { "request": "softReset" } | { "request": "list", path: string, } | { "request": "read", path: string, } | { "request": "write", path: string, data: Array<number>, } | { "request": "replace", path: string, data: Array<number>, } | { "request": "tree", path: string, hashed: boolean, } | { "request": "makeFolder", path: string, } | { "request": "remove", path: string, } | { "request": "removeAll", path: string, } | { "request": "rename", from: string, to: string, } | { "request": "home" } | { "request": "properties", path: string, } | { "request": "space", path: string, } | { "request": "variables" } | { "request": "hash", path: string, } | { "request": "planSync", folder: string, root: string, options: SyncOptions, } | { "request": "applySync", folder: string, root: string, plan: SyncPlan, } | { "request": "deploy", folder: string, root: string, plan: SyncPlan, } | { "request": "backup", root: string, archive: string, } | { "request": "lookInto", archive: string, } | { "request": "readArchived", archive: string, path: string, } | { "request": "restore", archive: string, root: string, only: Array<string> | null, } | { "request": "planToBoard", from: Array<string>, to: string, } | { "request": "planToComputer", from: Array<string>, to: string, } | { "request": "copy", plan: CopyPlan, } | { "request": "offeredPackages", index: string, } | { "request": "packages" } | { "request": "installPackage", index: string, wanted: Wanted, } | { "request": "removePackage", name: string, } | { "request": "reset" } | { "request": "bootloader" } | { "request": "cancel" } | { "request": "traffic" } | { "request": "touch", touch: Touch, } | { "request": "state" };

export type Reply = { "reply": "done" } | { "reply": "entries", entries: Array<Entry>, } | { "reply": "tree", nodes: Array<Node>, } | { "reply": "plan", plan: SyncPlan, } | { "reply": "copyPlan", plan: CopyPlan, } | { "reply": "manifest", manifest: Manifest, } | { "reply": "path", path: string, } | { "reply": "properties", properties: Properties, } | { "reply": "text", text: string, } | { "reply": "data", bytes: Array<number>, } | { "reply": "space", space: Space, } | { "reply": "variables", variables: Array<Variable>, } | { "reply": "hash", sha256: string, } | { "reply": "offers", offers: Array<Offer>, } | { "reply": "packages", packages: Array<Installed>, } | { "reply": "changed", change: Change, } | { "reply": "state", connection: Connection, identity: Identity | null, };

export type Problem = { 
/**
 * What happened, to what, what to do.
 */
message: string, 
/**
 * The choice for the program.
 */
error: BoardError, };

export type BoardError = { "kind": "notAttached" } | { "kind": "open", target: string, reason: string, } | { "kind": "permission", target: string, } | { "kind": "virtual", program: string, reason: string, } | { "kind": "lost", reason: string, } | { "kind": "busy", what: string, } | { "kind": "typing" } | { "kind": "silent", doing: string, seconds: number, } | { "kind": "garbled", doing: string, got: string, } | { "kind": "stubborn" } | { "kind": "cancelled", what: string, } | { "kind": "notFound", path: string, } | { "kind": "exists", path: string, } | { "kind": "notEmpty", path: string, } | { "kind": "wrongKind", path: string, } | { "kind": "readOnly", path: string, } | { "kind": "noSpace", path: string, needed: number, free: number, 
/**
 * Would it fit if the old file went first?
 */
in_place: boolean, } | { "kind": "damaged", path: string, } | { "kind": "here", doing: string, path: string, reason: string, } | { "kind": "conflict", path: string, why: string, } | { "kind": "unreachable", address: string, reason: string, } | { "kind": "noPackage", name: string, place: string, } | { "kind": "badPackage", name: string, what: string, } | { "kind": "otherBytecode", path: string, found: number, wanted: number, } | { "kind": "notInstalled", name: string, } | { "kind": "needed", name: string, by: string, } | { "kind": "unsupported", what: string, } | { "kind": "raised", doing: string, exception: string, };
