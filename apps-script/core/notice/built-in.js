import { ningxia2025 } from "./ningxia-2025.ts";
/** The notice of a workbook that says nothing else. */
export const defaultNotice = ningxia2025;
/** Whether the notice is part of the program, so that a workbook need not bear it. */
export function isBuiltIn(noticeId) {
  return noticeId === defaultNotice.id;
}
