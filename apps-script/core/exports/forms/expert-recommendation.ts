/** 附件6 专家推荐表: a table for each stage of a bureau, one for a direct school; the sheet has a fixed number of lines. */
import type { Expert, Unit } from "../../award/award.ts";
import type { Notice } from "../../notice/notice.ts";
import { expertsSheet } from "../../schema/application.ts";
import { unitKindLabels } from "../../schema/choices.ts";
import { labelOf } from "../../schema/sheet-spec.ts";
import { nameUnits } from "../name-files.ts";
import type { Form, FormDocument, TagRecord } from "./form.ts";

const label = (key: (typeof cells)[number]) => labelOf(expertsSheet, key);
const cells = ["name", "title", "account", "unit", "phone"] as const;
const nominatorTag = labelOf(expertsSheet, "nominator");
const rowsTag = "专家";
const tablesTag = "表";
const stageInBrackets = "学段括注";

function expertRow(expert: Expert | undefined, no: number): TagRecord {
  const values = expert
    ? [expert.name, expert.record.text("title"), expert.account, expert.ownUnit, expert.phone]
    : cells.map(() => "");
  return { 序号: no, ...Object.fromEntries(cells.map((key, i) => [label(key), values[i] ?? ""])) };
}

/** Blank lines make up the number of the official sheet, so that the printed form can be completed by hand. */
function tableOf(stage: string, experts: readonly Expert[], notice: Notice): TagRecord {
  const lines = Math.max(notice.experts.bureauPerStage.value, experts.length);
  return {
    [stageInBrackets]: stage === "" ? "" : `（${stage}）`,
    [rowsTag]: Array.from({ length: lines }, (_, i) => expertRow(experts[i], i + 1)),
  };
}

function tablesOf(unit: Unit, experts: readonly Expert[], notice: Notice): TagRecord[] {
  const own = experts.filter((e) => e.unit === unit && !e.withdrawn);
  if (unit.kind === "school") return [tableOf("", own, notice)];
  const others = own.filter((e) => !notice.stages.includes(e.stage));
  const tables = notice.stages.map((stage) =>
    tableOf(
      stage,
      own.filter((e) => e.stage === stage),
      notice,
    ),
  );
  return others.length > 0 ? [...tables, tableOf("学段未填", others, notice)] : tables;
}

/** @param name of the unit, as files are called by it */
function documentOf(nominator: string, name: string, tables: readonly TagRecord[]): FormDocument {
  const valuesOf = (chosen: readonly TagRecord[]) => ({ [nominatorTag]: nominator, [tablesTag]: chosen });
  return {
    fileName: `专家推荐表-${name}`,
    values: valuesOf(tables),
    sheets: tables.map((table) => ({
      fileName: `专家推荐表${table[stageInBrackets]}-${name}`,
      values: valuesOf([table]),
    })),
  };
}

export const expertRecommendation: Form = {
  name: "附件6",
  aliases: ["专家推荐表"],
  template: "附件6-专家推荐表",
  byUnit: "each",
  tags: {
    [nominatorTag]: "单位名称",
    [tablesTag]: {
      [stageInBrackets]: "带括号的学段，如（小学）；厅直属学校为空",
      [rowsTag]: { 序号: "从 1 起", ...Object.fromEntries(cells.map((key) => [label(key), `“${label(key)}”列`])) },
    },
  },
  build({ award, units }) {
    const chosen = units ?? award.units.filter((u) => u.name !== "");
    const names = nameUnits(chosen);
    return {
      documents: chosen.map((unit, i) =>
        documentOf(unit.name, names[i] ?? "", tablesOf(unit, award.experts, award.settings.notice)),
      ),
    };
  },
  blank: (notice) => [
    documentOf(
      "",
      `空白（${unitKindLabels.bureau}用）`,
      notice.stages.map((stage) => tableOf(stage, [], notice)),
    ),
    documentOf("", `空白（${unitKindLabels.school}用）`, [tableOf("", [], notice)]),
  ],
};
