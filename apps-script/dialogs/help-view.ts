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
import { decisionsSheet, resultsSheet, reviewedSheet } from "../core/schema/review.ts";
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
  const otherwise = "表格打不开、改不了：请联系把链接发给您的管理员。";
  return { title: "怎么填", steps, marks, advice, ask: { ...askDepartment(notice, "填报和名额问题"), otherwise } };
}

const askDepartment = (notice: Notice, about: string) => ({
  about: `${about}：自治区教育厅`,
  contact: notice.contact.value,
});

const reviewSteps = [
  "连接申报工作簿：粘贴它的网址，只做一次。单位自己的初评接着点“设为单位初评”。",
  `移交专家名单：申报工作簿里从此看不到“${expertsSheet.label}”；补报的专家再点一次。`,
  "分派专家：先看预览，点“确认分派”才写入。人数不足的，预览里写明缺在哪里。",
  `填写评审材料：按编号一次填好“${reviewedSheet.label}”的匿名链接，再“生成评分表”，只与专家本人共享。`,
  "收集评分：可以反复做；先收到的分数不会被悄悄改掉。没有交齐的，用“催交提醒”。",
  `汇总排名：写入“${resultsSheet.label}”；要改的写进“${decisionsSheet.label}”，再汇总一次才生效。`,
];

const reviewMarks: HelpView["marks"] = [
  { style: "computed-head", term: "灰色表头", meaning: "脚本填写，再运行一次会重写，不要手改。" },
  { style: "wrong", term: "红色", meaning: `“${decisionsSheet.label}”里没有生效的一格，批注写明怎么改。` },
];

const reviewAdvice = [
  "本工作簿不要共享给管理员以外的任何人：里面有专家和分数。",
  "评分表多时分几次自动做完，在“进度”里看、暂停、继续；关掉窗口不影响。中断以后再点一次同样的菜单，做过的不会重做。",
  "不要删隐藏的“档案”等表，也不要改各表的表头：“复核”靠它们重算每一次分派和排名。",
  "名称以“样表”开头的文件是生成评分表用的底样，没有任何案例和专家，做完可以删。",
];

/** 帮助 of the review workbook: what is done in which order. */
export function buildReviewHelpView(notice: Notice): HelpView {
  const otherwise = "操作没有做完：按提示改正，再点一次同样的菜单。";
  const ask = { ...askDepartment(notice, "评审安排问题"), otherwise };
  return { title: "怎么评", steps: reviewSteps, marks: reviewMarks, advice: reviewAdvice, ask };
}
