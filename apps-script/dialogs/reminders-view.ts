import type { AwardData } from "../core/award/award.ts";
import type { AwardProgress } from "../core/progress/award-progress.ts";
import { describeMissing } from "../core/progress/describe-progress.ts";
import { listReminders } from "../core/progress/reminders.ts";
import { liaisonsOf } from "../core/progress/unit-progress.ts";
import type { RemindersView } from "./views.ts";

/** 催交文字. @param linkOf address of the online score sheet of an expert; undefined without one */
export function buildRemindersView(
  progress: AwardProgress,
  award: AwardData,
  linkOf: (expert: string) => string | undefined,
): RemindersView {
  const { units, experts } = listReminders(progress, linkOf);
  const joined = (parts: readonly string[]) => parts.filter((part) => part !== "");
  return {
    units: units.map(({ unit, text }) => ({
      name: unit.unit.name,
      about: describeMissing(unit),
      contact: liaisonsOf(award, unit.unit).join("、"),
      text,
    })),
    experts: experts.map(({ expert: { expert, name, unit, phone, assigned, open }, text }) => ({
      name: joined([expert, name]).join(" "),
      about: `${assigned} 个案例还有 ${open.length} 个没有交`,
      contact: joined([unit, phone]).join("，"),
      text,
    })),
  };
}
