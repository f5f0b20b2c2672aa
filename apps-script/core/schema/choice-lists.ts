import type { Award, Notice } from "../notice/notice.ts";
import { decisions, expertStatus, noAward, presence, submissionStatus, unitKindLabels, yesNo } from "./choices.ts";
import type { ChoiceSource } from "./sheet-spec.ts";

/** The entries of a drop-down; unit names come from the sheet 单位, not from here. */
export function choicesOf(source: Exclude<ChoiceSource, "unitNames">, notice: Notice): readonly string[] {
  switch (source) {
    case "fields":
      return notice.fields.map((f) => f.label);
    case "tracks":
      return notice.tracks.map((t) => t.label);
    case "stages":
      return notice.stages;
    case "submissionStages":
      return [...notice.stages, notice.otherStage];
    case "roles":
      return notice.roles.map((r) => r.label);
    case "cancellationKinds":
      return notice.cancellation.kinds.map((k) => k.label);
    case "yesNo":
      return yesNo;
    case "presence":
      return presence;
    case "unitKinds":
      return Object.values(unitKindLabels);
    case "submissionStatus":
      return submissionStatus;
    case "expertStatus":
      return expertStatus;
    case "decisions":
      return Object.values(decisions);
    case "awards":
      return awardChoices(notice.defaults.awards);
  }
}

/** What may stand in 调整后奖项. */
export function awardChoices(awards: readonly Award[]): string[] {
  return [...awards.map((award) => award.label), noAward];
}
