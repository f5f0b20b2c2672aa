/** What Google does not promise; each test fails on a script that counts on it. */
import { describe, expect, test } from "vitest";
import { logSheet } from "../../../apps-script/core/schema/application.ts";
import { columnOf } from "../../../apps-script/core/schema/sheet-spec.ts";
import { defaultExperts, shared as sharedAward } from "../../core/review-fixture.ts";
import {
  administrator,
  assign,
  finishJob,
  type LocalAward,
  newLocalAward,
  runReview,
  runShared,
  scoreSheets,
} from "../../node-tools/local-sheets/local-award.ts";
import { testedDoubts } from "../../node-tools/local-sheets/platform.ts";
import { laidWorkbook } from "../shared/shared-desk.ts";
import { assigned, cellsOf, expertsWithAddresses, handedOut, newReview } from "./review-desk.ts";

const small = () => newReview({}, 1);

/** What an officer would see of both workbooks and of the drive, times and the log aside. */
const stateOf = ({ google, shared, review }: LocalAward) => [
  ...[shared, review].map((id) =>
    google
      .snapshotOf(id)
      .sheets.filter(({ name }) => name !== "日志" && name !== "进度")
      .map(({ name, rows }) => [name, rows]),
  ),
  google.files().map(({ name }) => name),
  google.mails.map(({ to }) => to),
];

const actionsLogged = (award: LocalAward) => {
  const rows = cellsOf(award, award.review, "日志");
  const column = rows[0]?.indexOf(columnOf(logSheet, "action").label) ?? -1;
  expect(column).toBeGreaterThan(-1);
  return rows.slice(1).map((row) => row[column]);
};

describe("a second action starts while the first waits for its answer", () => {
  const actions: { name: string; open: () => LocalAward }[] = [
    { name: "takeOverExperts", open: small },
    { name: "makeScoreSheets", open: assigned },
    { name: "remindReviewers", open: handedOut },
    { name: "collectScores", open: handedOut },
    { name: "fillReviewMaterials", open: assigned },
    { name: "setFirstReview", open: small },
  ];
  test.for(actions)("$name: as if they had come one after the other", ({ name, open }) => {
    const typed = name === "fillReviewMaterials" ? "https://example.invalid/{评审编号}.zip" : "";
    const answer = (award: LocalAward) => name !== "collectScores" && award.answers.push(typed);
    const calm = open();
    for (let turn = 0; turn < 2; turn++) {
      answer(calm);
      runReview(calm, name);
      finishJob(calm);
    }
    const award = open();
    const { alert, prompt } = award.google.surroundings;
    let isFirst = true;
    const interrupt = () => {
      if (!isFirst) return;
      isFirst = false;
      answer(award);
      runReview(award, name);
    };
    award.google.surroundings = {
      ...award.google.surroundings,
      alert: (title, message, buttons) => {
        interrupt();
        return alert?.(title, message, buttons) ?? "OK";
      },
      prompt: (title, message, buttons) => {
        interrupt();
        return prompt?.(title, message, buttons) ?? { button: "OK", text: "" };
      },
    };
    answer(award);
    runReview(award, name);
    finishJob(award);
    expect(isFirst).toBe(false);
    expect(stateOf(award)).toEqual(stateOf(calm));
    expect(actionsLogged(award)).toEqual(actionsLogged(calm));
  });
});

describe("two scripts and one workbook", () => {
  const open = () =>
    newLocalAward(undefined, laidWorkbook(sharedAward({ experts: expertsWithAddresses(defaultExperts()) }, 3)));
  const connected = () => {
    const award = open();
    award.answers.push(award.shared);
    runReview(award, "connectApplication");
    return award;
  };
  const midway = (award: LocalAward, method: string, act: () => void) => {
    let done = false;
    award.google.surroundings.beforeCall = ({ name }) => {
      if (done || name !== method) return;
      done = true;
      act();
    };
  };

  test("检查全部 waits while the review script moves the experts, and says for whom", () => {
    const award = connected();
    const log = () => cellsOf(award, award.shared, "日志").length;
    const before = log();
    midway(award, "Range.setValues", () => runShared(award, "checkAll"));
    runReview(award, "takeOverExperts");
    expect(award.told.some((words) => words.includes(`${administrator} 正在另一个工作簿里`))).toBe(true);
    expect(log()).toBe(before);
    delete award.google.surroundings.beforeCall;
    runShared(award, "checkAll");
    expect(log()).toBe(before + 1);
  });

  test("the review script moves nobody while 检查全部 writes", () => {
    const award = connected();
    const experts = () => cellsOf(award, award.shared, "专家");
    const before = experts();
    midway(award, "Range.setValues", () => runReview(award, "takeOverExperts"));
    runShared(award, "checkAll");
    expect(award.told.some((words) => words.includes("没有做任何改动"))).toBe(true);
    expect(experts()).toEqual(before);
  });

  test("a file is read into the shared workbook by one script at a time, and so is what a first review writes there", () => {
    const award = connected();
    const roster = new TextEncoder().encode("单位代码,单位名称,类别\n640205,惠农区教育局,教育局");
    award.answers.push(award.google.addFile("单位.csv", administrator, roster, "text/csv"));
    const before = cellsOf(award, award.shared, "单位");
    midway(award, "Range.setValues", () => runReview(award, "importDriveFile"));
    runShared(award, "checkAll");
    expect(award.told.some((words) => words.startsWith("导入文件") && words.includes("没有做任何改动"))).toBe(true);
    expect(cellsOf(award, award.shared, "单位")).toEqual(before);
  });

  test("a mark that was left behind holds nobody up", () => {
    const award = connected();
    let isOver = false;
    award.google.surroundings.beforeCall = ({ name }) => {
      isOver ||= name === "Range.setValues";
      // For good: the mark cannot be taken away any more.
      if (isOver) throw new Error("Exceeded maximum execution time");
    };
    expect(() => runShared(award, "checkAll")).toThrow("maximum execution time");
    delete award.google.surroundings.beforeCall;
    runReview(award, "takeOverExperts");
    expect(award.told.at(-1)).toContain("正在另一个工作簿里");
    award.google.advance(8 * 60_000);
    runReview(award, "takeOverExperts");
    expect(award.told.at(-1)).toContain("已移交");
  });
});

describe("a job", () => {
  test("goes on when the workbook is opened, though no trigger of the clock ever fires", () => {
    const award = assigned();
    let calls = 0;
    award.google.surroundings.beforeCall = () => {
      if (++calls > 600) throw new Error("Exceeded maximum execution time");
    };
    expect(() => runReview(award, "makeScoreSheets")).toThrow("maximum execution time");
    delete award.google.surroundings.beforeCall;
    expect(scoreSheets(award).size).toBeLessThan(3);
    award.google.open(award.review, administrator);
    expect(scoreSheets(award).size).toBe(3);
    expect(award.google.triggers()).toEqual([]);
  });

  test("an address without an account: the file is made once, told, and shared when the address is mended", () => {
    const experts = expertsWithAddresses().map((row, i) => ({ ...row, email: `zj${i + 1}@qq.com` }));
    const award = newReview({ experts }, 1);
    const make = () => {
      runReview(award, "makeScoreSheets");
      finishJob(award);
      return award.google.run(award.review, administrator, "loadProgress") as { state: string; problems: string[] };
    };
    const files = () => award.google.files().filter(({ name }) => name.startsWith("评分表-"));
    const shared = () => files().filter(({ editors }) => editors.length === 1).length;
    assign(award);
    const first = make();
    const made = files().length;
    expect(made).toBeGreaterThan(1);
    if (testedDoubts.anyAddressIsShared) {
      expect(shared()).toBe(made);
      return;
    }
    expect([shared(), first.state]).toEqual([0, "failed"]);
    expect(first.problems).toEqual(
      files().map(() => expect.stringMatching(/不能与 zj\d+@qq\.com 共享.*casebook packets/)),
    );
    expect([make().problems.length, files().length]).toEqual([made, made]);

    const rows = cellsOf(award, award.review, "评审专家");
    const column = (rows[0]?.indexOf("邮箱") ?? -1) + 1;
    const refused = /zj\d+@qq\.com/.exec(first.problems[0] ?? "")?.[0];
    const row = rows.findIndex((cells) => cells[column - 1] === refused) + 1;
    award.google.edit(award.review, administrator, { sheet: "评审专家", row, column, values: [["zj@example.org"]] });
    expect([make().problems.length, files().length, shared()]).toEqual([made - 1, made, 1]);
  });
});

test.for(["https://docs.google.com/spreadsheets/d/nowhere/edit", "nowhere", "钟老师的表"])(
  "a wrong address at 连接, %s: Chinese words and the way out, nothing of the platform's own",
  (text) => {
    const award = newLocalAward();
    award.answers.push(text);
    runReview(award, "connectApplication");
    const words = award.told.at(-1) ?? "";
    expect(words).toMatch(/打不开这个工作簿.*用同一个账号打开它试试/);
    expect(words.replace("钟老师的表", "")).not.toMatch(/[A-Za-z]{4}/);
  },
);
