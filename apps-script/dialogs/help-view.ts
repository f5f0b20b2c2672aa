import type { Notice } from "../core/notice/notice.ts";
import {
  expertsSheet,
  findingsSheet,
  liaisonsSheet,
  quotaSheet,
  settingsSheet,
  submissionsSheet,
  textsSheet,
} from "../core/schema/application.ts";
import { labelOf } from "../core/schema/sheet-spec.ts";
import type { HelpView } from "./views.ts";

const live = labelOf(submissionsSheet, "liveCheck");
const recommended = labelOf(submissionsSheet, "recommended");

const steps = [
  `在“${submissionsSheet.label}”表中，每个案例填一行；推荐单位从下拉列表中选。`,
  `一边填一边看“${live}”列：写明了哪里不对、怎么改。`,
  `在“${textsSheet.label}”表中粘贴案例正文的四个部分，案例编号与“${submissionsSheet.label}”表一致。`,
  `在“${expertsSheet.label}”“${liaisonsSheet.label}”表中填写本单位推荐的专家和联络员。`,
  `打开菜单“评案簿 → 检查本单位”，按右侧的清单逐条改正；点一条就转到那个单元格。`,
  `初评后在“${recommended}”列选“是”；名额用了多少，看“${quotaSheet.label}”表。`,
];

const marks: HelpView["marks"] = [
  { style: "required", term: "深蓝表头", meaning: "必须填写。" },
  { style: "optional", term: "浅蓝表头", meaning: "按实际情况填写；鼠标停在表头上可看填写说明。" },
  { style: "computed-head", term: "灰色表头", meaning: "自动计算，不用填。" },
  { style: "wrong", term: "红色", meaning: `有错误，必须改正；“${live}”列写明是什么错误。` },
  { style: "doubtful", term: "黄色", meaning: "请核对或补填，不影响推荐。" },
  { style: "noted", term: "右上角标", meaning: "鼠标停在单元格上，批注说明问题和依据；改正后再检查，批注自动消失。" },
];

const advice = [
  "粘贴时请用“仅粘贴值”（Ctrl+Shift+V），以免带入其他表格的格式。",
  "教育云账号、案例编号若显示成 6.4E+17 的样子，位数已经丢失，请对照原件重新填写。",
  "可以在最右侧添加自己的列，也可以移动列，但不要改动原有表头的文字。",
  "案例名称、正文、视频和支撑材料的文件名中，不得出现申报人姓名、单位和所在地区。",
  "单元格改不了，是因为它属于其他单位，或填报已经锁定；确需修改请联系管理员。",
  `“${findingsSheet.label}”表是管理员最近一次检查的结果；日期和名额以“${settingsSheet.label}”表为准。`,
];

/** 帮助: how the shared workbook is filled in, and whom to ask. */
export function buildHelpView(notice: Notice): HelpView {
  const ask = {
    about: "填报和名额问题：自治区教育厅",
    contact: notice.contact.value,
    otherwise: "表格打不开、改不了：请联系把链接发给您的管理员。",
  };
  return { title: "怎么填", steps, marks, advice, ask };
}
