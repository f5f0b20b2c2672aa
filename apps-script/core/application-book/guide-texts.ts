import type { Notice } from "../notice/notice.ts";
import {
  expertsSheet,
  findingsSheet,
  liaisonsSheet,
  logSheet,
  quotaSheet,
  settingsSheet,
  submissionsSheet,
  textsSheet,
  unitsSheet,
} from "../schema/application.ts";
import { labelOf } from "../schema/sheet-spec.ts";
import { palette } from "../workbook/theme.ts";
import type { GuideSection } from "./guide.ts";

const live = labelOf(submissionsSheet, "liveCheck");
const nominator = labelOf(submissionsSheet, "nominator");
const chinese = (iso: string) => `${Number(iso.slice(5, 7))} 月 ${Number(iso.slice(8, 10))} 日`;
const headerTint = (fill: string) => ({ fill, font: { bold: true, color: palette.headerInk } });

/** @param own colours that only this workbook has, and how else a missing formula is mended there */
function colours(own: { readonly lines: GuideSection["lines"]; readonly orElse: string }): GuideSection {
  return {
    title: "颜色",
    lines: [
      { term: "深蓝表头", text: "必须填写。", tint: headerTint(palette.headerRequired) },
      { term: "浅蓝表头", text: "按实际情况填写。鼠标停在表头上可以看到填写说明。", tint: headerTint(palette.header) },
      { term: "灰色表头", text: "自动计算，不用填。", tint: headerTint(palette.headerComputed) },
      ...own.lines,
      {
        term: "✓",
        text: `“${live}”列打勾：这一行没有发现问题。`,
        tint: { font: { bold: true, color: palette.goodInk } },
      },
      {
        term: "红色单元格",
        text: `有错误，必须改正；“${live}”列写明有几处、各是什么。`,
        tint: { fill: palette.errorFill, font: { bold: true, color: palette.errorInk } },
      },
      {
        term: "红色空格",
        text: `“${live}”列空着却发红：这一行没有公式（插入的行，或备好的行以下）。请在“审阅”中撤销工作表保护（没有密码），把上一行的这一格复制过来${own.orElse}。`,
        tint: { fill: palette.errorFill },
      },
      {
        term: "黄色单元格",
        text: "请核对或补填，不影响推荐。",
        tint: { fill: palette.warningFill, font: { bold: true, color: palette.warningInk } },
      },
    ],
  };
}

function habits(): GuideSection {
  return {
    title: "填写须知",
    lines: [
      { term: "新增", text: "在最后一行下面的空行接着填，公式和下拉选项已经备好。" },
      { term: "粘贴", text: "请用“选择性粘贴—数值”，以免带入其他表格的格式。" },
      {
        term: "排序和删行",
        text: `“${live}”列受保护。要排序或删除整行，请先在“审阅”中撤销工作表保护（没有密码），完成后再保护；只清空一行的内容不需要撤销。`,
      },
      { term: "长编号", text: "教育云账号和编号按文本保存。若显示成 6.4E+17 的样子，位数已经丢失，须重新填写。" },
      { term: "添加列", text: "可以在最右侧添加自己的列，列的位置也可以移动，但不要改动原有表头的文字。" },
      { term: "匿名要求", text: "案例名称、正文、视频和支撑材料的文件名中，不得出现申报人姓名、单位和所在地区。" },
    ],
  };
}

function dates(notice: Notice, title: string): GuideSection {
  const { submission, recommendation, review, results } = notice.windows;
  const span = ({ value }: typeof submission) => `${notice.year} 年 ${chinese(value.from)} 至 ${chinese(value.to)}`;
  return {
    title,
    lines: [
      { term: "专家推荐", text: `${notice.year} 年 ${chinese(notice.expertDeadline.value)}前报送电子版和盖章扫描件。` },
      { term: "案例提交", text: span(submission) },
      { term: "报送推荐", text: span(recommendation) },
      { term: "评审", text: span(review) },
      { term: "公布结果", text: span(results) },
    ],
  };
}

export function applicationGuide(notice: Notice): GuideSection[] {
  const { bureau, school } = notice.quotas;
  const experts = notice.experts;
  return [
    {
      title: "按这个顺序做",
      lines: [
        { term: "第一步", text: `“${unitsSheet.label}”表：登记各教育局和厅直属学校。其他表的“推荐单位”都从这里选。` },
        {
          term: "第二步",
          text: `“${submissionsSheet.label}”表：导入平台数据或逐行填写，边填边看“${live}”列，把红色的改到没有。`,
        },
        {
          term: "第三步",
          text: `“${expertsSheet.label}”“${liaisonsSheet.label}”表：教育局每个学段推荐 ${experts.bureauPerStage.value} 名专家，厅直属学校推荐 ${experts.school.value} 名；每个单位 ${notice.liaisons.value} 名联络员。`,
        },
        {
          term: "第四步",
          text: `初评后填“初评得分”，在“推荐”列选“是”。教育局每个领域${notice.tracks.map((t) => `${t.label}赛道 ${bureau[t.key].value} 个`).join("、")}，厅直属学校每个领域 ${school.value} 个；用了多少看“${quotaSheet.label}”表。`,
        },
        { term: "第五步", text: `管理员运行检查，结果写在“${findingsSheet.label}”表，逐条改正后即可分派评审。` },
      ],
    },
    {
      title: "各表用途",
      lines: [
        { term: settingsSheet.label, text: "名额、上限、日期和评审办法。管理员只改“值”一列，改后各表立即按新值检查。" },
        { term: unitsSheet.label, text: "推荐单位名册、别名和上级单位。" },
        { term: submissionsSheet.label, text: "每个案例一行：基本信息、作者、字数、视频、初评和推荐。" },
        { term: textsSheet.label, text: "案例正文的四个部分，用“推荐单位”和“案例编号”与案例对应。" },
        { term: expertsSheet.label, text: "各单位推荐的专家。" },
        { term: liaisonsSheet.label, text: "各单位的工作联络员。" },
        { term: findingsSheet.label, text: "运行检查后得到的问题清单，每条注明位置、问题和依据。" },
        { term: quotaSheet.label, text: "各单位名额使用情况，随填随算。" },
        { term: logSheet.label, text: "每次操作的记录，不可改动。" },
      ],
    },
    colours({
      lines: [
        {
          term: "浅黄底单元格",
          text: `“${settingsSheet.label}”表中可以修改的值。`,
          tint: { fill: palette.input, font: { bold: true } },
        },
      ],
      orElse: "，或运行检查",
    }),
    habits(),
    dates(notice, `时间安排（以“${settingsSheet.label}”表为准）`),
    { title: "咨询", lines: [{ term: "联系电话", text: `${notice.contact.value}（自治区教育厅）` }] },
  ];
}

export function unitFormGuide(notice: Notice, unitName: string): GuideSection[] {
  return [
    {
      title: "怎么填",
      lines: [
        {
          term: submissionsSheet.label,
          text: `每个案例一行。“${nominator}”已经填好“${unitName}”，不用改。边填边看最左边的“${live}”列，改到每行都打勾；与其他单位之间的重复由汇总单位检查。`,
        },
        { term: textsSheet.label, text: "案例正文的四个部分分别粘贴到对应的列，案例编号与“案例”表一致。" },
        { term: expertsSheet.label, text: "每名专家一行，六项基本信息填全。" },
        { term: liaisonsSheet.label, text: `${notice.liaisons.value} 名工作联络员。` },
        {
          term: "报送",
          text: "填好后保存为 .xlsx，文件名保留“填报表”和单位名称，发回汇总单位。改过后可以再次报送，不会重复登记。",
        },
      ],
    },
    colours({ lines: [], orElse: "" }),
    habits(),
    dates(notice, "时间安排"),
    { title: "咨询", lines: [{ term: "联系电话", text: `${notice.contact.value}（自治区教育厅）` }] },
  ];
}
