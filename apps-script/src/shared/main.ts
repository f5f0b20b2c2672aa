/** The entry points of the shared workbook's script: menu items, simple triggers, the custom function, the sidebar's calls. */
import { countWords } from "../../core/text/count-words.ts";

export { checkAll } from "./check-all.ts";
export { checkOwnUnit } from "./check-own-unit.ts";
export { correctCells } from "./correct-cells.ts";
export { goToCell, showLog } from "./go-to.ts";
export { importPasted } from "./import-pasted.ts";
export { initializeWorkbook } from "./initialize-workbook.ts";
export { loadFindings } from "./load-findings.ts";
export { lockSubmissions, unlockSubmissions } from "./lock-submissions.ts";
export { onOpen } from "./menu.ts";
export { handleEdit as onEdit } from "./on-edit.ts";
export { recommendByFirstScore } from "./recommend-by-first-score.ts";
export { loadHelp, showHelp } from "./show-help.ts";

/**
 * 按 Word 的口径统计字数：每个汉字和中文标点计 1，每串英文或数字计 1。
 *
 * @param {string} text 要统计的文字，或一片单元格
 * @returns {number} 字数；一片单元格则逐格给出
 * @customfunction
 */
export function CASE_WORDS(text: unknown): number | number[][] {
  if (Array.isArray(text)) return text.map((row) => [row].flat().map((cell) => CASE_WORDS(cell) as number));
  return text === null || text === undefined ? 0 : countWords(String(text)).low;
}
