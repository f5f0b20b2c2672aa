import type { CleanedCell } from "../../award/award.ts";
import type { FindingDraft } from "../rule.ts";

export function atCleaned({ sheet, row, column, id, nominator }: CleanedCell, message: string): FindingDraft {
  return { sheet, row, column, id, nominator, message };
}
