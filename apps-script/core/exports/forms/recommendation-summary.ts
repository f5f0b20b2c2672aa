/** 推荐案例汇总表 of a unit, to be stamped. */
import { awardName } from "../../notice/notice.ts";
import { submissionsSheet } from "../../schema/application.ts";
import { labelOf } from "../../schema/sheet-spec.ts";
import { nameUnits } from "../name-files.ts";
import { recommendationColumns, recommendationList } from "../recommendation-list.ts";
import { columnTags, type Form, listRows, type TagRecord } from "./form.ts";

const nominatorTag = labelOf(submissionsSheet, "nominator");
/** What is stamped where a unit recommends nothing. */
const nothing: TagRecord = { [labelOf(submissionsSheet, "title")]: "（无）" };

export const recommendationSummary: Form = {
  name: "推荐案例汇总表",
  aliases: ["推荐汇总表"],
  template: "推荐案例汇总表",
  byUnit: "each",
  tags: {
    活动名称: "通知的名称，不含“征集”",
    [nominatorTag]: "单位名称",
    案例: columnTags(recommendationColumns),
    名额统计: "推荐数与名额",
  },
  build({ award, units }) {
    const chosen = units ?? award.units.filter((u) => u.name !== "");
    const names = nameUnits(chosen);
    return {
      documents: chosen.map((unit, i) => {
        const table = recommendationList(award, unit);
        const rows = listRows(table);
        return {
          fileName: `推荐案例汇总表-${names[i]}`,
          values: {
            活动名称: awardName(award.settings.notice),
            [nominatorTag]: unit.name,
            案例: rows.length > 0 ? rows : [nothing],
            名额统计: table.closing[0] ?? "",
          },
        };
      }),
    };
  },
};
