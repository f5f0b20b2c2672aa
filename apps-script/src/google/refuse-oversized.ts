/** More than three times the largest award; reading more takes longer than the platform lets a script run. */
export const mostRows = 20_000;

/** A sheet with more rows than an award can have, such as after a paste of the wrong table. */
export class OversizedSheetError extends Error {}

/** Asks for the numbers of rows alone. @throws OversizedSheetError */
export function refuseOversized(
  spreadsheet: GoogleAppsScript.Spreadsheet.Spreadsheet,
  sheetNames: readonly string[],
): void {
  for (const name of sheetNames) {
    const rows = spreadsheet.getSheetByName(name)?.getLastRow() ?? 0;
    if (rows <= mostRows) continue;
    throw new OversizedSheetError(
      `“${name}”表有 ${rows} 行，最多处理 ${mostRows} 行。请删去多余的行（最后几行看似空白也可能有内容）后再试；没有做任何改动。`,
    );
  }
}
