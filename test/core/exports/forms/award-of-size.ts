/** An award with as many rows in every form as a test wants, names long enough to wrap among them. */

import type { FormContext } from "../../../../apps-script/core/exports/forms/form.ts";
import { readFormContext } from "../../../../apps-script/core/exports/forms/index.ts";
import { ningxia2025 } from "../../../../apps-script/core/notice/ningxia-2025.ts";
import type { CellValue, WorkbookSnapshot } from "../../../../apps-script/core/workbook/port.ts";
import {
  directSchool,
  inventedName,
  makeSnapshot,
  type SubmissionRow,
  validExpert,
  xingqing,
} from "../../award-builder.ts";
import { makeReview } from "../review-builder.ts";

export const longTitle =
  "以学情数据诊断推动乡村小规模学校作业分层设计与个性化辅导的三年实践及其在集团化办学背景下的推广路径研究";
const longUnit = "兴庆区回民实验第一小学教育集团（文化街校区）";
export const chainHead = "0123456789abcdef".repeat(4);
export const experts = ["E001", "E002", "E003"];

/** Cancelled submissions come after the ones in review. */
function submissionsOf(rows: number): SubmissionRow[] {
  const own = (i: number): SubmissionRow => ({
    id: `A${String(i + 1).padStart(3, "0")}`,
    title: i % 5 === 0 ? `${longTitle}（之${i + 1}）` : `课堂诊断实践（之${i + 1}）`,
    "author1.name": inventedName(i),
    "author1.unit": i % 4 === 0 ? longUnit : "兴庆区第二小学",
    "author1.account": `nx2025${String(i).padStart(5, "0")}`,
    ...(i % 3 === 0 ? { "author2.name": inventedName(i + 500), "author3.name": inventedName(i + 501) } : {}),
    materials: "课堂实录、学情数据表、家长问卷",
    recommended: "是",
    firstScore: 95 - i / 10,
  });
  return [
    ...Array.from({ length: rows }, (_, i) => own(i)),
    ...Array.from(
      { length: rows },
      (_, i): SubmissionRow => ({
        ...own(rows + i),
        id: `C${String(i + 1).padStart(3, "0")}`,
        status: "取消资格",
        statusKind: "弄虚作假",
        statusReason: i % 5 === 0 ? "经核实，案例中所列的实施效果数据与学校实际情况严重不符" : "数据不实",
      }),
    ),
  ];
}

const text = (length: number) =>
  "通过学情诊断改进课堂教学，让每个学生都得到适切的帮助。\n".repeat(Math.ceil(length / 28));

export function applicationOfSize(rows: number): WorkbookSnapshot {
  return makeSnapshot({
    units: [xingqing, directSchool],
    submissions: submissionsOf(rows),
    texts: [{ id: "A001", summary: text(480), innovation: text(480), process: text(1900), application: text(480) }],
    experts: Array.from({ length: rows }, (_, i) => ({
      ...validExpert(i),
      unit: i % 3 === 0 ? longUnit : "兴庆区第二小学",
    })),
  });
}

const rubric = ningxia2025.rubric.items;

export function reviewOfSize(rows: number): WorkbookSnapshot {
  const submissions = submissionsOf(rows).slice(0, rows);
  const reviewId = (i: number) => `P${String(i + 1).padStart(4, "0")}`;
  const final = (i: number) => 95 - i / 10;
  const each = <T>(make: (s: SubmissionRow, i: number) => T): T[] => submissions.map(make);
  const scores = rubric.map((item): [string, CellValue] => [`item.${item.key}`, item.max - 1]);
  return makeReview({
    参评案例: each((s, i) => ({ reviewId: reviewId(i), id: s.id!, nominator: "兴庆区教育局" })),
    分派: each((s, i) =>
      experts.map((expert) => ({ reviewId: reviewId(i), id: s.id!, expert, round: "初评审", status: "已评分" })),
    ).flat(),
    评分: each((_, i) =>
      experts.map((expert, e) => ({
        reviewId: reviewId(i),
        expert,
        ...Object.fromEntries(scores),
        total: 91,
        comment:
          e === 0 ? "问题找得准，做法可操作，数据来源清楚；推广条件还可以写得更具体一些。" : e === 1 ? "较好。" : null,
      })),
    ).flat(),
    汇总: each((s, i) => ({
      rank: i + 1,
      reviewId: reviewId(i),
      id: s.id!,
      title: s.title!,
      field: "教学革新",
      track: "城市",
      count: 3,
      mean: final(i),
      range: 2,
      final: final(i),
      award: "优秀案例",
    })),
    结果: each((s, i) => ({
      field: "教学革新",
      track: "城市",
      rank: i + 1,
      award: "优秀案例",
      id: s.id!,
      title: s.title!,
      nominator: "兴庆区教育局",
      authors: [s["author1.name"], s["author2.name"], s["author3.name"]].filter((name) => name != null).join("、"),
      final: final(i),
    })),
  });
}

export function contextOfSize(rows: number): FormContext {
  const context = readFormContext(applicationOfSize(rows), reviewOfSize(rows), ningxia2025, chainHead);
  return context;
}
