/** What a unit hands in beside its 填报表, made of the form alone. */
import { makeColumnFinder } from "../../../apps-script/core/check/judge.ts";
import { layUnitFindings } from "../../../apps-script/core/check/unit-findings.ts";
import { manualChecksLabel } from "../../../apps-script/core/evidence/manual-checks.ts";
import { caseTemplate } from "../../../apps-script/core/exports/forms/case-template.ts";
import { expertRecommendation } from "../../../apps-script/core/exports/forms/expert-recommendation.ts";
import type { Form } from "../../../apps-script/core/exports/forms/form.ts";
import { readFormContext } from "../../../apps-script/core/exports/forms/index.ts";
import { recommendationSummary } from "../../../apps-script/core/exports/forms/recommendation-summary.ts";
import { awardName, type Notice } from "../../../apps-script/core/notice/notice.ts";
import { findCleanSubmissions } from "../../../apps-script/core/rules/quota/clean-rows.ts";
import { submissionsSheet } from "../../../apps-script/core/schema/application.ts";
import { labelOf } from "../../../apps-script/core/schema/sheet-spec.ts";
import { layOutPrintedTable } from "../../../apps-script/core/tables/printed-table.ts";
import { safeFileName } from "../../../apps-script/core/text/file-name.ts";
import type { SheetPatch } from "../../../apps-script/core/workbook/port.ts";
import { renderPatch } from "../../award-files/render-patch.ts";
import { InputError } from "../../errors.ts";
import { fillForms } from "../../forms/export-forms.ts";
import { templatesFolder } from "../../forms/load-template.ts";
import { zipParts } from "../../office-files/zip.ts";
import type { MadePaper, Paper, UnitDesk } from "./form-protocol.ts";
import { type Judged, unitOf } from "./unit-standing.ts";

/** In a workbook of its own a link to a cell of the form leads nowhere. */
function withoutLinks(sheet: SheetPatch): SheetPatch {
  const edits = sheet.edits?.map((edit) => {
    const { value } = edit;
    return typeof value === "object" && value?.kind === "link" ? { ...edit, value: value.text } : edit;
  });
  return { ...sheet, ...(edits && { edits }) };
}

/** What somebody has looked at, with room for the signatures. */
function manualChecksOf({ unit, cases, questions }: UnitDesk, notice: Notice): SheetPatch {
  return layOutPrintedTable({
    sheet: manualChecksLabel,
    title: `${awardName(notice)}　${manualChecksLabel}表`,
    landscape: true,
    heading: [`单位：${unit}`, `共 ${cases.length} 个案例`],
    columns: [
      { label: labelOf(submissionsSheet, "id"), width: 16 },
      { label: labelOf(submissionsSheet, "title"), width: 40, align: "left" },
      ...questions.map(({ label }) => ({ label, width: 13 })),
    ],
    rows: cases.map(({ id, title, values, lookedAt }) => [
      id,
      title,
      ...questions.map(({ label, column }) => {
        const answer = column ? (values[column.key] ?? "") : lookedAt.some((part) => part.trim() === label) ? "是" : "";
        return column && answer !== "" ? (answer === column.right ? "是" : "否") : answer;
      }),
    ]),
    closing: [
      "核对人（签字）：　　　　　　　　复核人（签字）：　　　　　　　　单位（盖章）：　　　　　　　　日期：　　年　　月　　日",
    ],
  });
}

function reportOf({ award, findings, told }: Judged, desk: UnitDesk, notice: Notice): MadePaper {
  const clean = new Set(findCleanSubmissions(award, findings));
  const sheets = layUnitFindings(award, unitOf(award), told, makeColumnFinder(award.tables), clean);
  const patch = {
    sheets: [...sheets.map(withoutLinks), { ...manualChecksOf(desk, notice), createBefore: null }],
    properties: { title: `检查报告-${desk.unit}`, creator: "评案簿" },
  };
  return { name: `检查报告-${safeFileName(desk.unit)}.xlsx`, bytes: renderPatch(patch) };
}

const forms: Readonly<Record<Exclude<Paper, "检查报告">, readonly [form: Form, extension: string]>> = {
  推荐案例汇总表: [recommendationSummary, ".xlsx"],
  "附件6（Word）": [expertRecommendation, ".docx"],
  "附件6（Excel）": [expertRecommendation, ".xlsx"],
  "附件5（Word）": [caseTemplate, ".docx"],
};

/** @throws InputError when the paper cannot be made */
export async function makePaper(paper: Paper, judged: Judged, desk: UnitDesk, notice: Notice): Promise<MadePaper> {
  if (paper === "检查报告") return reportOf(judged, desk, notice);
  const [wanted, extension] = forms[paper];
  const context = { ...readFormContext(judged.form, undefined, notice, ""), units: [unitOf(judged.award)] };
  const templates = templatesFolder(notice.id);
  const terminal = { step: () => Promise.resolve() };
  const { writes } = await fillForms({ terminal }, [wanted], (each) => each.build(context), {
    templates,
    out: "",
    draft: false,
  });
  const files = writes.flatMap(({ path, data }) =>
    path.endsWith(extension) && typeof data !== "string" ? [{ name: path.replace(/^\/+/, ""), content: data }] : [],
  );
  const [first] = files;
  if (!first) throw new InputError(templates, `没有“${paper}”的模板，做不出来。`);
  if (files.length === 1) return { name: first.name, bytes: new Uint8Array(first.content) };
  const name = `${paper.replace(/（.*/, "")}-${safeFileName(desk.unit)}.zip`;
  return { name, bytes: new Uint8Array(zipParts(files, { compress: false })) };
}
