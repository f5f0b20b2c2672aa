/** The entry points of the shared workbook's script: menu items, simple triggers, the custom function, the sidebar's calls. */
export { showHelp } from "../dialogs/show.ts";
export { handleEdit as onEdit } from "../google/on-edit.ts";
export { CASE_WORDS } from "./case-words.ts";
export { checkAll } from "./check-all.ts";
export { checkOwnUnit } from "./check-own-unit.ts";
export { goToCell, showLog } from "./go-to.ts";
export { importPasted } from "./import-pasted.ts";
export { initializeWorkbook } from "./initialize-workbook.ts";
export { loadFindings } from "./load-findings.ts";
export { lockSubmissions, unlockSubmissions } from "./lock-submissions.ts";
export { onOpen } from "./menu.ts";
export { recommendByFirstScore } from "./recommend-by-first-score.ts";
