import { expect, test } from "vitest";
import { paste, table, workbook } from "./pasted-table.ts";
import { type Desk, emptyWorkbook, lightWorkbook, openDesk, stateOf } from "./shared-desk.ts";

const withPaste = () => {
  const desk = openDesk(lightWorkbook(workbook));
  paste(desk, table);
  return desk;
};
const filled = () => openDesk(lightWorkbook(workbook));

/** What somebody may type or leave on the computer, without knowing that the dialog was closed. */
const actions: { name: string; open: () => Desk; asked: string }[] = [
  { name: "initializeWorkbook", open: () => openDesk(emptyWorkbook), asked: "将新建 15 张表" },
  { name: "importPasted", open: withPaste, asked: "将写入本工作簿" },
  { name: "lockSubmissions", open: filled, asked: "将锁定 4 张表" },
  { name: "recommendByFirstScore", open: filled, asked: "推荐日期" },
  { name: "checkOwnUnit", open: filled, asked: "请填写单位名称" },
];

test.for(actions)("$name, its question closed: nothing happens", ({ name, open, asked }) => {
  const desk = open();
  const { surroundings } = desk.google;
  surroundings.alert = (title, message) => {
    desk.told.push(`${title}\n${message}`);
    return "CANCEL";
  };
  surroundings.prompt = (title, message) => {
    desk.told.push(`${title}\n${message}`);
    return { button: "CLOSE", text: "同心县教育局" };
  };
  let shown = 0;
  surroundings.show = () => {
    shown++;
  };
  const log = () => desk.google.modelOf(desk.id).snapshotOfSheet("日志")?.rows;
  const before = [stateOf(desk), log()];
  desk.run(name);
  expect(desk.told).toEqual([expect.stringContaining(asked)]);
  expect([stateOf(desk), log()]).toEqual(before);
  expect(shown).toBe(0);
});
