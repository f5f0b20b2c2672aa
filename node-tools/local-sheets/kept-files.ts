import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, extname, join, parse } from "node:path";
import { writeClock } from "../../apps-script/core/text/civil-date.ts";
import type { PrintSetup, WorkbookPatch } from "../../apps-script/core/workbook/port.ts";
import { reviewPath } from "../award-files/award-files.ts";
import { renderPatch } from "../award-files/render-patch.ts";
import { digestBytes, ensureFolder, type FileWrite, writeFilesAtomically } from "../disk/files.ts";
import { readWorkbookAsPatch } from "../office-files/workbook.ts";
import { drivePath } from "./drive-path.ts";
import { type KeptMarks, keepMarks, restoreMarks } from "./kept-protections.ts";
import type { ScriptProject } from "./local-google.ts";
import { createLocalGoogle, type KeptState, type LocalGoogleWorld } from "./runtime/create-local-google.ts";

/** Bears what scripts left behind besides files, and who may open what. */
const stateName = ".casebook-sheets.json";
/** Asia/Shanghai, whose time the page shows, has no daylight saving. */
export const zoneMinutes = 8 * 60;
const emptySpreadsheet: WorkbookPatch = { sheets: [{ name: "工作表1", createBefore: null }] };

interface KeptFile {
  /** As it was named when it was made: its id follows from it. */
  readonly name: string;
  readonly path: string;
  readonly owner: string;
  readonly editors: readonly string[];
  readonly viewers: readonly string[];
  readonly marks: KeptMarks;
}

interface State {
  readonly clock: number;
  readonly files: readonly KeptFile[];
  readonly kept: KeptState;
}

interface Place {
  readonly path: string;
  readonly name: string;
  /** Digest of the content that the file holds; "" for none. */
  digest: string;
  /** What the local Sheets do not know: how each sheet prints. */
  readonly prints: ReadonlyMap<string, PrintSetup>;
}

/** The files of a world: read once, written again where something has changed. */
export class KeptFiles {
  readonly google: LocalGoogleWorld;
  readonly shared: string;
  readonly review: string;
  /** When it was last written, for people. */
  saved = "";
  readonly #folder: string;
  readonly #places = new Map<string, Place>();
  readonly #marked = new Set<string>();
  #allMarked = false;

  private constructor(google: LocalGoogleWorld, folder: string, shared: string, review: string) {
    this.google = google;
    this.#folder = folder;
    this.shared = shared;
    this.review = review;
  }

  /** @throws InputError for a file that cannot be read */
  static open(path: string, owner: string, bundles: string): KeptFiles {
    const folder = drivePath(path);
    const state = readState(folder);
    const google = createLocalGoogle({ now: new Date(Math.max(Date.now(), state?.clock ?? 0)) });
    const files: { path: string; name: string; owner: string; content: WorkbookPatch }[] = [];
    const read = (file: string, name: string, fileOwner: string) => {
      const content = existsSync(file) ? readWorkbookAsPatch(file, "edit") : emptySpreadsheet;
      files.push({ path: file, name, owner: fileOwner, content });
    };
    read(path, parse(path).name, owner);
    read(reviewPath(path), parse(reviewPath(path)).name, owner);
    const known = (state?.files ?? []).filter((each) => each.path !== "" && existsSync(join(folder, each.path)));
    for (const each of known) if (extname(each.path) === ".xlsx") read(join(folder, each.path), each.name, each.owner);
    const others = existsSync(folder) ? readdirSync(folder).sort() : [];
    const fresh = others.filter((name) => !/^[.~]|\.bak\./.test(name) && !known.some((each) => each.path === name));
    for (const name of fresh) {
      if (extname(name) !== ".xlsx") continue;
      // Files that come from elsewhere are read as inputs: pictures in them are no hindrance.
      const content = readWorkbookAsPatch(join(folder, name), "input");
      files.push({ path: join(folder, name), name: parse(name).name, owner, content });
    }
    const ids = files.map((file) => google.addSpreadsheet(file.name, file.owner, file.content));
    const kept = new KeptFiles(google, folder, ids[0] ?? "", ids[1] ?? "");
    for (const [i, { path: file, name, content }] of files.entries()) kept.#place(ids[i] ?? "", file, name, content);
    for (const name of others.filter((each) => /\.(csv|txt)$/i.test(each))) {
      google.addFile(name, owner, readFileSync(join(folder, name)), "text/csv");
    }
    google.bindScript(kept.shared, readProject(join(bundles, "shared")));
    google.bindScript(kept.review, readProject(join(bundles, "review")));
    for (const { name, editors, viewers, marks } of state?.files ?? []) {
      const id = [...kept.#places].find(([, place]) => place.name === name)?.[0];
      if (!id) continue;
      for (const user of viewers) google.share(id, user, "view");
      for (const user of editors) google.share(id, user, "edit");
      restoreMarks(google.modelOf(id), marks);
    }
    if (state) google.restore(state.kept);
    return kept;
  }

  #place(id: string, path: string, name: string, content: WorkbookPatch): void {
    const prints = new Map(
      content.sheets.flatMap((sheet) => (sheet.layout?.print ? [[sheet.name, sheet.layout.print]] : [])),
    );
    this.#places.set(id, { path, name, prints, digest: this.#digestOf(id) });
  }

  #digestOf(id: string): string {
    return digestBytes(JSON.stringify(this.google.contentOf(id)));
  }

  /** Notes that this file, or any, may have changed. */
  mark(file?: string): void {
    if (file !== undefined) this.#marked.add(file);
    else this.#allMarked = true;
  }

  /** Writes what has changed, all or nothing; the content before stays as `NAME.bak.xlsx`. @returns whether it wrote */
  save(): boolean {
    if (!this.#allMarked && this.#marked.size === 0) return false;
    const marked = new Set(this.#marked);
    const all = this.#allMarked;
    this.#marked.clear();
    this.#allMarked = false;
    try {
      const spreadsheets = this.google
        .files()
        .filter((file) => file.mimeType.endsWith(".spreadsheet") && !file.trashed);
      const writes: FileWrite[] = [];
      const digests: [Place, string][] = [];
      for (const { id, name } of spreadsheets) {
        const known = this.#places.get(id);
        if (known && !all && !marked.has(id)) continue;
        const digest = this.#digestOf(id);
        if (known?.digest === digest) continue;
        const place = known ?? this.#newPlace(id, name);
        const content = withPrints(this.google.contentOf(id), place.prints);
        writes.push({ path: place.path, data: renderPatch(content) });
        digests.push([place, digest]);
      }
      writes.push({ path: join(this.#folder, stateName), data: `${JSON.stringify(this.#state(), null, 1)}\n` });
      ensureFolder(this.#folder);
      const [state, ...books] = [writes.pop(), ...writes];
      if (books.length > 0) writeFilesAtomically(books as FileWrite[], { backup: true });
      if (state) writeFilesAtomically([state], { backup: false });
      for (const [place, digest] of digests) place.digest = digest;
      this.saved = `已保存 ${writeClock(new Date(), zoneMinutes).slice(11)}`;
      return true;
    } catch (error) {
      // Tried again with the next change and at the end.
      for (const file of marked) this.#marked.add(file);
      this.#allMarked ||= all;
      throw error;
    }
  }

  /** Puts a file into the folder and the administrator's Drive. @throws InputError for an .xlsx that cannot be read */
  add(fileName: string, bytes: Uint8Array, owner: string): void {
    const extension = extname(fileName).toLowerCase();
    const path = this.#freePath(parse(fileName).name, extension);
    ensureFolder(this.#folder);
    writeFilesAtomically([{ path, data: bytes }], { backup: false });
    const { name, base } = parse(path);
    if (extension === ".csv") {
      this.google.addFile(base, owner, bytes, "text/csv");
      return;
    }
    const content = readWorkbookAsPatch(path, "input");
    this.#place(this.google.addSpreadsheet(name, owner, content), path, name, content);
  }

  #newPlace(id: string, name: string): Place {
    const place: Place = { path: this.#freePath(name, ".xlsx"), name, prints: new Map(), digest: "" };
    this.#places.set(id, place);
    return place;
  }

  #freePath(name: string, extension: string): string {
    const taken = new Set([...this.#places.values()].map(({ path }) => path));
    const safe = name.replace(/[\\/:*?"<>|\p{Cc}]/gu, "_").replace(/^[.~]+/, "_");
    let path = join(this.#folder, `${safe}${extension}`);
    for (let copy = 2; taken.has(path) || existsSync(path); copy += 1)
      path = join(this.#folder, `${safe}（${copy}）${extension}`);
    return path;
  }

  #state(): State {
    const files = this.google.files().flatMap(({ id, owner, editors, viewers }): KeptFile[] => {
      const place = this.#places.get(id);
      if (!place) return [];
      const marks = keepMarks(this.google.modelOf(id));
      return [{ name: place.name, path: this.#pathInFolder(place.path), owner, editors, viewers, marks }];
    });
    return { clock: this.google.now().getTime(), files, kept: this.google.keptState() };
  }

  /** Files beside the folder are found by the name of the workbook. */
  #pathInFolder(path: string): string {
    return dirname(path) === this.#folder ? basename(path) : "";
  }
}

function withPrints(content: WorkbookPatch, prints: ReadonlyMap<string, PrintSetup>): WorkbookPatch {
  return {
    ...content,
    sheets: content.sheets.map((sheet) => {
      const print = prints.get(sheet.name);
      return print && !sheet.layout?.print ? { ...sheet, layout: { ...sheet.layout, print } } : sheet;
    }),
  };
}

function readState(folder: string): State | undefined {
  const path = join(folder, stateName);
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, "utf8")) as State;
  } catch {
    // Only sharing and unfinished jobs stand there; the award itself is in the workbooks.
    return undefined;
  }
}

/** A bundle as it would be pushed. */
export function readProject(folder: string): ScriptProject {
  const html = readdirSync(folder).filter((file) => file.endsWith(".html"));
  return {
    code: readFileSync(join(folder, "Code.js"), "utf8"),
    html: new Map(html.map((file) => [parse(file).name, readFileSync(join(folder, file), "utf8")])),
    manifest: JSON.parse(readFileSync(join(folder, "appsscript.json"), "utf8")),
  };
}
