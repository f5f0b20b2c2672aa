import { type WorkbookKind, whichWorkbook, workbookLabels } from "../../apps-script/core/tables/which-workbook.ts";
import { quoteEach } from "../../apps-script/core/text/list.ts";
import { asTyped } from "../command-line/command.ts";
import { isThere, readBytes } from "../disk/disk.ts";
import { InputError } from "../errors.ts";
import { basename } from "../host/paths.ts";
import { readWorkbookBytes } from "../office-files/workbook.ts";

/** Whether a file is a shared workbook; whatever is wrong with it, it is none then. */
function isApplication(path: string): boolean {
  if (!/\.xlsx$/i.test(path) || !isThere(path)) return false;
  let kind: WorkbookKind | undefined;
  try {
    readWorkbookBytes(path, readBytes(path), "input", (sheets) => {
      kind = whichWorkbook(sheets);
    });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
  }
  return kind === "application";
}

/** The likely slip where the first of a command's files is no shared workbook; "" where another is likelier. */
export function explainOrder(path: string, others: readonly string[]): string {
  const found = others.find(isApplication);
  if (found === undefined) return "";
  return `两个文件的次序写反了：申报工作簿写在前面，要读入的文件写在后面，即 ${asTyped(found)} ${asTyped(path)}。`;
}

function remedyFor(path: string, kind: WorkbookKind | undefined): string {
  const name = basename(path);
  switch (kind) {
    case "review": {
      const shared = name.replace(/\.(?:评审|初评-[^.]*)(?=\.xlsx$)/i, "");
      return `请写它旁边的申报工作簿${shared === name ? "" : `（${shared}）`}，评审工作簿会自动找到。`;
    }
    case "scoreSheet":
      return `收回评分表请运行 casebook collect 申报工作簿 ${name}。`;
    case "unitForm":
      return `导入填报表请运行 casebook import 申报工作簿 ${name}。`;
    default:
      return `请核对文件名；还没有申报工作簿的，先用 casebook init 新建，再用 casebook import 导入这个文件。`;
  }
}

/**
 * Makes sure that a workbook is the one that a command works on, before anything else is said of it.
 *
 * @param others the further files of the command
 * @returns what `readWorkbookBytes` calls with the names of the sheets; throws InputError
 */
export function requireKind(
  path: string,
  wanted: "application" | "review",
  others: readonly string[],
): (sheets: readonly string[]) => void {
  return (sheets) => {
    const kind = whichWorkbook(sheets);
    if (kind === wanted) return;
    const what =
      kind === undefined
        ? `不是${workbookLabels[wanted]}，里面的工作表是${quoteEach(sheets.slice(0, 5))}${sheets.length > 5 ? "等" : ""}。`
        : `是${workbookLabels[kind]}，不是${workbookLabels[wanted]}。`;
    const remedy =
      wanted === "review"
        ? "请从备份恢复评审工作簿，或把这个文件移到别处后重新运行 casebook assign。"
        : explainOrder(path, others) || remedyFor(path, kind);
    throw new InputError(path, `「${basename(path)}」${what}${remedy}没有做任何改动。`);
  };
}
