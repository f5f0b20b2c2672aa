import { writeClock } from "../../apps-script/core/text/civil-date.ts";
import { decodeText } from "../documents/decode-text.ts";
import { AwardUsers, administrator, sheetsWithUsers } from "./award-users.ts";
import { KeptFiles, zoneMinutes } from "./kept-files.ts";
import { type LocalGoogle, RefusedError } from "./local-google.ts";
import type { AccountView, Answer, FileView, PageEvent, RequestName, Requests, SpreadsheetView } from "./protocol.ts";
import type { LocalGoogleWorld } from "./runtime/create-local-google.ts";
import type { SheetModel } from "./services/spreadsheet/sheet-model.ts";
import { describeSheet, inputOf, pictureRows } from "./view/spreadsheet-picture.ts";

/** Who hears and answers while a script runs; a question blocks, as it blocks the script. */
export interface Audience {
  tell(event: PageEvent): void;
  ask(question: Extract<PageEvent, { type: "ask" }>): Answer;
}

type Handlers = {
  [Name in RequestName]: (ask: Requests[Name]["ask"]) => Requests[Name]["get"];
};

/** Milliseconds after the last change until the files are written; more where writing takes long, as nobody can type then. */
const leastSaveDelay = 1_500;
const delayPerSave = 4;

/** One Google account world over the files beside a workbook, as the page sees it. */
export class World {
  readonly #google: LocalGoogleWorld;
  readonly #files: KeptFiles;
  readonly #users: AwardUsers;
  readonly #audience: Audience;
  #questions = 0;
  #saveDelay = leastSaveDelay;
  #lastTick = Date.now();
  #saveTimer: ReturnType<typeof setTimeout> | undefined;
  /** The file whose script runs. */
  #running = "";

  /** @param bundles the folder with `shared/` and `review/` */
  static open(path: string, bundles: string, audience: Audience): World {
    return new World(KeptFiles.open(path, administrator, bundles), audience);
  }

  constructor(files: KeptFiles, audience: Audience) {
    this.#files = files;
    this.#google = files.google;
    this.#audience = audience;
    this.#users = new AwardUsers(files);
    this.#google.surroundings = {
      alert: (title, message, buttons) => this.#ask("alert", title, message, buttons).button,
      prompt: (title, message, buttons) => this.#ask("prompt", title, message, buttons),
      show: (page) => audience.tell({ type: "show", file: this.#running, page }),
      toast: (message, title) => audience.tell({ type: "toast", title, message }),
      log: (line) => audience.tell({ type: "log", line }),
    };
    this.#users.refresh();
  }

  #ask(
    kind: "alert" | "prompt",
    title: string,
    message: string,
    buttons: "OK" | "OK_CANCEL" | "YES_NO" | "YES_NO_CANCEL",
  ) {
    this.#questions += 1;
    const number = this.#questions;
    const answer = this.#audience.ask({ type: "ask", number, kind, title, message, buttons });
    this.#audience.tell({ type: "asked", number });
    return answer;
  }

  async handle<Name extends RequestName>(name: Name, ask: Requests[Name]["ask"]): Promise<Requests[Name]["get"]> {
    const handler = this.#handlers[name];
    return handler(ask);
  }

  /** Lets the account's clock follow the real one; due triggers run. */
  tick(): void {
    const now = Date.now();
    const elapsed = now - this.#lastTick;
    this.#lastTick = now;
    this.#advance(elapsed);
  }

  save(): void {
    clearTimeout(this.#saveTimer);
    this.#saveTimer = undefined;
    const started = Date.now();
    const wrote = this.#files.save();
    if (wrote) this.#saveDelay = Math.max(leastSaveDelay, delayPerSave * (Date.now() - started));
    if (wrote) this.#audience.tell({ type: "saved", text: this.#files.saved });
  }

  readonly #handlers: Handlers = {
    account: ({ user }) => this.#account(user),
    open: ({ file, user }) => this.#describe(file, user, true),
    look: ({ file, user }) => this.#describe(file, user, false),
    cells: ({ file, user, sheet, top, bottom }) => {
      this.#requireRight(file, user);
      return pictureRows(this.#google.modelOf(file), this.#sheet(file, sheet), { top, bottom }, user);
    },
    edit: ({ file, user, sheet, row, column, values }) => {
      const width = Math.max(...values.map((each) => each.length));
      const model = this.#google.modelOf(file);
      const present = this.#sheet(file, sheet);
      const before = values.map((_, i) =>
        Array.from({ length: width }, (_, j) => inputOf(model, present, row + i, column + j)),
      );
      this.#act(file, () => this.#google.edit(file, user, { sheet, row, column, values }), sheet);
      return { before };
    },
    note: ({ file, user, sheet, row, column, note }) => {
      this.#act(file, () => this.#google.setNote(file, user, sheet, row, column, note), sheet);
      return null;
    },
    select: ({ file, user, sheet, row, column }) => {
      this.#requireRight(file, user);
      this.#google.select(file, user, sheet, row, column);
      return null;
    },
    run: ({ file, user, functionName, args }) => ({
      result: this.#act(file, () => this.#google.run(file, user, functionName, args)) ?? null,
    }),
    advance: ({ milliseconds }) => {
      const next = this.#google.triggers()[0]?.due.getTime() ?? this.#google.now().getTime();
      this.#advance(milliseconds ?? Math.max(0, next - this.#google.now().getTime()));
      return null;
    },
    save: () => {
      this.save();
      return null;
    },
    upload: ({ name, base64 }) => {
      this.#files.add(name, Buffer.from(base64, "base64"), administrator);
      return null;
    },
    text: ({ file, user }) => {
      this.#requireRight(file, user);
      return { text: decodeText(this.#google.fileBytes(file)).text };
    },
  };

  /** @param sheet what a person changed by hand; a script may change everything */
  #act<T>(file: string, action: () => T, sheet?: string): T {
    this.tick();
    this.#running = file;
    try {
      return action();
    } finally {
      this.#changed(sheet === undefined ? undefined : { file, sheet });
    }
  }

  #advance(milliseconds: number): void {
    const due = this.#google.triggers()[0];
    const runs = due !== undefined && due.due.getTime() <= this.#google.now().getTime() + milliseconds;
    if (runs) this.#running = due.spreadsheetId;
    try {
      this.#google.advance(milliseconds);
    } finally {
      if (runs) this.#changed();
    }
  }

  #changed(touched?: { readonly file: string; readonly sheet: string }): void {
    this.#files.mark(touched?.file);
    if (!touched || sheetsWithUsers.includes(touched.sheet)) this.#users.refresh();
    this.#audience.tell({ type: "changed", file: touched?.file ?? "" });
    clearTimeout(this.#saveTimer);
    this.#saveTimer = setTimeout(() => {
      try {
        this.save();
      } catch (error) {
        this.#audience.tell({ type: "toast", title: "没有保存", message: (error as Error).message });
      }
    }, this.#saveDelay);
  }

  #requireRight(file: string, user: string): FileView["right"] {
    const right = rightOf(this.#google, file, user);
    if (!right) throw new RefusedError("您没有打开这个文件的权限，请向文件的所有者申请。");
    return right;
  }

  #sheet(file: string, name: string): SheetModel {
    const sheet = this.#google.modelOf(file).sheetNamed(name);
    if (!sheet) throw new RefusedError(`工作表“${name}”已经不在了。`);
    return sheet;
  }

  #describe(file: string, user: string, opens: boolean): SpreadsheetView {
    const right = this.#requireRight(file, user);
    const menus = opens ? this.#google.open(file, user) : [];
    return {
      id: file,
      name: this.#google.files().find(({ id }) => id === file)?.name ?? "",
      canEdit: right !== "view",
      menus,
      sheets: this.#google.modelOf(file).sheets.map(describeSheet),
      selection: this.#google.selectionOf(file, user),
    };
  }

  #account(user: string): AccountView {
    const files = this.#google.files(user).flatMap((file): FileView[] => {
      const right = rightOf(this.#google, file.id, user);
      if (!right || file.trashed || file.mimeType.endsWith(".folder")) return [];
      const kind =
        file.id === this.#files.shared
          ? "shared"
          : file.id === this.#files.review
            ? "review"
            : file.mimeType.endsWith(".spreadsheet")
              ? "spreadsheet"
              : "file";
      const size = kind === "file" ? { size: this.#google.fileBytes(file.id).length } : {};
      return [{ id: file.id, name: file.name, kind, right, ...size }];
    });
    return {
      users: this.#users.list(),
      files,
      clock: writeClock(this.#google.now(), zoneMinutes),
      triggers: this.#google
        .triggers()
        .map(({ functionName, due }) => ({ functionName, due: writeClock(due, zoneMinutes) })),
      mails: this.#google.mails.map(({ to, subject, body }) => ({ to, subject, body })),
      saved: this.#files.saved,
    };
  }
}

function rightOf(google: LocalGoogle, file: string, user: string): FileView["right"] | undefined {
  const found = google.files().find(({ id }) => id === file);
  if (!found) return undefined;
  const same = (each: string) => each.toLowerCase() === user.toLowerCase();
  if (same(found.owner)) return "owner";
  if (found.editors.some(same)) return "edit";
  return found.viewers.some(same) ? "view" : undefined;
}
