import { describe, expect, test } from "vitest";
import { RefusedError } from "../../../node-tools/local-sheets/local-google.ts";
import { makeSnapshot, tongxin, xingqing } from "../../core/award-builder.ts";
import { cellsOf, newReview, reviewProject } from "../../src/review/review-desk.ts";
import { copyDesk, laidWorkbook, openDesk, stateOf } from "../../src/shared/shared-desk.ts";
import { sampled } from "../../sweep.ts";
import { actByHand, byHand } from "./by-hand.ts";
import { assign, copyAward, finishJob, runReview, scoreSheets } from "./local-award.ts";
import { opened } from "./platform.ts";

const officer = "xq@example.org";
const second = "second@example.org";
const award = makeSnapshot({
  units: [{ ...xingqing, email: officer }, tongxin],
  submissions: [{ firstScore: 90 }, { priorAward: "是" }, { nominator: "同心县教育局" }],
});

const openShared = opened(() => {
  const desk = openDesk(laidWorkbook(award));
  for (const user of [officer, second]) desk.google.share(desk.id, user, "edit");
  desk.run("unlockSubmissions");
  return desk;
}, copyDesk);

const writing = [
  "initializeWorkbook",
  "importPasted",
  "checkAll",
  "recommendByFirstScore",
  "lockSubmissions",
  "unlockSubmissions",
];

describe("an officer in the shared workbook", () => {
  test.for(sampled(writing))("%s is refused in words, and nothing is written", (name) => {
    const desk = openShared();
    const before = [stateOf(desk), desk.sheet("日志")];
    desk.answers.push("2025-10-20");
    desk.run(name, officer);
    expect(desk.told.at(-1)).toMatch(/只有管理员可以运行|请让管理员来运行/);
    expect([stateOf(desk), desk.sheet("日志")]).toEqual(before);
  });

  test.for([
    "assignExperts",
    "loadAssignmentPreview",
    "takeOverExperts",
    "collectScores",
    "loadRanking",
    "importDriveFile",
    "importPriorWinners",
  ])("the shared script has no %s", (name) => {
    const desk = openShared();
    expect(() => desk.run(name, officer)).toThrow(/not found/);
  });

  test("a viewer can run nothing", () => {
    const desk = openShared();
    desk.google.share(desk.id, "viewer@example.org", "view");
    expect(desk.google.open(desk.id, "viewer@example.org")).toEqual([]);
    for (const name of writing) expect(() => desk.run(name, "viewer@example.org")).toThrow(RefusedError);
  });

  test("a stranger cannot open the workbook", () => {
    const desk = openShared();
    expect(() => desk.google.open(desk.id, "nobody@example.org")).toThrow(RefusedError);
    expect(() => desk.run("checkOwnUnit", "nobody@example.org")).toThrow(RefusedError);
  });
});

describe("somebody else's protection in the way of an administrator who is not the owner", () => {
  const close = (name: string, area: string) => `
    var protection = book.getSheetByName("${name}").getRange("${area}").protect().setDescription("我的保护");
    protection.removeEditors(protection.getEditors().map(function (user) { return user.getEmail(); }));`;
  /** The owner adds another administrator, as the guide describes. */
  const appoint = `book.getSheets().forEach(function (sheet) {
    sheet.getProtections(SpreadsheetApp.ProtectionType.SHEET).forEach(function (each) { each.addEditor("${second}"); });
    sheet.getProtections(SpreadsheetApp.ProtectionType.RANGE).forEach(function (each) { each.addEditor("${second}"); });
  });`;

  test("another administrator may do what the owner may", () => {
    const desk = openShared();
    byHand(desk, appoint);
    desk.run("checkAll", second);
    expect(desk.told.at(-1)).toMatch(/^检查完成/);
    expect(desk.sheet("日志").rows.at(-1)?.[1]).toBe(second);
    desk.answers.push("");
    desk.run("recommendByFirstScore", second);
    expect(desk.told.at(-1)).toContain("新推荐 2 个");
  });

  test.for(
    sampled([
      { name: "案例", area: "A1:AZ20" },
      { name: "检查", area: "A1:I9" },
      { name: "日志", area: "A1:G9" },
      { name: "配额", area: "A1:I40" },
    ]),
  )("$name $area: reported by sheet, typing stays; once it is gone the action comes to its end", ({ name, area }) => {
    const desk = openShared();
    byHand(desk, appoint + close(name, area));
    const before = ["案例", "正文", "专家", "参数"].map((sheet) => desk.sheet(sheet).rows);
    desk.run("checkAll", second);
    expect(desk.told.at(-1)).toContain(`工作表「${name}」里有受保护的单元格`);
    expect(["案例", "正文", "专家", "参数"].map((sheet) => desk.sheet(sheet).rows)).toEqual(before);
    byHand(
      desk,
      `book.getSheetByName("${name}").getProtections(SpreadsheetApp.ProtectionType.RANGE).forEach(function (each) {
        if (each.getDescription() === "我的保护") each.remove();
      });`,
    );
    desk.run("checkAll", second);
    expect(desk.told.at(-1)).toMatch(/^检查完成/);
    expect(desk.sheet("检查").rows.flat()).toContain("SUB-PRIOR-AWARD");
  });

  test("rows of 案例 that may not be written: no row is recommended, and 日志 says nothing", () => {
    const desk = openShared();
    byHand(desk, appoint + close("案例", "A1:AZ20"));
    const before = [stateOf(desk), desk.sheet("日志")];
    desk.answers.push("2025-10-20");
    desk.run("recommendByFirstScore", second);
    expect(desk.told.at(-1)).toContain("工作表「案例」里有受保护的单元格");
    expect([stateOf(desk), desk.sheet("日志")]).toEqual(before);
  });
});

const reviewFunctions = [
  "connectApplication",
  "importDriveFile",
  "importPriorWinners",
  "takeOverExperts",
  "assignExperts",
  "loadAssignmentPreview",
  "applyAssignment",
  "fillReviewMaterials",
  "makeScoreSheets",
  "remindReviewers",
  "collectScores",
  "rankSubmissions",
  "loadRanking",
  "openDecisions",
  "replayActions",
  "setFirstReview",
  "showProgressDialog",
  "loadProgress",
  "loadReminders",
  "pauseJob",
  "resumeJob",
  "cancelJob",
  "continueJob",
  "showReviewLog",
  "showHelp",
  "loadHelp",
  "onOpen",
];

describe("the review is closed", () => {
  const inReview = opened(() => {
    const made = newReview({}, 8);
    assign(made);
    runReview(made, "makeScoreSheets");
    finishJob(made);
    made.google.share(made.shared, officer, "edit");
    return made;
  }, copyAward);

  test("every function of the review script is in this list", () => {
    const names = [...reviewProject().code.matchAll(/^function (\w+)\(/gm)].map(([, name]) => name);
    expect([...names].sort()).toEqual([...reviewFunctions].sort());
  });

  test("an officer runs no review function, sees no review file and opens none by its id", () => {
    const made = inReview();
    const { google, review, shared } = made;
    const before = google.snapshotOf(review);
    for (const name of reviewFunctions) {
      expect(() => google.run(review, officer, name, []), name).toThrow(RefusedError);
    }
    expect(() => google.open(review, officer)).toThrow(RefusedError);
    expect(google.files(officer).map(({ id }) => id)).toEqual([shared]);
    const ids = google.files().flatMap(({ id }) => (id === shared ? [] : [id]));
    expect(ids.length).toBeGreaterThan(10);
    for (const id of ids) {
      for (const open of [`SpreadsheetApp.openById("${id}").getName()`, `DriveApp.getFileById("${id}").getName()`]) {
        expect(() => actByHand(google, shared, reviewProject(), officer, `return ${open};`), open).toThrow();
      }
      expect(() => google.edit(id, officer, { sheet: "评分", row: 4, column: 6, values: [["1"]] })).toThrow(
        RefusedError,
      );
    }
    expect(google.snapshotOf(review)).toEqual(before);
  });

  test("an expert opens the own score sheet alone, writes open cells alone and reads no other", () => {
    const { google, review, shared, ...rest } = inReview();
    const made = { google, review, shared, ...rest };
    const sheets = [...scoreSheets(made).values()];
    const { id, expert } = sheets[0] ?? { id: "", expert: "" };
    expect(google.files(expert).map((file) => file.id)).toEqual([id]);
    google.open(id, expert);
    for (const other of [review, shared, ...sheets.slice(1).map((sheet) => sheet.id)]) {
      expect(() => google.open(other, expert)).toThrow(RefusedError);
    }
    const header = cellsOf(made, id, "评分")[2] ?? [];
    const type = (sheet: string, row: number, column: number) =>
      google.edit(id, expert, { sheet, row, column, values: [["1"]] });
    const open = header.map((_, i) => {
      try {
        type("评分", 4, i + 1);
        return true;
      } catch (error) {
        expect(error).toBeInstanceOf(RefusedError);
        return false;
      }
    });
    const labels = header.flatMap((label, i) =>
      open[i] ? [String(label).replace(/\s*[（(]?\d+\s*分?[）)]?$/, "")] : [],
    );
    expect(labels.join("、")).toMatch(/^理念创新.*格式合规性.*评语/s);
    expect(labels.join("、")).not.toMatch(/评审编号|案例名称|总分|状态/);
    for (const row of [1, 2, 3]) expect(() => type("评分", row, 6)).toThrow(RefusedError);
    for (const sheet of ["案例正文", "评分标准"]) expect(() => type(sheet, 2, 2)).toThrow(RefusedError);
    const text = JSON.stringify(google.contentOf(id));
    expect(text).not.toMatch(/兴庆区|同心县|银川市|沙坡头区|金凤区|第一示例学校/);
  });
});
