/** 公示名单, 通报 and 发布清单: the lists that go out for the whole region. */
import { awardName } from "../../notice/notice.ts";
import { circular, circularColumns } from "../circular.ts";
import { publicNotice, publicNoticeColumns } from "../public-notice.ts";
import { publicationLabels, publicationList } from "../publication-list.ts";
import { rankingOrReason, whyUndecided, winnersOrReason } from "../ranking-state.ts";
import { columnTags, type Form, groupRows, listRows } from "./form.ts";

const common = { 活动名称: "通知的名称，不含“征集”", 案例数: "本表的案例数" } as const;

export const publicNoticeForm: Form = {
  name: "公示名单",
  aliases: ["公示"],
  template: "公示名单",
  published: true,
  byUnit: "none",
  tags: {
    ...common,
    组: { 组名: "领域和赛道", 案例: columnTags(publicNoticeColumns) },
    联系电话: "通知的联系电话",
    日志链首: "评审工作簿日志的最后一个摘要，用于事后核对",
  },
  build({ award, ranking: last, chainHead }) {
    const ranking = winnersOrReason(award, last);
    if (typeof ranking === "string") return { documents: [], missing: [ranking] };
    const table = publicNotice(ranking, award.settings);
    const winners = listRows(table).length;
    if (winners === 0) return { documents: [], missing: ["“结果”表里没有获奖案例"] };
    const values = {
      活动名称: awardName(award.settings.notice),
      案例数: winners,
      组: groupRows(table).map(({ heading, rows }) => ({ 组名: heading, 案例: rows })),
      联系电话: award.settings.notice.contact.value,
      日志链首: chainHead,
    };
    return { documents: [{ fileName: "公示名单", values }] };
  },
};

export const circularForm: Form = {
  name: "通报",
  aliases: ["通报名单"],
  template: "通报",
  published: true,
  byUnit: "none",
  tags: { ...common, 案例: columnTags(circularColumns) },
  build({ award, review }) {
    const { notice } = award.settings;
    const { table, undecided } = circular(award, review);
    const unclear = whyUndecided(undecided);
    const missing = unclear ? [unclear] : [];
    const rows = listRows(table);
    if (rows.length === 0) return { documents: [], missing: [...missing, "没有需要通报的案例"] };
    const values = {
      活动名称: awardName(notice),
      案例数: rows.length,
      案例: rows,
    };
    return { documents: [{ fileName: "通报", values }], missing };
  },
};

export const publicationForm: Form = {
  name: "发布清单",
  aliases: [],
  template: "发布清单",
  published: true,
  byUnit: "none",
  tags: { ...common, 案例: columnTags([{ label: "序号" }, ...publicationLabels.map((label) => ({ label }))]) },
  build({ award, ranking: last }) {
    const ranking = rankingOrReason(last);
    if (typeof ranking === "string") return { documents: [], missing: [ranking] };
    const rows = publicationList(award, ranking)
      .slice(1)
      .map((row, i) => ({
        序号: i + 1,
        ...Object.fromEntries(publicationLabels.map((label, c) => [label, row[c] ?? ""])),
      }));
    if (rows.length === 0) return { documents: [], missing: ["没有参评案例"] };
    const values = { 活动名称: awardName(award.settings.notice), 案例数: rows.length, 案例: rows };
    return { documents: [{ fileName: "发布清单", values }] };
  },
};
