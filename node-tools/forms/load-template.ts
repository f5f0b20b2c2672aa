import { host } from "#host";
import { draftHeader } from "../../apps-script/core/exports/draft.ts";
import type { Form, FormDocument, TagRecord } from "../../apps-script/core/exports/forms/form.ts";
import { disk, isThere, readBytes } from "../disk/disk.ts";
import { InputError } from "../errors.ts";
import { basename, extname, join } from "../host/paths.ts";
import { readWorkbookBytes } from "../office-files/workbook.ts";
import { fillTemplate, templateTexts } from "../xlsx/package/fill-template.ts";
import { checkTags, listTags, type PlacedText } from "./check-tags.ts";
import { checkCharts } from "./docx-charts.ts";
import { fillDocx, readDocxTemplate } from "./docx-template.ts";
import { markDocxAsDraft } from "./draft-mark.ts";

/** A template that has been read and checked. */
export interface Template {
  readonly extension: ".docx" | ".xlsx";
  /** In Chinese, behind the name of the template: what it leaves out, and what had to be guessed. */
  readonly remarks: readonly string[];
  fill(values: TagRecord, draft?: boolean, charts?: FormDocument["charts"]): Uint8Array;
}

/** @returns what is to be remarked of its tags */
function check(
  path: string,
  texts: readonly (readonly PlacedText[])[],
  form: Form,
  ofCharts: readonly string[] = [],
): readonly string[] {
  const { problems: ofTags, unused } = checkTags(texts, form.tags);
  const problems = [...ofTags, ...ofCharts];
  if (problems.length === 0) return unused.length > 0 ? [`没有用到：${unused.join("、")}；如有意省去，不必理会`] : [];
  throw new InputError(
    path,
    [
      `模板「${basename(path)}」有 ${problems.length} 处不对，请用 Word、Excel 或 WPS 改正后重新运行：`,
      ...problems.map((problem) => `  ${problem}`),
      `「${form.name}」可用的标签：`,
      ...listTags(form.tags),
      `（模板位置：${path}）`,
    ].join("\n"),
  );
}

function loadTemplate(path: string, form: Form): Template {
  if (extname(path) === ".docx") {
    const template = readDocxTemplate(path);
    // A chart in the template of a form without figures is a picture like others.
    const charted = form.charts && checkCharts(template.charts, form.charts, template.xmlOf);
    const remarks = [...check(path, template.texts, form, charted?.problems), ...(charted?.remarks ?? [])];
    return {
      extension: ".docx",
      remarks,
      fill: (values, draft, charts) => {
        const bytes = fillDocx(template, values, charts, charted?.names);
        return draft ? markDocxAsDraft(bytes) : bytes;
      },
    };
  }
  const bytes = readBytes(path);
  const open = () => readWorkbookBytes(path, bytes, "edit");
  const remarks = check(path, templateTexts(open()), form);
  return {
    extension: ".xlsx",
    remarks,
    fill: (values, draft) => {
      const book = open();
      fillTemplate(book, values, draft ? draftHeader : "");
      return book.toBuffer();
    },
  };
}

/**
 * The templates of a form: .docx, .xlsx or both.
 * @throws InputError when there is none, or when one cannot be filled: with every problem, its place and the known tags
 */
export function loadTemplates(folder: string, form: Form): Template[] {
  const paths = [".docx", ".xlsx"].map((ext) => join(folder, `${form.template}${ext}`)).filter((p) => isThere(p));
  if (paths.length > 0) return paths.map((path) => loadTemplate(path, form));
  const present = isThere(folder) ? disk.readdir(folder).filter((name) => /\.(docx|xlsx)$/.test(name)) : [];
  throw new InputError(
    folder,
    `模板文件夹里没有「${form.template}.docx」或「${form.template}.xlsx」。` +
      `请把「${form.name}」的模板放进 ${folder}，或用 --templates 指明模板所在的文件夹` +
      (present.length > 0 ? `（现有：${present.sort().join("、")}）。` : "（文件夹不存在或为空）。"),
  );
}

/** The folder with the official forms of a notice: `templates/ningxia-2025/`. It need not exist. */
export const templatesFolder = (noticeId: string) => join(host.templatesHome(), noticeId);
