/** A second action starts while the first waits for its answer: as if they had come one after the other. */
import { expect, test } from "vitest";
import { makeSnapshot } from "../../core/award-builder.ts";
import { paste, table, workbook } from "./pasted-table.ts";
import { type Desk, emptyWorkbook, lightWorkbook, openDesk, stateOf } from "./shared-desk.ts";

const filled = () => openDesk(lightWorkbook(workbook));
const withPaste = () => {
  const desk = filled();
  paste(desk, table);
  return desk;
};
const scored = () =>
  openDesk(
    lightWorkbook(
      makeSnapshot({
        submissions: [{ firstScore: 70, phone: "０９５１６０１２３４５" }, { firstScore: 90 }, { firstScore: 80 }],
        settings: { 教育局城市赛道名额: 2 },
      }),
    ),
  );
const locked = () => {
  const desk = filled();
  desk.run("lockSubmissions");
  return desk;
};

const logged = (desk: Desk) =>
  desk
    .sheet("日志")
    .rows.slice(1)
    .map((row) => row[2]);

test.for([
  { name: "initializeWorkbook", open: () => openDesk(emptyWorkbook), second: "initializeWorkbook" },
  { name: "importPasted", open: withPaste, second: "importPasted" },
  { name: "importPasted", open: withPaste, second: "checkAll" },
  { name: "lockSubmissions", open: filled, second: "lockSubmissions" },
  { name: "lockSubmissions", open: filled, second: "checkAll" },
  { name: "unlockSubmissions", open: locked, second: "unlockSubmissions" },
  { name: "unlockSubmissions", open: locked, second: "importPasted" },
  { name: "recommendByFirstScore", open: scored, second: "recommendByFirstScore" },
  { name: "recommendByFirstScore", open: scored, second: "checkAll" },
  { name: "correctCells", open: scored, second: "correctCells" },
  { name: "correctCells", open: scored, second: "checkAll" },
])("$name, and $second in between", ({ name, open, second }) => {
  const run = (desk: Desk, action: string) => {
    if (action === "recommendByFirstScore") desk.answers.push("2025-10-20");
    desk.run(action);
  };
  const calm = open();
  run(calm, second);
  run(calm, name);

  const desk = open();
  const { alert } = desk.google.surroundings;
  let isFirst = true;
  desk.google.surroundings.alert = (title, message, buttons) => {
    if (isFirst) {
      isFirst = false;
      run(desk, second);
    }
    return alert?.(title, message, buttons) ?? "OK";
  };
  run(desk, name);
  expect(isFirst).toBe(false);
  expect(stateOf(desk)).toEqual(stateOf(calm));
  expect(logged(desk)).toEqual(logged(calm));
});
