/** More of what Google does not promise, with each setting; each test fails on a script that counts on one of them. */
import { describe, expect, test } from "vitest";
import { submissionsSheet } from "../../../apps-script/core/schema/application.ts";
import { labelOf } from "../../../apps-script/core/schema/sheet-spec.ts";
import { inWords } from "../../../apps-script/src/actions/platform-errors.ts";
import { driftOf } from "../../../apps-script/src/google/spreadsheet-clock.ts";
import { cautious } from "../../../node-tools/local-sheets/runtime/doubts.ts";
import { date, makeSnapshot } from "../../core/award-builder.ts";
import { byHand } from "../../node-tools/local-sheets/by-hand.ts";
import { newReview } from "../review/review-desk.ts";
import { header, paste, rowOf } from "./pasted-table.ts";
import { type Desk, lightWorkbook, openDesk } from "./shared-desk.ts";

const either = [{ set: true }, { set: false }];
const time = (seconds: number) => ({ kind: "time", seconds }) as const;

/** A column of 案例, without its header. */
function columnOf(desk: Desk, label: string) {
  const [labels = [], ...rows] = desk.sheet("案例").rows;
  return rows.map((row) => row[labels.indexOf(label)] ?? null);
}

describe.for(either)("an apostrophe before a text in a cell of plain text stays in its value: $set", ({ set }) => {
  test("each text is there as it was meant", () => {
    const desk = openDesk(lightWorkbook(makeSnapshot({ submissions: [] })), { ...cautious, apostrophesStay: set });
    const texts = ["00123", "2025-10-01", "=1+1", "'引号", "@甲", "+乙", "5G 课堂"];
    const account = (i: number) => `64000119800101000${i}`;
    const rows = texts.map((text, i) => rowOf(i, { id: `A90${i}`, title: text, "author1.account": account(i) }));
    for (const pasted of [rows, [rowOf(8, { id: "A910", title: "007" })]]) {
      paste(desk, [header, ...pasted]);
      desk.run("importPasted");
      expect(desk.told.at(-1)).toContain("已导入");
    }
    const titles = columnOf(desk, "案例名称").filter((title) => title !== null);
    // What is pasted begins with an apostrophe of its own there: it is a sign of text.
    expect(titles).toEqual([...texts.map((text) => text.replace(/^'/, "")), "007"]);
    expect(columnOf(desk, "第一作者教育云账号").slice(0, 2)).toEqual([account(0), account(1)]);
  });
});

describe.for(either)("clear() takes drop-downs along: $set", ({ set }) => {
  test("none that came with a paste is left, and those of 案例 are there", () => {
    const desk = openDesk(lightWorkbook(makeSnapshot({})), { ...cautious, clearTakesValidations: set });
    const rules = (sheet: string, row: number) =>
      byHand(
        desk,
        `return book.getSheetByName("${sheet}").getRange(${row}, 1, 1, 20).getDataValidations()[0].filter(function (rule) { return rule !== null; }).length;`,
      );
    const before = rules("案例", 2);
    paste(desk, [
      ["单位代码", "单位名称", "类别"],
      ["640205", "惠农区教育局", "教育局"],
    ]);
    byHand(
      desk,
      'var rule = SpreadsheetApp.newDataValidation().requireValueInList(["教育局"]).build(); book.getSheetByName("粘贴区").getRange(3, 3).setDataValidation(rule);',
    );
    desk.run("importPasted");
    expect(desk.told.at(-1)).toContain("已导入");
    expect([rules("粘贴区", 3), rules("案例", 2)]).toEqual([0, before]);
    expect(before).toBeGreaterThan(3);
  });
});

describe.for(either)("the offsets of 1899 are rounded: $set", ({ set }) => {
  test("a film of 15 minutes is not too short", () => {
    const films = [15 * 60, 20 * 60, 17 * 60 + 30].map((seconds, i) => ({
      videoDuration: time(seconds),
      submittedOn: date(`2025-09-0${i + 1}`),
    }));
    const content = lightWorkbook(makeSnapshot({ submissions: films as never }));
    const desk = openDesk(content, { ...cautious, oldOffsetsAreRounded: set });
    const column = (desk.sheet("案例").rows[0] ?? []).indexOf(labelOf(submissionsSheet, "videoDuration")) + 1;
    byHand(desk, `book.getSheetByName("案例").getRange(2, ${column}, 3, 1).setNumberFormat("[h]:mm:ss");`);
    desk.run("checkAll");
    expect(desk.sheet("检查").rows.filter((row) => row.includes("VIDEO-DURATION"))).toEqual([]);
  });
});

test.for([
  { shown: "0:17:30", read: 1_033, drift: 17 },
  { shown: "0:17:30", read: 1_050, drift: 0 },
  { shown: "26:00:00", read: 93_583, drift: 17 },
  { shown: "17:30", read: 1_033, drift: undefined },
  { shown: "上午 8:00:00", read: 28_783, drift: undefined },
  { shown: "0:17:30", read: 9_000, drift: undefined },
])("$shown that was read as $read s", ({ shown, read, drift }) => expect(driftOf(shown, read)).toBe(drift));

describe.for(either)("all permissions are granted at first: $set", ({ set }) => {
  test("an action does its work, and nothing is written before the rest is asked for", () => {
    const award = newReview({}, 1, { ...cautious, consentIsWhole: set });
    expect(award.told.filter((text) => text.includes("没有做完"))).toEqual([]);
    expect(award.told.at(-1)).toContain("已连接");
  });
});

test("where the platform cannot ask, what is missing is said in words that help", () => {
  const words = inWords(
    new Error("Specified permissions are not sufficient to call MailApp.sendEmail. Required permissions: …"),
  );
  expect(words).toContain("每一项都勾上");
});
