/** Which submission a filled-in 案例模板 is about. */

import { cleanIdentifier } from "../text/clean.ts";
import { groupByFilledKey } from "../text/group-by.ts";
import { identifierKey, titleKey, unitNameKey } from "../text/identity.ts";
import type { FormDocument } from "./form-document.ts";
import { type ModelRow, type SheetModel, textOf } from "./sheet-model.ts";

interface SubmissionIndex {
  readonly byId: ReadonlyMap<string, readonly ModelRow[]>;
  readonly byTitle: ReadonlyMap<string, readonly ModelRow[]>;
}

export interface FormPlace {
  /** `/` between folders. */
  readonly file: string;
  /** Names of the folders it lies in, the nearest first. */
  readonly folders: readonly string[];
}

/** A short number such as 5 may be anything in the name of a file; S05 is hardly anything else. */
const distinctive = (id: string) => id.length >= 4 || (/\d/.test(id) && /[A-Za-z]/.test(id));
const LONGEST_NAME = 120;

export function indexSubmissions(model: SheetModel): SubmissionIndex {
  const byId = groupByFilledKey(model.rows, (row) => identifierKey(textOf(row, "id")));
  const byTitle = groupByFilledKey(model.rows, (row) => titleKey(textOf(row, "title")));
  return { byId, byTitle };
}

/** The key of the 案例编号 that a name consists of or holds: the longest, from one edge of a word to another. */
function idInName(name: string, { byId }: SubmissionIndex): string | undefined {
  const text = identifierKey(name.slice(0, LONGEST_NAME));
  if (byId.has(text)) return text;
  const isWord = (i: number) => /[0-9A-Za-z]/.test(text[i] ?? "");
  const edges = [...text, ""].flatMap((_, i) => (isWord(i - 1) && isWord(i) ? [] : [i]));
  let found = new Set<string>();
  let length = 0;
  for (const from of edges) {
    for (const to of edges) {
      const part = text.slice(from, to);
      if (to - from < Math.max(1, length) || !byId.has(part) || !distinctive(part)) continue;
      found = to - from > length ? new Set([part]) : found.add(part);
      length = to - from;
    }
  }
  return found.size === 1 ? [...found][0] : undefined;
}

const listIds = (rows: readonly ModelRow[]) =>
  rows
    .slice(0, 5)
    .map((row) => `${textOf(row, "id")}（${textOf(row, "nominator")}）`)
    .join("、");

const remedy = "请把案例编号写进文件名，如“案例编号.docx”，或放进以案例编号命名的文件夹，再重新导入。";

/**
 * Finds the row of 案例 by 案例编号 and 推荐单位 in the document, else by the 案例编号 in the name of the file or of a folder,
 * else by 案例名称; `reason` says why it is none or not one.
 */
export function findSubmission(
  form: FormDocument,
  place: FormPlace,
  index: SubmissionIndex,
  unitName: (text: string) => string | undefined,
): { readonly row: ModelRow } | { readonly reason: string } {
  const title = form.facts.get("title") ?? "";
  const titled = title === "" ? [] : (index.byTitle.get(titleKey(title)) ?? []);
  const written = form.facts.get("id") ?? "";
  const named = [place.file.replace(/^.*\/|\.[^.]*$/g, ""), ...place.folders]
    .map((name) => idInName(name, index))
    .find((id) => id !== undefined);
  const key = identifierKey(written) || named;
  if (key !== undefined) {
    const rows = index.byId.get(key) ?? [];
    const id = cleanIdentifier(written) || textOf(rows[0] as ModelRow, "id");
    if (rows.length === 0) {
      return { reason: `“案例”表里没有编号为 ${id} 的案例。请先导入案例表（平台导出），再导入这份文件。` };
    }
    const other = titled[0];
    if (written === "" && other && titled.length === 1 && !rows.includes(other)) {
      return {
        reason: `文件名或文件夹名里的案例编号是 ${id}，文件里的案例名称“${title}”却是案例 ${textOf(other, "id")} 的。请核对后改正文件名或案例名称，再重新导入。`,
      };
    }
    return oneOf(rows, id, form, place, titled, unitName);
  }
  const candidates = title === "" ? titledByFront(form, index) : titled;
  const [row] = candidates;
  if (row && candidates.length === 1) return { row };
  if (row)
    return { reason: `案例名称“${title}”在“案例”表里有 ${candidates.length} 个：${listIds(candidates)}。${remedy}` };
  return {
    reason:
      title === ""
        ? `认不出是哪个案例：文件里没有填写案例名称和案例编号，文件名和文件夹名里也没有案例编号。${remedy}`
        : `认不出是哪个案例：“案例”表里没有名为“${title}”的案例，文件名和文件夹名里也没有案例编号。${remedy}`,
  };
}

/** Of rows that share a 案例编号 the one of the unit, or of the title, that the document or a folder names. */
function oneOf(
  rows: readonly ModelRow[],
  id: string,
  form: FormDocument,
  place: FormPlace,
  titled: readonly ModelRow[],
  unitName: (text: string) => string | undefined,
): { readonly row: ModelRow } | { readonly reason: string } {
  const written = form.facts.get("nominator") ?? "";
  const unit = unitName(written) ?? written;
  const isOf = (name: string) => (row: ModelRow) => unitNameKey(textOf(row, "nominator")) === unitNameKey(name);
  if (unit !== "") {
    const own = rows.filter(isOf(unit));
    if (own.length === 1) return { row: own[0] as ModelRow };
    if (own.length === 0) {
      return {
        reason: `文件里的推荐单位是“${written}”，案例 ${id} 在“案例”表里却属于“${textOf(rows[0] as ModelRow, "nominator")}”。请核对后改正，再重新导入。`,
      };
    }
  }
  const byFolder = place.folders.flatMap((folder) => {
    const name = unitName(folder);
    return name === undefined ? [] : [rows.filter(isOf(name))];
  });
  const found = [rows, ...byFolder, rows.filter((row) => titled.includes(row))].find((some) => some.length === 1);
  if (found) return { row: found[0] as ModelRow };
  return {
    reason: `案例编号 ${id} 在“案例”表里有 ${rows.length} 行：${listIds(rows)}，无法认定是哪一行。请先把重复的案例编号改正，再重新导入。`,
  };
}

/** A document without labels may bear the title as a line of its own. */
function titledByFront(form: FormDocument, index: SubmissionIndex): ModelRow[] {
  const rows = form.frontLines.flatMap((line) => index.byTitle.get(titleKey(line)) ?? []);
  return [...new Set(rows)];
}
