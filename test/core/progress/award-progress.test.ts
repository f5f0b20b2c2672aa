/** What each unit and expert has sent, how far the award has come, and what is next. */
import { describe, expect, test } from "vitest";
import { defaultSettings } from "../../../apps-script/core/award/settings.ts";
import { appendLog } from "../../../apps-script/core/log/log.ts";
import { type Known, readProgress } from "../../../apps-script/core/progress/award-progress.ts";
import { describeAward, describeWindow, listLacking } from "../../../apps-script/core/progress/describe-progress.ts";
import { describeOpen } from "../../../apps-script/core/progress/expert-progress.ts";
import { findNextStep } from "../../../apps-script/core/progress/next-step.ts";
import type { OpenMatter } from "../../../apps-script/core/ranking/open-matters.ts";
import { rankingSheet } from "../../../apps-script/core/schema/review.ts";
import { collectScoreSheets } from "../../../apps-script/core/score-sheets/collect.ts";
import type { WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import { type AwardParts, directSchool, makeSnapshot, tongxin, validExpert, xingqing } from "../award-builder.ts";
import { applyPatch } from "../in-memory-workbook.ts";
import {
  assigned,
  defaultExperts,
  fillScoreSheet,
  input,
  items,
  notice,
  rowsOf,
  scoreSheets,
  shared,
} from "../review-fixture.ts";

const read = (award: WorkbookSnapshot, review?: WorkbookSnapshot, known?: Known, today = "2025-09-01") =>
  readProgress(award, review, notice, today, known);

describe("units", () => {
  const lacking = (parts: AwardParts, today?: string) =>
    listLacking(read(makeSnapshot(parts), undefined, {}, today).units);

  test.for<{ name: string; parts: AwardParts; today?: string; lines: string[] }>([
    { name: "all is there", parts: {}, lines: [] },
    { name: "no units", parts: { units: [], submissions: [], experts: [], liaisons: [] }, lines: [] },
    {
      name: "nothing has come",
      parts: { units: [{ ...xingqing, sealedCopy: null }], submissions: [], experts: [], liaisons: [] },
      lines: ["兴庆区教育局：什么也没有报"],
    },
    {
      name: "a stamped copy alone is something",
      parts: { submissions: [], experts: [], liaisons: [] },
      lines: ["兴庆区教育局：没有案例、小学专家差 5 名、初中专家差 5 名、高中专家差 5 名、联络员差 2 名"],
    },
    {
      name: "too many at a direct school, named with spaces",
      parts: {
        units: [directSchool],
        submissions: [{ nominator: "厅直属 第一示例学校 " }],
        experts: [0, 1, 2].map((i) => validExpert(i, " 厅直属第一示例学校", "")),
      },
      lines: ["厅直属第一示例学校：专家多 1 名"],
    },
    {
      name: "from the first day of recommending on, a recommendation",
      parts: {},
      today: "2025-10-16",
      lines: ["兴庆区教育局：没有推荐"],
    },
    { name: "not the day before", parts: {}, today: "2025-10-15", lines: [] },
    {
      name: "where others have recommended too; a cancelled row is none",
      parts: {
        units: [xingqing, tongxin],
        submissions: [
          { recommended: "是" },
          { nominator: "同心县教育局" },
          { nominator: "同心县教育局", recommended: "是", status: "取消资格" },
        ],
      },
      lines: ["同心县教育局：没有推荐"],
    },
    {
      name: "worst first: nothing at all, though it is less than others lack; then by how much is missing",
      parts: {
        units: [tongxin, { ...xingqing, sealedCopy: "否" }, { ...directSchool, sealedCopy: "" }],
        submissions: [{}],
        liaisons: [],
        experts: notice.stages.flatMap((stage) =>
          Array.from({ length: 5 }, (_, i) => validExpert(i, "同心县教育局", stage)),
        ),
      },
      lines: [
        "厅直属第一示例学校：什么也没有报",
        "兴庆区教育局：小学专家差 5 名、初中专家差 5 名、高中专家差 5 名、没有盖章件、联络员差 2 名",
        "同心县教育局：没有案例、联络员差 2 名",
      ],
    },
  ])("$name", ({ parts, today, lines }) => expect(lacking(parts, today)).toEqual(lines));
});

const award = shared({}, 12);
const review = assigned(award);
const sheets = scoreSheets(award, review);

/** What comes back where `fill` says so. */
function returned(
  award: WorkbookSnapshot,
  from: WorkbookSnapshot,
  fills: (expert: string, row: number) => boolean,
): WorkbookSnapshot {
  const inputs = scoreSheets(award, from).map((file) =>
    input(
      file,
      fillScoreSheet(file, (_, row) => (fills(file.expert, row) ? { scores: items.map(() => 5) } : undefined)),
    ),
  );
  const now = "2025-11-20T09:30:00";
  return applyPatch(from, collectScoreSheets(from, defaultSettings(notice), inputs, { now }).patch);
}

const logged = (book: WorkbookSnapshot, action: string, parameters = "") =>
  applyPatch(book, {
    sheets: [
      appendLog(book, { time: "2025-11-01 08:00:00", actor: "", action, parameters, outcome: "", inputDigest: "" }),
    ],
  });

const ranked = (book: WorkbookSnapshot) =>
  applyPatch(book, { sheets: [{ name: "汇总", edits: [{ row: 2, column: 3, value: "A001" }] }] });
const remark = rankingSheet(notice).columns.findIndex(({ key }) => key === "remark") + 1;
const all = returned(award, logged(review, "生成评分表"), () => true);

const proposed = applyPatch(ranked(all), {
  sheets: [{ name: "汇总", edits: [{ row: 2, column: remark, value: "建议加评一名专家：获奖概率 52%，最难分辨" }] }],
});

describe("experts", () => {
  test("those of whom nothing has come stand first, then by how much is open", () => {
    const many = shared({}, 40);
    const book = assigned(many);
    const first = scoreSheets(many, book).find(({ submissions }) => submissions.length > 1)!.expert;
    const after = returned(many, book, (expert, row) => expert === first && row === 4);
    const { experts } = read(many, after).review!;
    const last = experts.at(-1)!;
    expect(last).toMatchObject({ expert: first, returned: true, open: { length: last.assigned - 1 } });
    expect(describeOpen(last)).toMatch(/^E\d{3} \S+（\S+，139\d{8}）：\d 个案例还有 \d 个没有交$/);
    const counts = experts.slice(0, -1).map(({ open }) => open.length);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    expect(describeOpen(experts[0]!)).toMatch(/：\d 个案例都?没有交$/);
  });

  test("a score that was taken is not open, whatever 分派 says of it by now", () => {
    const column = Object.keys(rowsOf(all, "分派")[0] ?? {}).indexOf("状态") + 1;
    const back = applyPatch(all, { sheets: [{ name: "分派", edits: [{ row: 2, column, value: "已分派" }] }] });
    expect(read(award, back).review?.experts.flatMap(({ open }) => open)).toEqual([]);
  });

  test("what an expert stands aside from is not open", () => {
    const file = sheets[0]!;
    const aside = input(
      file,
      fillScoreSheet(file, () => ({ conflict: "是，本人指导" })),
    );
    const now = "2025-11-20T09:30:00";
    const after = applyPatch(review, collectScoreSheets(review, defaultSettings(notice), [aside], { now }).patch);
    const { experts } = read(award, after).review!;
    expect(experts.find(({ expert }) => expert === file.expert)?.open ?? []).toEqual([]);
  });
});

describe("the stage and what is next", () => {
  const step = (...books: Parameters<typeof read>) => {
    const progress = read(...books);
    const { action, obstacles } = findNextStep(progress);
    return [progress.stage, action, ...obstacles.map(({ message }) => message)];
  };
  const nothing = makeSnapshot({ units: [], submissions: [], experts: [], liaisons: [] });
  const empty = makeSnapshot({
    units: [{ ...xingqing, sealedCopy: "" }, tongxin],
    submissions: [],
    experts: [],
    liaisons: [],
  });
  const open = (kind: OpenMatter["kind"]): Known => ({ open: [{ kind, ids: ["A001"], message: "未定" }] });
  const withdrawn = applyPatch(review, {
    sheets: [
      {
        name: "评审专家",
        edits: [
          {
            row: rowsOf(review, "评审专家").findIndex((r) => r.专家编号 === sheets[0]!.expert) + 2,
            column: 14,
            value: "退出",
          },
        ],
      },
    ],
  });

  const { 教育云账号: account } = rowsOf(review, "评审专家").find((r) => r.专家编号 === sheets[0]!.expert)!;
  const row = rowsOf(award, "专家").findIndex((r) => r.教育云账号 === account) + 2;
  const column = award.sheets.find(({ name }) => name === "专家")!.rows[0]!.indexOf("状态") + 1;
  const withdrawnInAward = applyPatch(award, { sheets: [{ name: "专家", edits: [{ row, column, value: "退出" }] }] });

  test.for<{ name: string; books: Parameters<typeof read>; says: string[] }>([
    { name: "an empty workbook", books: [nothing], says: ["prepare", "importUnits"] },
    {
      name: "units alone",
      books: [empty],
      says: ["submission", "import", "1 个单位未报", "1 个单位未报齐"],
    },
    {
      name: "units alone, checked: what is missing is nobody's mistake yet",
      books: [empty, undefined, { errors: 24 }],
      says: ["submission", "import", "1 个单位未报", "1 个单位未报齐"],
    },
    { name: "submissions", books: [makeSnapshot()], says: ["submission", "check"] },
    {
      name: "checked, with errors",
      books: [makeSnapshot(), undefined, { errors: 3 }],
      says: ["submission", "sendReports", "3 处错误待改"],
    },
    { name: "checked and clean", books: [makeSnapshot(), undefined, { errors: 0 }], says: ["submission", "recommend"] },
    {
      name: "checked, and nobody has scored",
      books: [makeSnapshot({ submissions: [{ firstScore: null }] }), undefined, { errors: 0 }],
      says: ["submission", "sendReports", "1 个案例没有初评得分"],
    },
    { name: "recommended", books: [award], says: ["recommendation", "check"] },
    {
      name: "recommended before anybody checked, with errors",
      books: [award, undefined, { errors: 2 }],
      says: ["recommendation", "sendReports", "2 处错误待改"],
    },
    {
      name: "what is wrong went out",
      books: [logged(logged(award, "检查"), "输出名单"), undefined, { errors: 2 }],
      says: ["recommendation", "import", "2 处错误待改"],
    },
    {
      name: "what is wrong went out before the last check",
      books: [logged(logged(award, "输出名单"), "检查"), undefined, { errors: 2 }],
      says: ["recommendation", "sendReports", "2 处错误待改"],
    },
    {
      name: "recommended and checked",
      books: [award, undefined, { errors: 0 }],
      says: ["recommendation", "recommend"],
    },
    {
      name: "recommended within the quotas and checked",
      books: [logged(award, "推荐"), undefined, { errors: 2 }],
      says: ["recommendation", "assign", "2 处错误待改"],
    },
    {
      name: "assigned",
      books: [award, review],
      says: ["review", "packets", `${sheets.length} 名专家未交齐（36 个评分）`],
    },
    {
      name: "assigned, in a log that tells so",
      books: [award, logged(logged(review, "生成评分表"), "分派专家")],
      says: ["review", "packets", `${sheets.length} 名专家未交齐（36 个评分）`],
    },
    {
      name: "handed out",
      books: [award, logged(logged(review, "分派专家"), "生成评分表")],
      says: ["review", "collect", `${sheets.length} 名专家未交齐（36 个评分）`],
    },
    {
      name: "handed out before and after",
      books: [award, logged(logged(logged(review, "生成评分表"), "分派专家"), "生成评分表")],
      says: ["review", "collect", `${sheets.length} 名专家未交齐（36 个评分）`],
    },
    {
      name: "an expert has withdrawn",
      books: [award, withdrawn],
      says: ["review", "assign", "1 名专家已退出，还没有改派", `${sheets.length - 1} 名专家未交齐（36 个评分）`],
    },
    {
      name: "an expert has withdrawn in 专家 alone",
      books: [withdrawnInAward, review],
      says: ["review", "assign", "1 名专家已退出，还没有改派", `${sheets.length - 1} 名专家未交齐（36 个评分）`],
    },
    {
      name: "what is open besides is told only where it is not a matter of course",
      books: [award, review, { open: [...open("pending").open!, ...open("changed").open!, ...open("ruling").open!] }],
      says: ["review", "packets", `${sheets.length} 名专家未交齐（36 个评分）`, "1 条裁定没有生效"],
    },
    { name: "all is in", books: [award, all], says: ["ranking", "rank"] },
    { name: "ranked, and nobody has looked", books: [award, ranked(all)], says: ["ranking", "rank"] },
    { name: "ranked, a tie", books: [award, ranked(all), open("tie")], says: ["ranking", "rule", "1 处并列未定"] },
    {
      name: "ranked, 复评",
      books: [award, ranked(all), open("arbitration")],
      says: ["ranking", "assign", "1 个案例待复评"],
    },
    {
      name: "ranked, and what is left is beyond the quota: a person has to say what becomes of it",
      books: [shared({}, 13), ranked(all), { open: [{ kind: "beyondQuota", ids: ["A013"], message: "改“推荐”" }] }],
      says: ["ranking", "settleQuota", "1 个推荐的案例超出名额，没有分派"],
    },
    {
      name: "ranked, and what is left came later",
      books: [shared({}, 13), ranked(all), { open: [{ kind: "unassigned", ids: ["A013"], message: "分派" }] }],
      says: ["ranking", "assign", "1 个推荐的案例没有分派"],
    },
    {
      name: "ranked, changed since",
      books: [award, ranked(all), open("changed")],
      says: ["ranking", "rank", "1 处数据在排名以后有改动"],
    },
    {
      name: "ranked, scores have come since: ranked again before anybody rules on a tie",
      books: [award, ranked(all), { open: [...open("tie").open!, ...open("changed").open!] }],
      says: ["ranking", "rank", "1 处并列未定", "1 处数据在排名以后有改动"],
    },
    {
      name: "ranked, one ruling of several is written",
      books: [award, logged(ranked(all), "裁定"), { open: [...open("tie").open!, ...open("changed").open!] }],
      says: ["ranking", "rule", "1 处并列未定", "1 处数据在排名以后有改动"],
    },
    {
      name: "ranked, 加评 is proposed",
      books: [award, proposed, { open: [] }],
      says: ["publication", "assign", "1 个案例建议加评"],
    },
    {
      name: "ranked, 加评 is proposed, and the lists are out all the same",
      books: [award, logged(logged(proposed, "汇总排名"), "输出名单"), { open: [] }],
      says: ["publication", "replay"],
    },
    { name: "nothing is open", books: [award, ranked(all), { open: [] }], says: ["publication", "export"] },
    ...[
      { name: "all lists are out", parameters: "", next: "replay" },
      { name: "公示名单 is out among forms", parameters: "附件6、公示名单", next: "replay" },
      { name: "every form is out", parameters: "全部", next: "replay" },
      { name: "drafts alone are out", parameters: "公示名单、草稿", next: "export" },
      { name: "other forms are out", parameters: "附件6", next: "export" },
    ].map(({ name, parameters, next }) => ({
      name,
      books: [award, logged(logged(ranked(all), "汇总排名"), "输出名单", parameters), { open: [] }] as Parameters<
        typeof read
      >,
      says: ["publication", next],
    })),
    {
      name: "the lists went out before the last ranking",
      books: [award, logged(logged(ranked(all), "输出名单"), "汇总排名"), { open: [] }],
      says: ["publication", "export"],
    },
    {
      name: "a submission came later",
      books: [shared({}, 13), ranked(all), { open: [] }],
      says: ["publication", "export", "1 个推荐的案例没有分派（A013）"],
    },
    {
      name: "too few experts",
      books: [award, applyPatch(all, { sheets: [{ name: "分派", edits: [{ row: 2, column: 6, value: "作废" }] }] })],
      says: ["review", "assign", `1 个案例专家不足（${rowsOf(all, "分派")[0]!.案例编号}）`],
    },
  ])("$name", ({ books, says }) => expect(step(...books)).toEqual(says));
});

describe("the screen", () => {
  test.for([
    { today: "2025-10-01", says: "2025-10-16 至 2025-10-30，15 天后开始" },
    { today: "2025-10-16", says: "2025-10-16 至 2025-10-30，还有 14 天" },
    { today: "2025-10-30", says: "2025-10-16 至 2025-10-30，今天截止" },
    { today: "2025-11-02", says: "2025-10-16 至 2025-10-30，已过 3 天" },
  ])("days on $today", ({ today, says }) => expect(describeWindow("recommendation", { notice, today })).toBe(says));

  test("a row a unit, experts who owe, what is open", () => {
    const progress = read(award, review);
    expect(describeAward(progress, findNextStep(progress).obstacles)).toEqual([
      "2025年全区教育数字化创新应用案例征集，现在是“评审”阶段。",
      expect.stringContaining("征集：2025-07-15 至 2025-10-15，还有 44 天"),
      expect.stringContaining("推荐："),
      expect.stringContaining("评审："),
      expect.stringContaining("公布："),
      "单位 6 个，报齐的 6 个：案例 12 个，推荐 12 个。",
      "  银川市教育局　　　  案例   2  推荐   2  专家  15  联络员   2  已报齐",
      ...Array.from({ length: 5 }, () => expect.stringMatching(/^ {2}\S.+ {2}案例 .* 已报齐$/)),
      `评审：${sheets.length} 名专家，36 个评分，已交 0 个。`,
      ...Array.from({ length: 8 }, () => expect.stringMatching(/^ {2}E\d+ .*：1 个案例没有交$/)),
      `  ……另有 ${sheets.length - 8} 名专家没有交齐，用 casebook remind 查看`,
      "未了的事项：",
      `  ${sheets.length} 名专家未交齐（36 个评分）`,
    ]);
  });

  test("of what a ranking leaves open, each with what to do", () => {
    const two = [1, 2].map((n): OpenMatter => ({ kind: "tie", ids: ["A001", "A002"], message: `并列 ${n}` }));
    const progress = read(award, ranked(all), { open: two });
    const lines = describeAward(progress, findNextStep(progress).obstacles);
    expect(lines.slice(-4)).toEqual(["未了的事项：", "  2 处并列未定", "    并列 1", "    并列 2"]);
  });

  test("of thirteen units twelve are shown; without an assignment, that", () => {
    const units = Array.from({ length: 13 }, (_, i) => ({
      ...xingqing,
      code: `6401${i + 10}`,
      name: `第${i}县教育局`,
      aliases: "",
    }));
    const lines = describeAward(
      read(makeSnapshot({ units, submissions: [], experts: defaultExperts().slice(0, 0) })),
      [],
    );
    expect(lines.filter((line) => line.includes("联络员   2"))).toHaveLength(12);
    expect(lines).toContain("  ……另有 1 个单位，没有报齐的用 casebook remind 查看");
    expect(lines.slice(-2)).toEqual(["评审：还没有分派专家。", "没有未了的事项。"]);
  });
});
