import type { Unit } from "../../apps-script/core/award/award.ts";
import { draftSuffix } from "../../apps-script/core/exports/draft.ts";
import type { Form, FormContext, FormResult } from "../../apps-script/core/exports/forms/form.ts";
import { everyForm, findForm, officialForms } from "../../apps-script/core/exports/forms/index.ts";
import { renderPatch } from "../award-files/render-patch.ts";
import { type CommandCall, UsageError } from "../command-line/command.ts";
import type { FileWrite } from "../disk/files.ts";
import { join } from "../host/paths.ts";
import { loadTemplates, type Template } from "./load-template.ts";

/** The forms that were asked for by name. @throws UsageError that lists them */
export function chooseForms(names: readonly string[]): Form[] {
  if (names.includes(everyForm)) return [...officialForms];
  return names.map((name) => {
    const form = findForm(name);
    if (!form) {
      const known = officialForms.map((f) => f.name).join("、");
      throw new UsageError(`没有“${name}”这种表格。可用：${known}、${everyForm}`);
    }
    return form;
  });
}

/** The units that were asked for; undefined for all. @throws UsageError when a name is no unit of 单位 */
export function chooseUnits(names: readonly string[], { award }: FormContext): Unit[] | undefined {
  if (names.length === 0) return undefined;
  return names.map((name) => {
    const unit = award.resolveUnit(name);
    if (unit) return unit;
    const known = award.units.map((u) => u.name).filter((n) => n !== "");
    const some = known.slice(0, 8).join("、");
    throw new UsageError(
      `“${award.tables.units.name}”表里没有“${name}”，或这个名称不止一个单位。` +
        (known.length > 0
          ? `请写单位名称、别名或代码，如：${some}${known.length > 8 ? "……" : ""}`
          : "请先导入单位名册"),
    );
  });
}

export interface FilledForms {
  readonly writes: readonly FileWrite[];
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
  /** What the templates leave out, for whoever edits them. */
  readonly remarks: readonly string[];
}

/** @throws UsageError where a form knows no units */
export function refuseUnits(forms: readonly Form[]): void {
  const regional = forms.filter((form) => form.byUnit === "none");
  if (regional.length > 0) throw new UsageError(`${regional.map((f) => f.name).join("、")}不分单位，请去掉 --unit`);
}

/**
 * Fills the forms that can be filled. The templates are read before anything is made, so that a wrong one stops
 * everything.
 * @throws InputError for a template that cannot be used
 */
export async function fillForms(
  { terminal }: { readonly terminal: Pick<CommandCall["terminal"], "step"> },
  forms: readonly Form[],
  build: (form: Form) => FormResult,
  { templates: folder, out, draft }: { readonly templates: string; readonly out: string; readonly draft: boolean },
): Promise<FilledForms> {
  const writes: FileWrite[] = [];
  const skipped: { name: string; reason: string }[] = [];
  const remarks: string[] = [];
  const loaded: { form: Form; templates: Template[] }[] = [];
  for (const form of forms) loaded.push({ form, templates: loadTemplates(folder, form) });
  for (const { form, templates } of loaded) {
    const { documents, isDraft, missing, workbooks } = build(form);
    for (const reason of missing ?? []) skipped.push({ name: form.name, reason });
    for (const { extension, remarks: ofTemplate, fill } of templates) {
      for (const remark of ofTemplate) remarks.push(`模板「${form.template}${extension}」${remark}`);
      const wanted = documents.flatMap((d) => (extension === ".xlsx" ? (d.sheets ?? [d]) : [d]));
      for (const [i, { fileName, values, charts }] of wanted.entries()) {
        await terminal.step(`${form.name} ${i + 1}/${wanted.length}`);
        const marked = isDraft || (draft && form.published === true);
        const name = `${fileName}${marked ? draftSuffix : ""}${extension}`;
        writes.push({ path: join(out, name), data: fill(values, marked, charts) });
      }
    }
    for (const { fileName, patch } of workbooks ?? [])
      writes.push({ path: join(out, `${fileName}.xlsx`), data: renderPatch(patch) });
  }
  return { writes, skipped, remarks };
}
