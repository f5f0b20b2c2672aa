import { expect, test } from "vitest";
import { draftMark } from "../../../apps-script/core/exports/draft.ts";
import { findForm } from "../../../apps-script/core/exports/forms/index.ts";
import { statisticsReport } from "../../../apps-script/core/exports/forms/statistics-report.ts";
import { ningxia2025 } from "../../../apps-script/core/notice/ningxia-2025.ts";
import { makeTerminal } from "../../../node-tools/command-line/terminal.ts";
import { fillForms } from "../../../node-tools/forms/export-forms.ts";
import { templatesFolder } from "../../../node-tools/forms/load-template.ts";
import { unzipParts } from "../../../node-tools/office-files/zip.ts";
import { contextOfSize } from "../../core/exports/forms/award-of-size.ts";

test("a workbook for each table, a document for all of them; each is counted as it is filled", async () => {
  const steps: string[] = [];
  const terminal = {
    ...makeTerminal(false, { out: () => {}, err: () => {}, interactive: false }),
    step: async (name: string) => void steps.push(name),
  };
  const [form, context] = [findForm("附件6")!, contextOfSize(1)];
  const { documents } = form.build(context);
  const tables = documents.flatMap(({ sheets }) => sheets ?? []);
  expect(tables.length).toBeGreaterThan(documents.length);
  const filled = await fillForms({ terminal }, [form], (each) => each.build(context), {
    ...{ templates: templatesFolder(ningxia2025.id), out: "out", draft: false },
  });
  const named = (extension: string) =>
    filled.writes.map(({ path }) => path.replace(/^out./, "")).filter((path) => path.endsWith(extension));
  expect(named(".xlsx")).toEqual(tables.map(({ fileName }) => `${fileName}.xlsx`));
  expect(named(".docx")).toEqual(documents.map(({ fileName }) => `${fileName}.docx`));
  expect(steps.at(-1)).toBe(`${form.name} ${tables.length}/${tables.length}`);
});

test("what may still change is a draft on every page, whether a draft was asked for or not", async () => {
  const terminal = makeTerminal(false, { out: () => {}, err: () => {}, interactive: false });
  const folders = { templates: templatesFolder(ningxia2025.id), out: "out", draft: false };
  const fill = (isDraft: boolean) =>
    fillForms({ terminal }, [statisticsReport], (form) => ({ ...form.build(contextOfSize(12)), isDraft }), folders);
  const headers = ({ data }: { readonly data: unknown }) =>
    unzipParts(data as Buffer).filter(({ name }) => name.startsWith("word/header"));
  const [draft] = (await fill(true)).writes;
  expect(draft?.path).toContain("统计报告（草稿）.docx");
  expect(draft && headers(draft).map(({ content }) => content.toString("utf8"))).toEqual([
    expect.stringContaining(draftMark),
  ]);
  const [final] = (await fill(false)).writes;
  expect([final?.path.endsWith("统计报告.docx"), final && headers(final)]).toEqual([true, []]);
});
