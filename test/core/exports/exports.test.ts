import { describe, expect, test } from "vitest";
import { readFormContext } from "../../../apps-script/core/exports/forms/index.ts";
import { publicNoticeForm } from "../../../apps-script/core/exports/forms/published-lists.ts";
import { buildExports, type ExportFile, type Exports } from "../../../apps-script/core/exports/index.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import type { CellValue, WorkbookSnapshot } from "../../../apps-script/core/workbook/port.ts";
import {
  type AwardParts,
  directSchool,
  makeSnapshot,
  type SubmissionRow,
  tongxin,
  validExpert,
  xingqing,
} from "../award-builder.ts";
import { makeReview } from "./review-builder.ts";

const chainHead = "ab".repeat(32);

function exportAll(parts: AwardParts, review?: WorkbookSnapshot): Exports {
  return buildExports(makeSnapshot(parts), review, ningxia2025);
}

const publicNoticeOf = (parts: AwardParts, review: WorkbookSnapshot) =>
  publicNoticeForm.build(readFormContext(makeSnapshot(parts), review, ningxia2025, chainHead));

function fileNamed(exports: Exports, name: string): ExportFile {
  const file = exports.files.find((f) => f.fileName === name);
  if (!file) throw new Error(`no ${name} among ${exports.files.map((f) => f.fileName).join(", ")}`);
  return file;
}

/** The cells of the only sheet, row by row, without the empty ones. */
function cellsOf(exports: Exports, name: string): CellValue[][] {
  const file = fileNamed(exports, name);
  const rows: CellValue[][] = [];
  if (file.kind === "csv") return rows;
  for (const { row, value } of file.patch.sheets[0]?.edits ?? []) rows[row - 1] = [...(rows[row - 1] ?? []), value];
  return rows;
}

const bodyOf = (exports: Exports, name: string) => cellsOf(exports, name).slice(3);

const recommended = (values: SubmissionRow): SubmissionRow => ({ recommended: "是", ...values });

describe("推荐案例汇总表", () => {
  const units = [xingqing, directSchool];
  const submissions = [
    recommended({ id: "A1", field: "教研创新", firstScore: 90, "author1.name": "赖澜思" }),
    recommended({ id: "A2", field: "教学革新", track: "乡村", firstScore: 95 }),
    recommended({ id: "A3", field: "教学革新", firstScore: 80 }),
    recommended({
      id: "A4",
      field: "教学革新",
      firstScore: 88,
      "author1.name": "唐妍",
      "author1.unit": "兴庆区第一小学",
      "author2.name": "邵 鹤",
      otherAuthors: "蔺衡、佘霏",
    }),
    { id: "A5" },
    recommended({ id: "A6", status: "取消资格" }),
    recommended({ id: "Z1", nominator: directSchool.name as string, track: null }),
  ];
  const exports = exportAll({ units, submissions });
  const file = "推荐案例汇总表-兴庆区教育局.xlsx";

  test("names the unit, with room for its stamp", () => {
    expect(cellsOf(exports, file)[1]?.[0]).toBe("推荐单位（盖章）：兴庆区教育局");
  });

  test("recommended rows alone, by field, track and score", () => {
    expect(
      bodyOf(exports, file)
        .slice(0, 4)
        .map((row) => [row[0], row[1]]),
    ).toEqual([
      [1, "A4"],
      [2, "A3"],
      [3, "A2"],
      [4, "A1"],
    ]);
  });

  test("a row in full", () => {
    expect(bodyOf(exports, file)[0]).toEqual([
      1,
      "A4",
      "以学情诊断改进课堂的实践（之4）",
      "教学革新",
      "城市",
      "小学",
      "唐妍",
      "兴庆区第一小学",
      "邵鹤、蔺衡、佘霏",
      "13900000000",
      88,
    ]);
  });

  test("counts against the quotas", () => {
    expect(bodyOf(exports, file)[4]?.[0]).toBe(
      "共推荐 4 个。推荐数/名额：教学革新 城市2/35、乡村1/15；教研创新 城市1/35、乡村0/15；教育治理升级 城市0/35、乡村0/15；评价改革 城市0/35、乡村0/15。",
    );
  });

  test("a direct school counts without tracks", () => {
    expect(bodyOf(exports, "推荐案例汇总表-厅直属第一示例学校.xlsx")[1]?.[0]).toContain("教学革新1/5；教研创新0/5");
  });

  test.for([
    { count: 5, says: "教学革新5/5；" },
    { count: 6, says: "教学革新6/5（超额1）；" },
  ])("$count of a direct school's five", ({ count, says }) => {
    const school = { nominator: "厅直属第一示例学校", track: null };
    const own = Array.from({ length: count }, (_, i) => recommended({ id: `Z${i}`, ...school }));
    const list = bodyOf(exportAll({ units, submissions: own }), "推荐案例汇总表-厅直属第一示例学校.xlsx");
    expect(list[count]?.[0]).toContain(says);
  });

  test("a unit without recommendations reports 无", () => {
    expect(bodyOf(exportAll({ units, submissions: [{}] }), file)[0]).toEqual(["无"]);
  });
});

test.for([
  { name: "another name", units: [xingqing, tongxin], files: ["兴庆区教育局", "同心县教育局"] },
  {
    name: "one name twice",
    units: [xingqing, { ...tongxin, name: xingqing.name }],
    files: ["兴庆区教育局", "兴庆区教育局-640324"],
  },
  { name: "marks that no file name bears", units: [{ ...xingqing, name: "甲/乙:局" }], files: ["甲／乙：局"] },
])("file names of units: $name", ({ units, files }) => {
  const names = exportAll({ units: units as AwardParts["units"] & object, submissions: [] }).files.map(
    (f) => f.fileName,
  );
  expect(names.filter((n) => n.startsWith("推荐案例汇总表-"))).toEqual(files.map((f) => `推荐案例汇总表-${f}.xlsx`));
});

test("专家名单: by unit and stage, numbered anew in each unit, withdrawn ones told", () => {
  const experts = [
    { ...validExpert(0, "同心县教育局", "小学"), name: "佘琬" },
    { ...validExpert(1, "兴庆区教育局", "高中"), name: "唐妍", status: "退出" },
    { ...validExpert(2, "兴庆区教育局", "小学"), name: "邵鹤" },
  ];
  const exports = exportAll({ units: [xingqing, tongxin], experts });
  expect(bodyOf(exports, "专家名单.xlsx").map((row) => row.filter((_, i) => [0, 2, 7].includes(i)))).toEqual([
    ["一、兴庆区教育局（2 人：小学 1、高中 1）"],
    [1, "邵鹤"],
    [2, "唐妍", "退出"],
    ["二、同心县教育局（1 人：小学 1）"],
    [1, "佘琬"],
  ]);
});

describe("after the ranking", () => {
  const phone = "13912345678";
  const submissions = [
    recommended({
      id: "B2",
      "author1.account": "nyun900001",
      phone,
      "author2.name": "邵鹤",
      "author2.account": "nyun900002",
    }),
    recommended({ id: "B1", title: "=1+1", "author1.name": "唐妍" }),
    recommended({ id: "B3", track: "乡村" }),
    recommended({ id: "B4" }),
    recommended({ id: "B5" }),
    { id: "B6" },
  ];
  const result = (id: string, track: string, award: string, more: Record<string, CellValue> = {}) => ({
    id,
    track,
    award,
    field: "教学革新",
    rank: 7,
    title: `名称${id}`,
    nominator: "兴庆区教育局",
    authors: `作者${id}`,
    final: 87.25,
    ...more,
  });
  const review = makeReview({
    参评案例: ["B2", "B1", "B3", "B4", "B5", "B6"].map((id) => ({ reviewId: `P${id}`, id, nominator: "兴庆区教育局" })),
    汇总: [
      {
        rank: 1,
        reviewId: "PB2",
        id: "B2",
        field: "教学革新",
        track: "城市",
        count: 3,
        mean: 87.25,
        final: 87.25,
        award: "优秀案例",
      },
      {
        rank: 2,
        reviewId: "PB1",
        id: "B1",
        field: "教学革新",
        track: "城市",
        count: 3,
        mean: 86,
        final: 86,
        award: "优秀案例",
      },
      { rank: null, reviewId: "PB5", id: "B5", field: "教学革新", track: "城市", count: 2, remark: "待评" },
      {
        rank: 1,
        reviewId: "PB3",
        id: "B3",
        field: "教学革新",
        track: "乡村",
        count: 3,
        mean: 60,
        final: 60,
        award: "未获奖",
      },
    ],
    结果: [
      result("B3", "乡村", "未获奖"),
      result("B2", "城市", "优秀案例"),
      result("B1", "城市", "优秀案例", { rank: 9 }),
      result("B0", "乡村", "优秀案例"),
      result("B9", "城市", "优秀案例", { field: "评价改革" }),
    ],
    裁定: [{ id: "B4", decision: "取消资格", kind: "弄虚作假", reason: "数据不实" }],
  });
  const exports = exportAll({ submissions }, review);

  test("公示名单: winners by field, track and 案例编号, whatever their rank", () => {
    const row = (no: number, id: string) => ({
      ...{ 序号: no, 案例编号: id, 案例名称: `名称${id}`, 作者: `作者${id}` },
      ...{ 推荐单位: "兴庆区教育局", 奖项: "优秀案例" },
    });
    const values = publicNoticeOf({ submissions }, review).documents[0]?.values;
    expect(values).toMatchObject({ 案例数: 4, 日志链首: chainHead });
    expect(values?.组).toEqual([
      { 组名: "一、教学革新 · 城市赛道（2 个）", 案例: [row(1, "B1"), row(2, "B2")] },
      { 组名: "二、教学革新 · 乡村赛道（1 个）", 案例: [row(1, "B0")] },
      { 组名: "三、评价改革 · 城市赛道（1 个）", 案例: [row(1, "B9")] },
    ]);
  });

  test.for(["87.25", "86", phone, "nyun900001", "nyun900002", "PB2", "未获奖", "名次", "得分"])(
    "公示名单 never says %s",
    (secret) => {
      expect(JSON.stringify(publicNoticeOf({ submissions }, review).documents)).not.toContain(secret);
    },
  );

  test("评分汇总: in the order of 汇总; columns that nobody filled are left out", () => {
    const header = cellsOf(exports, "评分汇总.xlsx")[2];
    expect(header).toContain("平均分");
    expect(header).not.toContain("校准分");
    const body = bodyOf(exports, "评分汇总.xlsx");
    expect(body.map((row) => row[0])).toEqual([
      "一、教学革新 · 城市赛道（3 个）",
      1,
      2,
      "PB5",
      "二、教学革新 · 乡村赛道（1 个）",
      1,
    ]);
  });

  test("发布清单: everything in the final review, winners or not, cancelled ones not", () => {
    const file = fileNamed(exports, "发布清单.csv");
    const lines = file.kind === "csv" ? file.text.split("\r\n") : [];
    expect(lines[0]).toBe("\ufeff案例编号,案例名称,领域,赛道,学段,推荐单位,第一作者,其他作者,是否获奖,奖项");
    expect(
      lines.slice(1).map((line) =>
        line
          .split(",")
          .filter((_, i) => [0, 8, 9].includes(i))
          .join(" "),
      ),
    ).toEqual(["B1 是 优秀案例", "B2 是 优秀案例", "B3 否 ", "B5 待评 ", ""]);
    expect(lines[1]).toContain("B1,'=1+1,教学革新,城市,小学,兴庆区教育局,唐妍,");
  });

  test("通报名单: a ruling counts", () => {
    expect(bodyOf(exports, "通报名单.xlsx").map((row) => [row[1], row[5], row[6]])).toEqual([
      ["B4", "弄虚作假", "数据不实"],
    ]);
  });
});

describe("通报名单 from 案例", () => {
  test.for([
    { kind: "政治性或原则性错误", named: true },
    { kind: "抄袭剽窃", named: true },
    { kind: "已获表彰", named: true },
    { kind: "泄露信息", named: false },
    { kind: "其他", named: false },
  ])("$kind: $named", ({ kind, named }) => {
    const exports = exportAll({
      submissions: [{ id: "C1", status: "取消资格", statusKind: kind, statusReason: "已核实" }],
    });
    const body = bodyOf(exports, "通报名单.xlsx");
    expect(body[0]).toEqual(named ? expect.arrayContaining(["C1", kind, "已核实"]) : ["无"]);
  });

  test("a cancelled submission without a kind is told, not guessed", () => {
    const { skipped } = exportAll({ submissions: [{ id: "C7", status: "取消资格" }] });
    expect(skipped.find((s) => s.name.startsWith("通报名单"))?.reason).toContain("C7");
  });

  test("the ruling's kind comes before the one in 案例", () => {
    const review = makeReview({ 裁定: [{ id: "C1", decision: "取消资格", kind: "泄露信息" }] });
    const submissions = [{ id: "C1", status: "取消资格", statusKind: "抄袭剽窃" }];
    expect(bodyOf(exportAll({ submissions }, review), "通报名单.xlsx")[0]).toEqual(["无"]);
  });
});

describe("what cannot be made yet", () => {
  test.for([
    { name: "no review workbook", review: undefined, says: "casebook assign" },
    { name: "not ranked", review: makeReview({}), says: "casebook rank" },
  ])("$name", ({ review, says }) => {
    const { files, skipped } = exportAll({}, review);
    expect(skipped.map((s) => s.name)).toEqual(["评分汇总", "发布清单"]);
    expect(skipped.every((s) => s.reason.includes(says))).toBe(true);
    expect(files.map((f) => f.fileName)).toEqual([
      "推荐案例汇总表-兴庆区教育局.xlsx",
      "专家名单.xlsx",
      "通报名单.xlsx",
    ]);
  });

  test.for([
    { name: "in 案例", won: "A001", submission: { status: "取消资格", statusKind: "其他" }, rulings: [] },
    { name: "in other letters", won: "ａ001", submission: { status: "取消资格", statusKind: "其他" }, rulings: [] },
    { name: "by a ruling", won: "A001", submission: {}, rulings: [{ id: "A001", decision: "取消资格", kind: "其他" }] },
  ])("a winner cancelled $name after the ranking is never published", ({ won, submission, rulings }) => {
    const ranked = { 汇总: [{ rank: 1, id: won }], 结果: [{ id: won, award: "优秀案例" }] };
    const notice = publicNoticeOf({ submissions: [submission] }, makeReview({ ...ranked, 裁定: rulings }));
    expect(notice).toEqual({ documents: [], missing: [expect.stringContaining(won)] });
  });
});
