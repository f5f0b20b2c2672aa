import { expect, test } from "vitest";
import { planImport } from "../../../apps-script/core/import/plan-import.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { applyPatch } from "../in-memory-workbook.ts";
import { csv, Import, unitRoster } from "./import-inputs.ts";

const texts = ["概要", "特色与创新点", "研究和实践过程", "应用情况及推广价值"];
const cases = csv("平台导出.csv", [
  ["案例编号", "案例名称", "领域", "推荐单位", "第一作者", "第一作者教育云账号", ...texts],
  ["A002", "第二个", "教学革新", "兴庆区", "赖澜妍", "nx001 ", "概要二", "特色二", "过程二", "应用二"],
  ["A001", "第一个", "教学革新", "同心县", "唐思鹤", "ｎｘ002", "概要一", "特色一", "过程一", "应用一"],
]);

test.for([1, 2])("an import that stopped after %i sheets, run again, ends as if it had not", (written) => {
  const start = new Import().take(unitRoster).snapshot;
  const { patch } = planImport(start, [cases], ningxia2025);
  expect(patch.sheets.map(({ name }) => name)).toEqual(["案例", "正文", "导入记录"]);
  const stopped = applyPatch(start, { sheets: patch.sheets.slice(0, written) });
  expect(new Import(stopped).take(cases).snapshot).toEqual(applyPatch(start, patch));
});
