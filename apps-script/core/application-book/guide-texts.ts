import type { Notice } from "../notice/notice.ts";
import {
  expertsSheet,
  findingsSheet,
  liaisonsSheet,
  logSheet,
  progressSheet,
  quotaSheet,
  settingsSheet,
  submissionsSheet,
  textsSheet,
  unitsSheet,
} from "../schema/application.ts";
import {
  assignmentSheet,
  decisionsSheet,
  expertOverviewSheet,
  groupOverviewSheet,
  rankingFrame,
  resultsSheet,
  reviewedSheet,
  reviewersSheet,
  scoresSheet,
} from "../schema/review.ts";
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
      {
        term: "蓝色单元格",
        text: "只是提示，如导入时改正过的编号；批注写明原来是什么，没有错就不用改。",
        tint: { fill: palette.infoFill, font: { bold: true } },
      },
      {
        term: "灰底单元格",
        text: "自动填好，不用改。",
        tint: { fill: palette.computed, font: { color: palette.softInk } },
      },
    ],
  };
}

/** @param areCountsFolded whether the counts of the sections are folded at first */
function habits(areCountsFolded: boolean): GuideSection {
  const signs = "撤销工作表保护后，点列标上方的“－”；再点“＋”展开。";
  return {
    title: "填写须知",
    lines: [
      { term: "新增", text: "在最后一行下面的空行接着填，公式和下拉选项已经备好。" },
      { term: "粘贴", text: "请用“选择性粘贴—数值”，以免带入其他表格的格式。" },
      {
        term: "排序和删行",
        text: `“${live}”列受保护。要排序或删除整行，请先在“审阅”中撤销工作表保护（没有密码），完成后再保护；只清空一行的内容不需要撤销。`,
      },
      {
        term: "折叠列",
        text: areCountsFolded
          ? `各部分字数先收起来：正文填在“${textsSheet.label}”表里，就不用填。要看要填，选中“${labelOf(submissionsSheet, "submittedOn")}”到“${labelOf(submissionsSheet, "wordsTotal")}”的列标，点右键“取消隐藏”。作者 2—5、视频参数也各成一组，不看时可以收起：${signs}`
          : `作者 2—5、各部分字数、视频参数各成一组，都先展开。不看时可以收起：${signs}`,
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
      title: "区县、学校经办人",
      lines: [
        {
          term: "填案例",
          text: `“${submissionsSheet.label}”表每个案例一行，边填边看最左边的“${live}”列，把红色的改到没有；正文粘贴到“${textsSheet.label}”表。`,
        },
        {
          term: "报专家",
          text: `“${expertsSheet.label}”表：教育局每个学段推荐 ${experts.bureauPerStage.value} 名专家，厅直属学校推荐 ${experts.school.value} 名；“${liaisonsSheet.label}”表：每个单位 ${notice.liaisons.value} 名。`,
        },
        {
          term: "定推荐",
          text: `初评后填“初评得分”，在“推荐”列选“是”。教育局每个领域${notice.tracks.map((t) => `${t.label}赛道 ${bureau[t.key].value} 个`).join("、")}，厅直属学校每个领域 ${school.value} 个；用了多少看“${quotaSheet.label}”表。`,
        },
        { term: "改问题", text: `“${findingsSheet.label}”表逐条写明位置、问题和改法，改后由管理员再检查一遍。` },
      ],
    },
    {
      title: "管理员",
      lines: [
        { term: "第一步", text: `“${unitsSheet.label}”表：登记各教育局和厅直属学校。其他表的“推荐单位”都从这里选。` },
        { term: "第二步", text: "导入平台数据和各单位的填报表，运行检查，把问题发还各单位更正。" },
        { term: "第三步", text: "推荐定下以后分派专家、生成评分表；评审的各表在另一本“评审工作簿”里，只给管理员。" },
        { term: "取消资格", text: "在“状态”列选“取消资格”，并填“取消类别”和“状态说明”；这三列在填报表里不显示。" },
      ],
    },
    {
      title: "专家",
      lines: [{ term: "不用本簿", text: "专家收到的是自己的评分表，看不到本工作簿，也看不到作者和单位。" }],
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
        { term: progressSheet.label, text: "各单位报了什么、还缺什么、离期限几天，导入和检查时更新。" },
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
    habits(false),
    dates(notice, `时间安排（以“${settingsSheet.label}”表为准）`),
    { title: "咨询", lines: [{ term: "联系电话", text: `${notice.contact.value}（自治区教育厅）` }] },
  ];
}

export function unitFormGuide(notice: Notice, unitName: string, areCountsFolded: boolean): GuideSection[] {
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
    habits(areCountsFolded),
    dates(notice, "时间安排"),
    { title: "咨询", lines: [{ term: "联系电话", text: `${notice.contact.value}（自治区教育厅）` }] },
  ];
}

/** Of the review workbook, which administrators alone have. */
export function reviewGuide(notice: Notice): GuideSection[] {
  const label = (sheet: { readonly label: string }) => `“${sheet.label}”`;
  const { review, results } = notice.windows;
  return [
    {
      title: "谁用这本工作簿",
      lines: [
        {
          term: "管理员",
          text: "分派、收分、排名、定奖都在这里。作者、专家和分数对得上号，不要发给任何人，也不要共享。",
        },
        { term: "评审委员会", text: `议定的事由管理员写进${label(decisionsSheet)}表，再运行一次汇总排名。` },
        { term: "专家", text: "只收到自己的评分表，看不到本工作簿。" },
        { term: "区县、学校", text: "只看公示和下发的名单，看不到本工作簿。" },
      ],
    },
    {
      title: "按这个顺序做",
      lines: [
        {
          term: "分派",
          text: `运行分派，看${label(assignmentSheet)}表；专家退出、声明回避、案例增减后再运行一次，已评的不动。`,
        },
        {
          term: "评审材料",
          text: `${label(reviewedSheet)}表的“${labelOf(reviewedSheet, "material")}”填匿名材料的链接，不要填原始地址。`,
        },
        {
          term: "评分表",
          text: `生成评分表发给各专家，${chinese(review.value.to)}前收回；可以分几次收，收过的不会丢。`,
        },
        {
          term: "排名",
          text: `运行汇总排名，先看${label(groupOverviewSheet)}，再看${label(rankingFrame)}的“备注”和${label(expertOverviewSheet)}的“待核实”。`,
        },
        {
          term: "复评和裁定",
          text: `分歧较大的再分派一次，请人复评；要由委员会定的写进${label(decisionsSheet)}，然后再排名。`,
        },
        { term: "公布", text: `没有待定的事以后输出名单，${chinese(results.value.from)}起公布结果。` },
      ],
    },
    {
      title: "各表用途",
      lines: [
        { term: reviewedSheet.label, text: "参评的案例和评审编号；给专家看的只有评审编号。" },
        { term: reviewersSheet.label, text: "参加评审的专家和编号；可以填“评审上限”和“不回避”。" },
        { term: assignmentSheet.label, text: "谁评哪个案例，为什么这样分派。" },
        { term: scoresSheet(notice).label, text: "收回的每一份评分，来自哪个文件、什么时候收回。" },
        { term: groupOverviewSheet.label, text: "各组的案例数、待评数、获奖名额、最低分和平均分。" },
        { term: rankingFrame.label, text: "每个案例的名次、得分、奖项，未排名的原因在“备注”。" },
        { term: resultsSheet.label, text: "排上名次的案例，作者和单位都在，公示名单据此输出。" },
        { term: decisionsSheet.label, text: "评审委员会的决定，一行一条，怎么填写在表的上方。" },
        { term: expertOverviewSheet.label, text: "每名专家评得怎样；“待核实”是打分上的线索，“迟交”只说早晚。" },
        { term: logSheet.label, text: "每次操作的记录，不可改动。" },
      ],
    },
    {
      title: "颜色",
      lines: [
        {
          term: "绿底",
          text: "获奖的案例。",
          tint: { fill: palette.goodFill, font: { bold: true, color: palette.goodInk } },
        },
        {
          term: "灰底",
          text: "没有参加排名的案例，原因在“备注”。",
          tint: { fill: palette.computed, font: { color: palette.softInk } },
        },
        {
          term: "黄底",
          text: "要看一眼：待评、待核实、裁定里还缺的一格。",
          tint: { fill: palette.warningFill, font: { bold: true, color: palette.warningInk } },
        },
        {
          term: "红底",
          text: "裁定没有生效的一格，批注写明原因和改法。",
          tint: { fill: palette.errorFill, font: { bold: true, color: palette.errorInk } },
        },
        {
          term: "浅黄底",
          text: "可以填写的格子，其余由程序填写。",
          tint: { fill: palette.input, font: { bold: true } },
        },
      ],
    },
  ];
}
