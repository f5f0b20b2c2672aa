import type { AwardData } from "../../core/award/award.ts";
import { noticeOf } from "../../core/award/notice-sheet.ts";
import { readAward } from "../../core/award/read-award.ts";
import { unitsSheet } from "../../core/schema/application.ts";
import { askText, runReading } from "../actions/action.ts";
import { ActionError } from "../actions/action-error.ts";
import { showFindingsSidebar } from "../actions/show-dialog.ts";
import { emailsOf } from "../application/plan-access.ts";
import { openAward } from "./award-book.ts";
import { rememberUnits } from "./load-findings.ts";

const title = "检查本单位";

function unitsOf({ units }: AwardData, email: string): string[] {
  const wanted = email.toLowerCase();
  return units.filter((unit) => emailsOf(unit).some((each) => each.toLowerCase() === wanted)).map(({ name }) => name);
}

/** 检查本单位: shows somebody what is wrong in their own unit's rows. Writes nothing; anybody may run it. */
export function checkOwnUnit(): void {
  runReading(title, (context) => {
    const { snapshot } = openAward();
    const award = readAward(snapshot, noticeOf(snapshot));
    let names = unitsOf(award, context.user);
    if (names.length === 0) {
      const text = askText(
        context,
        title,
        `“${unitsSheet.label}”表的“邮箱”里没有 ${context.user}。请填写单位名称（别名也可以）：`,
      );
      if (text === undefined) return;
      const unit = award.resolveUnit(text);
      if (!unit) throw new ActionError(`“${unitsSheet.label}”表里没有“${text}”，请核对单位名称后再试。`);
      names = [unit.name];
    }
    rememberUnits(names);
    showFindingsSidebar();
  });
}
