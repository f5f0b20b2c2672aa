import { expertsSheet, unitsSheet } from "../../apps-script/core/schema/application.ts";
import type { SheetSpec } from "../../apps-script/core/schema/sheet-spec.ts";
import { readTable } from "../../apps-script/core/tables/table.ts";
import { splitList } from "../../apps-script/core/text/list.ts";
import type { KeptFiles } from "./kept-files.ts";
import type { UserView } from "./protocol.ts";
import { cellValue } from "./services/spreadsheet/cell-values.ts";

/** Owns everything that nobody else made. */
export const administrator = "admin@example.org";

export const sheetsWithUsers: readonly string[] = [unitsSheet.label, expertsSheet.label];

/** Who can act: the administrator, whoever 单位 names by 邮箱, and the experts who have one. */
export class AwardUsers {
  readonly #files: KeptFiles;
  #users: readonly UserView[] = [];

  constructor(files: KeptFiles) {
    this.#files = files;
  }

  list(): readonly UserView[] {
    return this.#users;
  }

  /** Reads the addresses again; officers become editors of the shared workbook, as the administrator would share it. */
  refresh(): void {
    const { google, shared, review } = this.#files;
    const officers = this.#addresses(shared, unitsSheet, "name");
    const experts = [
      ...this.#addresses(shared, expertsSheet, "name"),
      ...this.#addresses(review, expertsSheet, "name"),
    ];
    for (const { email } of officers) google.share(shared, email, "edit");
    const users = new Map<string, UserView>([[administrator, { email: administrator, label: "管理员" }]]);
    const add = (role: string, people: readonly { email: string; name: string }[]) => {
      for (const { email, name } of people) {
        if (!users.has(email)) users.set(email, { email, label: `${role} · ${name}` });
      }
    };
    add("单位", officers);
    add("专家", experts);
    this.#users = [...users.values()];
  }

  #addresses(file: string, spec: SheetSpec, nameKey: string): { email: string; name: string }[] {
    const model = this.#files.google.modelOf(file);
    const sheet = model.sheetNamed(spec.label);
    if (!sheet) return [];
    // This sheet alone: the others may be long, and full of formulas.
    const rows = Array.from({ length: sheet.lastRow }, (_, i) =>
      Array.from({ length: sheet.contents.lastColumnOf(i + 1) }, (_, j) => cellValue(model, sheet, i + 1, j + 1)),
    );
    try {
      const snapshot = { sheets: [{ name: sheet.name, hidden: false, rows, notes: new Map<string, string>() }] };
      return readTable(snapshot, spec, [spec.label]).rows.flatMap((row) =>
        splitList(row.text("email"))
          .filter((email) => email.includes("@"))
          .map((email) => ({ email: email.toLowerCase(), name: row.text(nameKey) })),
      );
    } catch {
      // A sheet in disorder names nobody; the actions of the award say what is wrong with it.
      return [];
    }
  }
}
