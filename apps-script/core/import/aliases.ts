/**
 * What other tables call our columns: the one place to extend. Compared without width, case, spaces and punctuation, so
 * 推荐单位（盖章） is written here as 推荐单位盖章; our own labels need no entry.
 */

import type { ImportedSheet } from "../award/row-key.ts";
import {
  expertsSheet,
  liaisonsSheet,
  submissionsSheet,
  textsSheet,
  unitQuotaLabel,
  unitsSheet,
} from "../schema/application.ts";

type Names = Readonly<Record<string, readonly string[]>>;

/** One kind of table that import takes in, known by its headers. */
export interface TableKind {
  readonly sheet: ImportedSheet;
  readonly aliases: Names;
  /** Names that mean this column only where no other header of the table does. */
  readonly weakAliases: Names;
  /** Columns it must have, and how many of some others. */
  readonly needs: { readonly all: readonly string[]; readonly some: readonly string[]; readonly count: number };
  /** Words that a title, a sheet name or a file name uses for this kind of table. */
  readonly words: readonly string[];
}

const phone = ["手机号", "手机", "手机号码", "电话号码", "联系方式", "联系手机", "手机电话", "联系电话手机"];
const account = ["账号", "帐号", "宁教云账号", "云账号", "教育云帐号", "宁夏教育云账号", "宁教云APP账号", "平台账号"];
const email = ["电子邮箱", "电子邮件", "邮件", "Email", "联系邮箱", "邮箱地址"];
const nominator = ["推荐单位名称", "推荐单位盖章", "推荐单位全称", "报送单位", "推荐部门", "填报单位"];

const ordinals = { 1: "一", 2: "二", 3: "三", 4: "四", 5: "五" } as const;

function authorNames(): Names {
  const names: Record<string, string[]> = {};
  for (const [digit, ordinal] of Object.entries(ordinals)) {
    const bases = [`作者${digit}`, `作者${ordinal}`, `第${ordinal}作者`, `第${digit}作者`];
    const each = (...endings: string[]) => bases.flatMap((base) => endings.map((ending) => base + ending));
    names[`author${digit}.name`] = each("", "姓名");
    names[`author${digit}.unit`] = each("单位", "所在单位", "工作单位", "单位名称", "学校");
    names[`author${digit}.account`] = each(...account, "教育云账号");
    names[`author${digit}.role`] = each("身份", "人员身份", "人员类别", "类别", "职务身份");
  }
  return names;
}

export const sectionAliases: Names = {
  summary: ["概要", "案例摘要", "摘要", "案例概述", "案例简介"],
  innovation: [
    "特色与创新",
    "特色和创新点",
    "特色及创新点",
    "特色创新点",
    "案例特色与创新点",
    "创新点与特色",
    "创新点",
  ],
  process: ["研究与实践过程", "研究及实践过程", "研究实践过程", "研究与实施过程", "实践过程", "实施过程", "研究过程"],
  application: [
    "应用情况与推广价值",
    "应用情况和推广价值",
    "应用成效及推广价值",
    "应用效果及推广价值",
    "应用及推广价值",
    "应用推广价值",
    "应用与推广",
    "推广应用",
    "推广价值",
    "应用情况",
  ],
};

const caseId = ["作品编号", "申报编号", "案例编码", "作品编码", "案例号", "作品号", "案例ID", "作品ID"];
const caseTitle = ["作品名称", "案例题目", "作品题目", "案例标题", "作品标题"];

export const tableKinds: readonly TableKind[] = [
  {
    sheet: unitsSheet,
    aliases: {
      code: ["单位编码", "单位编号", "机构代码", "区划代码", "行政区划代码", "学校代码"],
      name: ["单位全称", "机构名称"],
      kind: ["单位类别", "单位类型", "单位性质"],
      aliases: ["简称", "别称", "单位简称", "单位别名", "其他名称"],
      parent: ["上级主管单位", "主管单位", "所属市", "所属地市", "上级"],
      email,
      sealedCopy: ["盖章件", "盖章扫描件", "是否收到盖章件", "盖章件是否收讫"],
    },
    weakAliases: { code: ["代码"], name: ["单位", "名称", "推荐单位"], kind: ["类型", "性质"] },
    needs: { all: ["code", "name"], some: [], count: 0 },
    words: ["单位名册", "单位名单", "单位信息", "单位表"],
  },
  {
    sheet: submissionsSheet,
    aliases: {
      ...authorNames(),
      ...sectionAliases,
      id: caseId,
      title: caseTitle,
      field: ["所属领域", "申报领域", "参赛领域", "案例领域", "作品领域", "案例类别", "作品类别"],
      track: ["参赛赛道", "申报赛道", "所属赛道", "赛道类别", "城市乡村", "城乡赛道"],
      stage: ["所属学段", "适用学段", "案例学段"],
      keywords: ["关键字", "案例关键词", "主题词"],
      nominator,
      phone: [...phone, "第一作者电话", "第一作者手机号", "第一作者联系电话", "作者1联系电话", "作者1手机号"],
      otherAuthors: ["其它作者", "其余作者", "其他作者姓名"],
      submittedOn: ["提交时间", "申报日期", "申报时间", "上传时间", "上传日期"],
      wordsSummary: ["案例概要字数"],
      wordsInnovation: ["特色与创新点字数", "特色创新点字数"],
      wordsProcess: ["研究和实践过程字数", "实践过程字数"],
      wordsApplication: ["应用情况及推广价值字数", "推广价值字数"],
      wordsTotal: ["字数合计", "合计字数", "全文字数", "案例字数", "文本字数"],
      videoFile: ["视频文件名", "视频文件名称", "视频名称", "展示视频", "案例视频"],
      videoResolution: ["分辨率", "视频清晰度"],
      videoDuration: ["时长", "视频长度", "视频时长分钟", "时长分钟", "视频时长秒"],
      videoRecordedOn: ["录制日期", "录制时间", "视频录制时间", "拍摄日期", "视频拍摄日期"],
      videoSubtitles: ["字幕", "有无字幕", "是否有字幕", "视频有无字幕"],
      videoTitleCard: ["片头", "片头案例名称", "片头显示案例名称", "有无片头", "片头是否显示案例名称"],
      videoBrand: ["企业标识", "企业品牌标识", "品牌信息", "企业品牌", "有无品牌标识", "有无企业品牌标识"],
      materials: ["支撑材料名称", "佐证材料", "辅助材料", "支持材料", "附件材料", "辅助支持材料"],
      link: ["网盘链接", "材料地址", "作品链接", "案例链接"],
      priorAward: ["是否获过表彰", "是否曾获表彰", "是否获得过表彰", "是否受过表彰", "是否获奖", "是否曾获奖"],
      firstScore: ["初评分", "初评分数", "初评成绩", "初评总分", "初审得分"],
      recommended: ["是否推荐", "推荐与否", "是否推荐案例"],
      recommendedOn: ["推荐时间"],
      status: ["案例状态", "作品状态"],
      statusKind: ["取消资格类别"],
      statusReason: ["状态备注", "取消原因", "取消资格原因"],
    },
    weakAliases: {
      id: ["编号"],
      title: ["题目", "标题", "名称"],
      phone: ["电话"],
      videoFile: ["视频"],
      materials: ["附件"],
      link: ["链接"],
      wordsTotal: ["字数"],
    },
    needs: {
      all: ["id"],
      some: [
        "title",
        "field",
        "track",
        "author1.name",
        "keywords",
        "submittedOn",
        "firstScore",
        "recommended",
        "videoFile",
        "status",
      ],
      count: 2,
    },
    words: ["案例", "作品"],
  },
  {
    sheet: textsSheet,
    aliases: { ...sectionAliases, id: caseId, title: caseTitle, nominator },
    weakAliases: { id: ["编号"], title: ["题目", "标题", "名称"] },
    needs: { all: ["id"], some: Object.keys(sectionAliases), count: 1 },
    words: ["正文"],
  },
  {
    sheet: expertsSheet,
    aliases: {
      nominator,
      name: ["专家", "专家名称"],
      title: ["专业技术职称", "专业技术职务", "技术职称", "职务职称", "职称职务"],
      account: [...account, "专家账号", "专家教育云账号"],
      unit: ["工作单位", "所在单位", "专家单位", "所在学校", "任职单位", "单位名称"],
      phone: [...phone, "专家电话"],
      stage: ["评审学段", "推荐学段", "所属学段", "任教学段", "组别"],
      fields: ["评审领域", "专长领域", "研究领域", "擅长的领域", "熟悉领域"],
      email,
      conflicts: ["回避单位", "需回避单位", "回避情况", "回避"],
      submittedOn: ["填表日期", "填报时间", "填表时间", "报送日期"],
      status: ["专家状态"],
    },
    weakAliases: {
      name: ["姓名"],
      phone: ["电话"],
      unit: ["学校"],
      fields: ["领域", "所属领域"],
      submittedOn: ["日期", "推荐日期"],
    },
    needs: { all: ["name"], some: ["title", "account", "unit", "phone", "stage", "fields"], count: 2 },
    words: ["专家"],
  },
  {
    sheet: liaisonsSheet,
    aliases: {
      nominator,
      name: ["联络员", "联络员姓名", "联络人", "联络人姓名", "联系人", "联系人姓名", "工作人员", "工作人员姓名"],
      phone: [...phone, "联络员电话", "联系人电话"],
      account,
    },
    weakAliases: { nominator: ["单位", "单位名称", "所在单位", "工作单位", "所属单位"], phone: ["电话"] },
    needs: { all: ["name"], some: ["phone", "account"], count: 1 },
    words: ["联络员", "联络人", "联系人", "工作人员"],
  },
];

/** Headers that number the rows; nothing is lost without them. */
export const rowNumberHeaders = ["序号", "序", "No", "行号"];

/** Sheets that Casebook itself writes, in a workbook or a form: nothing in them is input. */
export const passedOverSheets = [
  "说明",
  "参数",
  "检查",
  "配额",
  unitQuotaLabel,
  "进度",
  "日志",
  "即时计算",
  "即时计算2",
  "往届",
  "导入记录",
  "填表说明",
  "填写说明",
];
