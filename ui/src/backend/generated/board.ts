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

export type Doing = { "phrase": "prompt" } | { "phrase": "sending" } | { "phrase": "resetting" } | { "phrase": "abilities" } | { "phrase": "listing", path: string, } | { "phrase": "comparing", path: string, } | { "phrase": "reading", path: string, } | { "phrase": "saving", path: string, } | { "phrase": "makingFolder", path: string, } | { "phrase": "removing", path: string, } | { "phrase": "renaming", path: string, } | { "phrase": "hashing", path: string, } | { "phrase": "looking", path: string, } | { "phrase": "room", path: string, } | { "phrase": "variables" } | { "phrase": "modules" } | { "phrase": "identity" } | { "phrase": "libraries" } | { "phrase": "home" } | { "phrase": "switching" } | { "phrase": "backingUp" } | { "phrase": "restoring" } | { "phrase": "updating" } | { "phrase": "copying" } | { "phrase": "installing", name: string, };

export type Reason = { "phrase": "system", words: string, } | { "phrase": "notThere" } | { "phrase": "notAllowed" } | { "phrase": "exists", path: string, } | { "phrase": "nameTaken" } | { "phrase": "nameTooLong" } | { "phrase": "diskReadOnly" } | { "phrase": "diskFull" } | { "phrase": "noPort" } | { "phrase": "inUse" } | { "phrase": "takenBy", program: string, pid: number, } | { "phrase": "waiting", program: string, } | { "phrase": "noAddress" } | { "phrase": "nobodyListens" } | { "phrase": "noAnswer", seconds: number, } | { "phrase": "lineClosed" } | { "phrase": "lineBroke", words: string, } | { "phrase": "letGo" } | { "phrase": "notReady", seconds: number, } | { "phrase": "stopped", words: string, } | { "phrase": "folderHere" } | { "phrase": "folderThere" } | { "phrase": "changedThere" } | { "phrase": "changedBoth" } | { "phrase": "otherThere" } | { "phrase": "removedHere" } | { "phrase": "badName" } | { "phrase": "nameNoText" } | { "phrase": "nameCutsLines" } | { "phrase": "noFolder" } | { "phrase": "noFile" } | { "phrase": "outdated" } | { "phrase": "noBackup" } | { "phrase": "notInArchive", path: string, } | { "phrase": "inArchive", path: string, words: string, } | { "phrase": "noHost", host: string, } | { "phrase": "answered", code: number, } | { "phrase": "noIndex" } | { "phrase": "manyNeeds", count: number, } | { "phrase": "noHash", path: string, hash: string, } | { "phrase": "otherHash", path: string, hash: string, } | { "phrase": "nothingAt", address: string, } | { "phrase": "outside", path: string, } | { "phrase": "noRepository" } | { "phrase": "noDescription", words: string, } | { "phrase": "twoContents", address: string, } | { "phrase": "empty" } | { "phrase": "wrongChecksum" } | { "phrase": "endMissing" } | { "phrase": "malformed", at: number, } | { "phrase": "notAsNamed", form: string, } | { "phrase": "noText", at: number, } | { "phrase": "badRecord", number: number, } | { "phrase": "behindEnd", number: number, } | { "phrase": "badBlock", number: number, } | { "phrase": "blocksMissing", found: number, total: number, } | { "phrase": "otherChips", chips: string, } | { "phrase": "otherMemories", memories: string, } | { "phrase": "noProgram" } | { "phrase": "noFlash", address: string, } | { "phrase": "protected", address: string, } | { "phrase": "straddles", address: string, } | { "phrase": "startless", address: string, } | { "phrase": "tooManySectors" } | { "phrase": "notForIt" } | { "phrase": "notTrusted" } | { "phrase": "notItsPlaces" } | { "phrase": "readProtected" } | { "phrase": "flashWornOut" } | { "phrase": "wasReset" } | { "phrase": "notTaken" };

export type Held = "tell" | "wait" | "take";

export type Connection = { "state": "disconnected" } | { "state": "connecting", 
/**
 * Where.
 */
target: Target, } | { "state": "ready" } | { "state": "running", 
/**
 * Its name; none for one that was running before, or was typed at the prompt.
 */
program: string | null, } | { "state": "busy", 
/**
 * What is being done.
 */
doing: Doing, } | { "state": "lost", 
/**
 * Why, as far as it is known.
 */
reason: Reason, };

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
traceback: Traceback, } | { "how": "interrupted" } | { "how": "restarted" } | { "how": "lost", 
/**
 * Why, as far as it is known.
 */
reason: Reason, };

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
 * Its value as the board writes it, or how it begins; nothing if that takes the board too long.
 */
value: string | null, };

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
description: string | null, 
/**
 * Where it is plugged in, as the system counts: the same hub's same socket keeps it. Only Linux says so.
 */
location: string | null, };

export type Hardware = { 
/**
 * Counted from 1.
 */
led: number, 
/**
 * Is it lit?
 */
on: boolean, 
/**
 * How bright, 0 to 255, where it can be dimmed.
 */
intensity: number | null, } | { 
/**
 * `A0`, `X1`.
 */
pin: string, 
/**
 * Its level.
 */
value: number, 
/**
 * Whether the program drives it.
 */
output: boolean, 
/**
 * The voltage at a pin of the converters.
 */
millivolts: number | null, 
/**
 * Periods in a second, where a timer gives pulses.
 */
hertz: number | null, 
/**
 * How much of those is high, 0 to 1.
 */
duty: number | null, } | { 
/**
 * The pull along x, y and z, -32 to 31: 21 is the earth's.
 */
accel: [number, number, number], } | { 
/**
 * What a program reaches it by: `I2C(1)`, `LCD('X')`.
 */
screen: string, 
/**
 * What it is: `SSD1306`.
 */
kind: string, 
/**
 * Dots of a row.
 */
width: number, 
/**
 * Rows.
 */
height: number, 
/**
 * Is it switched on?
 */
on: boolean, 
/**
 * How bright it is, or the light behind it, 0 to 255.
 */
light: number, 
/**
 * Eight dots a byte, in hexadecimal digits: the first in the highest bit, row behind row.
 */
dots: string, } | { 
/**
 * The pin.
 */
strip: string, 
/**
 * Six hexadecimal digits for each: red, green, blue.
 */
colours: Array<string>, } | Record<string, unknown>;

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
value: number, } | { 
/**
 * `X19`.
 */
pin: string, 
/**
 * 0 to 3300.
 */
millivolts: number, } | { 
/**
 * The pull along x, y and z, -32 to 31: 21 is the earth's.
 */
accel: [number, number, number], };

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
replaces: boolean, } | { "step": "remove", path: string, kind: EntryKind, } | { "step": "conflict", path: string, why: Reason, };

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

export type Request = { "request": "attach", target: Target, held: Held, } | { "request": "detach" } | { "request": "type", bytes: Array<number>, } | { "request": "paste", text: string, } | { "request": "run", name: string, source: string, start: Start, } | { "request": "stop" } | { "request": "softReset" } | { "request": "list", path: string, } | { "request": "read", path: string, } | { "request": "write", path: string, data: Array<number>, } | { "request": "replace", path: string, data: Array<number>, } | { "request": "tree", path: string, hashed: boolean, } | { "request": "makeFolder", path: string, } | { "request": "remove", path: string, } | { "request": "removeAll", path: string, } | { "request": "rename", from: string, to: string, } | { "request": "home" } | { "request": "properties", path: string, } | { "request": "space", path: string, } | { "request": "variables", again: boolean, } | { "request": "modules" } | { "request": "hash", path: string, } | { "request": "planSync", folder: string, root: string, options: SyncOptions, } | { "request": "applySync", folder: string, root: string, plan: SyncPlan, replace: boolean, } | { "request": "deploy", folder: string, root: string, plan: SyncPlan, } | { "request": "backup", root: string, archive: string, } | { "request": "lookInto", archive: string, } | { "request": "readArchived", archive: string, path: string, } | { "request": "restore", archive: string, root: string, only: Array<string> | null, } | { "request": "planToBoard", from: Array<string>, to: string, } | { "request": "planToComputer", from: Array<string>, to: string, } | { "request": "copy", plan: CopyPlan, replace: boolean, } | { "request": "offeredPackages", index: string, } | { "request": "packages" } | { "request": "installPackage", index: string, wanted: Wanted, } | { "request": "removePackage", name: string, } | { "request": "reset" } | { "request": "bootloader" } | { "request": "cancel" } | { "request": "traffic" } | { "request": "touch", touch: Touch, } | { "request": "state" };

export type Reply = { "reply": "done" } | { "reply": "entries", entries: Array<Entry>, } | { "reply": "tree", nodes: Array<Node>, } | { "reply": "plan", plan: SyncPlan, } | { "reply": "copyPlan", plan: CopyPlan, } | { "reply": "manifest", manifest: Manifest, } | { "reply": "path", path: string, } | { "reply": "properties", properties: Properties, } | { "reply": "text", text: string, } | { "reply": "data", bytes: Array<number>, } | { "reply": "space", space: Space, } | { "reply": "variables", variables: Array<Variable>, } | { "reply": "modules", modules: Array<string>, } | { "reply": "hash", sha256: string, } | { "reply": "offers", offers: Array<Offer>, } | { "reply": "packages", packages: Array<Installed>, } | { "reply": "changed", change: Change, } | { "reply": "state", connection: Connection, identity: Identity | null, };

export type Problem = { 
/**
 * What happened, to what, what to do.
 */
message: string, 
/**
 * The choice for the program.
 */
error: BoardError, };

export type BoardError = { "kind": "notAttached" } | { "kind": "open", target: string, reason: Reason, } | { "kind": "held", target: string, program: string, pid: number, ours: boolean, } | { "kind": "permission", target: string, } | { "kind": "virtual", program: string, reason: Reason, } | { "kind": "lost", reason: Reason, } | { "kind": "busy", 
/**
 * Its name; none if it was typed at the prompt, or ran before.
 */
program: string | null, } | { "kind": "typing" } | { "kind": "silent", doing: Doing, seconds: number, } | { "kind": "garbled", doing: Doing, got: string, } | { "kind": "stubborn" } | { "kind": "stubbornVirtual" } | { "kind": "cancelled", doing: Doing, } | { "kind": "notFound", path: string, } | { "kind": "exists", path: string, } | { "kind": "notEmpty", path: string, } | { "kind": "wrongKind", path: string, } | { "kind": "readOnly", path: string, } | { "kind": "noSpace", path: string, needed: number, free: number, 
/**
 * Would it fit if the old file went first?
 */
in_place: boolean, } | { "kind": "damaged", path: string, } | { "kind": "here", doing: string, path: string, reason: Reason, } | { "kind": "conflict", path: string, why: Reason, } | { "kind": "unreachable", address: string, reason: Reason, } | { "kind": "noPackage", name: string, place: string, } | { "kind": "badPackage", name: string, why: Reason, } | { "kind": "otherBytecode", path: string, found: number, wanted: number, } | { "kind": "notInstalled", name: string, } | { "kind": "needed", name: string, by: string, } | { "kind": "real" } | { "kind": "noBootLoader" } | { "kind": "raised", doing: Doing, exception: string, };

export type FirmwareError = { "kind": "notFirmware", name: string, } | { "kind": "damagedFirmware", name: string, what: Reason, } | { "kind": "noAddress", name: string, } | { "kind": "otherDevice", name: string, wanted: string, found: string, } | { "kind": "otherChip", name: string, why: Reason, } | { "kind": "otherBoard", name: string, wanted: string, found: string, } | { "kind": "noBoard" } | { "kind": "noLoader" } | { "kind": "severalLoaders", count: number, list: string, } | { "kind": "loaderPermission", device: string, } | { "kind": "loaderLost", doing: string, reason: Reason, } | { "kind": "loaderLayout", text: string, } | { "kind": "loaderRefused", doing: string, why: Reason, } | { "kind": "loaderStuck", doing: string, } | { "kind": "loaderConfused", doing: string, } | { "kind": "mismatch", address: number, } | { "kind": "updateCancelledEarly" } | { "kind": "updateCancelled" } | BoardError;

export const PHRASES = {
  prompt: "talking to its prompt",
  sending: "sending a program",
  resetting: "resetting it",
  abilities: "asking what it can do",
  listing: "listing {path}",
  comparing: "comparing {path}",
  reading: "reading {path}",
  saving: "saving {path}",
  makingFolder: "making the folder {path}",
  removing: "removing {path}",
  renaming: "renaming {path}",
  hashing: "hashing {path}",
  looking: "looking at {path}",
  room: "measuring the room on {path}",
  variables: "reading the variables",
  modules: "asking which modules it has",
  identity: "asking who it is",
  libraries: "asking where its libraries are",
  home: "asking where its files are",
  switching: "switching to the new version",
  backingUp: "making the backup",
  restoring: "restoring the backup",
  updating: "bringing the board up to date",
  copying: "copying",
  installing: "installing {name}",
  system: "{words}",
  notThere: "it is not there",
  notAllowed: "this account may not do that",
  exists: "{path} is there already",
  nameTaken: "something of that name is there already",
  nameTooLong: "its name is too long, or no name",
  diskReadOnly: "that disk can only be read",
  diskFull: "the disk of this computer is full",
  noPort: "there is no such port",
  inUse: "another program uses it",
  takenBy: "{program} (process {pid}) took it over",
  waiting: "{program} has it; it comes here as soon as that lets it go",
  noAddress: "it is no address of the form HOST:PORT",
  nobodyListens: "nobody listens there",
  noAnswer: "nobody answered within {seconds} s",
  lineClosed: "it closed the line",
  lineBroke: "the line broke ({words})",
  letGo: "it was let go",
  notReady: "it was not ready within {seconds} s",
  stopped: "the virtual board stopped ({words})",
  folderHere: "it is a folder here and a file there",
  folderThere: "it is a file here and a folder there",
  changedThere: "it was changed on the board",
  changedBoth: "it was changed here and on the board",
  otherThere: "another file of this name is on the board",
  removedHere: "it was removed here and changed on the board",
  badName: "a file of this computer cannot be called so",
  nameNoText: "its name is no text",
  nameCutsLines: "its name has a tab or a line end: rename it",
  noFolder: "it is no folder",
  noFile: "it is no file",
  outdated: "it changed after the plan was made: make the plan anew",
  noBackup: "it is no backup of a board",
  notInArchive: "it holds no file {path}",
  inArchive: "{path} in it: {words}",
  noHost: "{host} is not found",
  answered: "its server answered with {code}",
  noIndex: "there is no index",
  manyNeeds: "it needs more than {count} other packages",
  noHash: "{path} has the hash {hash}, which is none",
  otherHash: "{path} is not what its hash {hash} says",
  nothingAt: "there is nothing at {address}",
  outside: "it wants to write to {path}, outside of the libraries",
  noRepository: "its address lacks the repository",
  noDescription: "what is there is no description of packages ({words})",
  twoContents: "it has two contents for address {address}",
  empty: "there is nothing in it",
  wrongChecksum: "its checksum is wrong, or it is not as long as it says",
  endMissing: "its end is missing",
  malformed: "its sizes do not add up at byte {at}",
  notAsNamed: "it is named as a {form} file and does not look like one",
  noText: "byte {at} is no text",
  badRecord: "record {number} is damaged",
  behindEnd: "record {number} stands behind the end record",
  badBlock: "block {number} is damaged or of another file",
  blocksMissing: "{found} of its {total} blocks are there",
  otherChips: "it is for {chips}, and this chip is an STM32F4",
  otherMemories: "it is for other memories of the board as well, which its loader numbers {memories}, and the flash alone is written",
  noProgram: "it does not begin as a program of a Cortex-M does",
  noFlash: "the loader shows no flash at {address}: the chip has none there, or it is the loader's own",
  protected: "the chip's flash at {address} may not be written",
  straddles: "it goes over the start at {address} without beginning there",
  startless: "it replaces what is at {address}, where the chip starts, and has nothing to start with itself",
  tooManySectors: "the chip's flash has too many sectors",
  notForIt: "this firmware is not for it. Choose a file for this board; it stays in its loader until a whole one is there.",
  notTrusted: "the firmware is damaged, not signed by whom it trusts, or longer than it says. Fetch it again; the board stays in its loader.",
  notItsPlaces: "the firmware wants places that it may not have. Choose a file for this board.",
  readProtected: "it is protected against reading or writing. Remove that by the chip maker's own tool, which erases the chip; then repeat the update.",
  flashWornOut: "its flash does not take what is written. Repeat the update; if this happens again, the chip is worn out or write protected.",
  wasReset: "it was reset. Start its loader, then repeat the update.",
  notTaken: "it did not take a request. Start its loader anew, then repeat the update.",
} as const;
