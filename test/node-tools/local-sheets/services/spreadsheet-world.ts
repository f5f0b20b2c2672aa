import type { WorkbookPatch } from "../../../../apps-script/core/workbook/port.ts";
import { hopeful } from "../../../../node-tools/local-sheets/runtime/doubts.ts";
import type { FileRight, SpreadsheetEnvironment } from "../../../../node-tools/local-sheets/services/environment.ts";
import type { MakeCalculator } from "../../../../node-tools/local-sheets/services/spreadsheet/calculator.ts";
import { SpreadsheetModel } from "../../../../node-tools/local-sheets/services/spreadsheet/model.ts";
import { createSpreadsheetServices } from "../../../../node-tools/local-sheets/services/spreadsheet/spreadsheet-app.ts";

export const owner = "admin@example.org";
export const officer = "officer@example.org";
export const otherOfficer = "other@example.org";
export const viewer = "viewer@example.org";

/** One spreadsheet `main`, shared with two officers and a viewer, and whoever acts. */
export function makeWorld(content: WorkbookPatch = { sheets: [] }, makeCalculator?: MakeCalculator) {
  const rights = new Map<string, Map<string, FileRight>>();
  const models = new Map<string, SpreadsheetModel>();
  const names = new Map<string, string>();
  const holders = (id: string, right: FileRight) =>
    [...(rights.get(id) ?? [])].flatMap(([user, has]) => (has === right ? [user] : []));
  const add = (id: string, model: SpreadsheetModel) => {
    models.set(id, model);
    names.set(id, id);
    rights.set(id, new Map([[owner, "owner"]]));
    model.attach({
      access: {
        rightOf: (user) => rights.get(id)?.get(user),
        owner: () => owner,
        editors: () => holders(id, "edit"),
        isOfDomain: () => false,
      },
      now: () => Date.UTC(2025, 6, 15),
    });
  };
  const calls: { name: string; movesCells: boolean; cells: number }[] = [];
  const toasts: string[] = [];
  let actor = owner;
  const environment: SpreadsheetEnvironment = {
    call: (name, movesCells = false, cells = 0) => calls.push({ name, movesCells, cells }),
    actor: () => actor,
    activeId: "main",
    doubts: hopeful,
    now: () => Date.UTC(2025, 6, 15),
    files: {
      spreadsheet: (id) => models.get(id),
      rightOf: (id, user) => rights.get(id)?.get(user),
      create: (name) => {
        const model = new SpreadsheetModel();
        add(name, model);
        return { id: name, model };
      },
      requireAccount: () => {},
      share: (id, user, right) => {
        if (right === "none") rights.get(id)?.delete(user);
        else rights.get(id)?.set(user, right);
      },
      rename: (id, name) => names.set(id, name),
      info: (id) => ({ name: names.get(id) ?? "", owner, editors: holders(id, "edit"), viewers: holders(id, "view") }),
    },
    ui: () => "ui",
    user: (email) => ({ getEmail: () => email }) as GoogleAppsScript.Base.User,
    toast: (message) => toasts.push(message),
  };
  const model = SpreadsheetModel.fromPatch(content, makeCalculator);
  add("main", model);
  environment.files.share("main", officer, "edit");
  environment.files.share("main", otherOfficer, "edit");
  environment.files.share("main", viewer, "view");
  const services = createSpreadsheetServices(environment);
  const app = services.SpreadsheetApp as GoogleAppsScript.Spreadsheet.SpreadsheetApp;
  const spreadsheet = services.open("main");
  return {
    app,
    model,
    spreadsheet,
    sheet: spreadsheet.getSheets()[0] as GoogleAppsScript.Spreadsheet.Sheet,
    calls,
    toasts,
    as: <T>(user: string, work: () => T): T => {
      const before = actor;
      actor = user;
      try {
        return work();
      } finally {
        actor = before;
      }
    },
  };
}

export const refusal =
  "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove protection if you need to edit.";
