import { expect, test } from "vitest";
import { keepMarks, restoreMarks } from "../../../node-tools/local-sheets/kept-protections.ts";
import { SpreadsheetModel } from "../../../node-tools/local-sheets/services/spreadsheet/model.ts";
import { ProtectionModel } from "../../../node-tools/local-sheets/services/spreadsheet/protection-model.ts";

const area = (top: number, left: number, bottom: number, right: number) => ({ top, left, bottom, right });

function makeModel(): SpreadsheetModel {
  const model = SpreadsheetModel.fromPatch({ sheets: [{ name: "案例", createBefore: null }] });
  const rights: Record<string, "owner" | "edit"> = { admin: "owner", a: "edit", b: "edit" };
  const access = {
    rightOf: (user: string) => rights[user],
    owner: () => "admin",
    editors: () => ["a", "b"],
    isOfDomain: (user: string) => user !== "b",
  };
  model.attach({ access, now: Date.now });
  return model;
}

test("who may write where, and metadata, are the same after keeping and restoring", () => {
  const model = makeModel();
  const rows = new ProtectionModel(area(2, 1, 9, 5));
  rows.description = "甲局的行";
  rows.closeToEditors();
  rows.addEditors(["a"], model.access);
  const whole = new ProtectionModel(undefined);
  whole.unprotected = [area(2, 1, 20, 5)];
  whole.closeToEditors();
  const right = new ProtectionModel(area(1, 7, 20, 7));
  right.closeToEditors();
  right.admitsDomain = true;
  whole.unprotected = [...whole.unprotected, area(1, 7, 20, 7)];
  model.sheets[0]?.protections.push(rows, whole, right);
  model.metadata.push({ key: "casebook.expertsMoved", value: "1" });

  const other = makeModel();
  restoreMarks(other, JSON.parse(JSON.stringify(keepMarks(model))));
  const may = (each: SpreadsheetModel, user: string, row: number, column = 1) =>
    each.mayWrite(each.sheets[0]!, area(row, column, row, column), user);
  for (const each of [model, other]) {
    expect(["admin", "a", "b"].map((user) => [1, 3, 15].map((row) => may(each, user, row)))).toEqual([
      [true, true, true],
      [false, true, true],
      [false, false, true],
    ]);
    expect(["admin", "a", "b"].map((user) => may(each, user, 3, 7))).toEqual([true, true, false]);
  }
  expect(other.sheets[0]?.protections[0]?.description).toBe("甲局的行");
  expect(other.metadata).toEqual(model.metadata);
});
