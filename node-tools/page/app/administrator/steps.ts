import { caseTemplate } from "../../../../apps-script/core/exports/forms/case-template.ts";
import { certificates } from "../../../../apps-script/core/exports/forms/certificates.ts";
import { expertRecommendation } from "../../../../apps-script/core/exports/forms/expert-recommendation.ts";
import { everyForm } from "../../../../apps-script/core/exports/forms/index.ts";
import { printedScoreSheet } from "../../../../apps-script/core/exports/forms/printed-score-sheet.ts";
import {
  circularForm,
  publicationForm,
  publicNoticeForm,
} from "../../../../apps-script/core/exports/forms/published-lists.ts";
import { recommendationSummary } from "../../../../apps-script/core/exports/forms/recommendation-summary.ts";
import { reviewOpinions } from "../../../../apps-script/core/exports/forms/review-opinions.ts";
import { statisticsReport } from "../../../../apps-script/core/exports/forms/statistics-report.ts";
import type { KeptFile } from "../../protocol.ts";

/** Names in the work folder that the page gives. */
export const folders = {
  received: "收到的文件",
  prior: "往届名单",
  forms: "填报表",
  sheets: "评分表",
  anonymous: "匿名材料",
  returned: "收回的评分表",
  firstSheets: "初评评分表",
  firstReturned: "收回的初评评分表",
  lists: "名单",
  printed: "正式",
  reminders: "催交",
  notices: "通知",
} as const;

/** What programs leave beside files. */
const leftovers = /\.bak\.|\.旧\d+\.|(^|\/)(\.|~\$)/;
const ownFolders = new RegExp(`^(${Object.values(folders).join("|")}|[^/]*\\.(备份|档案))/|${leftovers.source}`);
const readable = /\.(csv|txt|tsv|xlsx|xlsm|docx)$/i;

/** A setting of an action that people may change. */
export interface Field {
  readonly name: string;
  readonly label: string;
  /** `input`: one of the files that the action takes in. */
  readonly kind: "text" | "number" | "date" | "switch" | "choice" | "input";
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  readonly help?: string;
  readonly required?: true;
}

export interface Action {
  readonly label: string;
  readonly command: string;
  /** What it does, in a sentence. */
  readonly purpose: string;
  readonly fields?: readonly Field[];
  /** Options that are always given. */
  readonly options?: Readonly<Record<string, readonly string[]>>;
  /** Where the files are dropped that it takes in. */
  readonly takes?: (typeof folders)["received" | "returned" | "firstReturned" | "prior"];
  /** Has `--dry-run`. */
  readonly canPreview?: true;
  /** Takes a workbook that is not there yet. */
  readonly begins?: true;
  /** Its result is kept under this key while others of the step come and go; `adds`: to what is there. */
  readonly stays?: { readonly with: string; readonly adds: boolean };
}

/** Official forms, filled from the workbooks, at the step where they are wanted. */
function printing(label: string, purpose: string, ...forms: readonly { readonly name: string }[]): Action {
  const form = forms.map(({ name }) => name);
  return { label, command: "export", purpose, options: { out: [folders.printed], form } };
}

const materialsLabel = "评审材料的网址";
const materials: Field = {
  name: "materials-pattern",
  label: materialsLabel,
  kind: "text",
  help: "网址按编号存放的，写一次就都填好，如 https://example.org/{评审编号}.zip；不填就不动",
};
/** The button that packs anonymous materials. */
export const packMaterials = "为每位专家打包";
const accepted: Field = {
  name: "accept",
  label: "指明采用",
  kind: "input",
  help: "结果里请您指明采用哪份文件时才选，如登记过回避、又不回避了的",
};
const asDraft: Field = { name: "draft", label: "还有未定的也先出草稿", kind: "switch" };
const published = [publicNoticeForm, publicationForm, certificates, circularForm];

/** Notices of other years that were saved in the page. */
export const noticesIn = (files: readonly KeptFile[]): readonly { readonly value: string; readonly label: string }[] =>
  files.flatMap(({ path }) => {
    const [, folder = "", id = ""] = new RegExp(`^(${folders.notices}/([^/]+))/notice\\.json$`).exec(path) ?? [];
    return id === "" ? [] : [{ value: `/${folder}`, label: id }];
  });

export interface Step {
  readonly key: string;
  readonly title: string;
  readonly actions: readonly Action[];
  /** No later step waits for it: it is done where a file has such a name. */
  readonly optional?: RegExp;
}

/** Whose first review: filled with the units of the award. */
const priorYear = "哪一年的";
const ofUnit: Field = { name: "unit", label: "哪个单位的初评", kind: "choice", required: true };

/** What people call the commands of a unit's first review. */
const firstNames: Readonly<Record<string, string>> = {
  assign: "分派初评专家",
  packets: "生成初评评分表",
  collect: "收回初评评分表",
  rank: "汇总初评",
  replay: "复核初评",
};

/** A command of the award's review, for the first review of one unit. */
function forUnit(command: string, purpose: string, more: Partial<Action> = {}): Action {
  return { label: firstNames[command] ?? command, command, purpose, fields: [ofUnit], ...more };
}

/** With what only the award tells. */
export function withUnits(action: Action, units: readonly string[]): Action {
  if (!action.fields?.includes(ofUnit)) return action;
  const choices = [{ value: "", label: "请选单位" }, ...units.map((name) => ({ value: name, label: name }))];
  return { ...action, fields: action.fields.map((field) => (field === ofUnit ? { ...field, choices } : field)) };
}

export const steps: readonly Step[] = [
  {
    key: "init",
    title: "建簿",
    actions: [
      {
        label: "新建申报工作簿",
        command: "init",
        purpose: "按通知新建一个空的申报工作簿“评案簿.xlsx”。",
        begins: true,
      },
    ],
  },
  {
    key: "import",
    title: "收表",
    actions: [
      {
        label: "收下文件",
        command: "import",
        purpose: "把单位名册、平台导出、填报表、附件 5、附件 6 合并进评案簿；人工填过的内容不会被覆盖。",
        takes: folders.received,
      },
      {
        label: "生成填报表",
        command: "forms",
        purpose: "给每个单位一份填报表，发下去填写，收回来再用“收下文件”。要先有单位名册。",
        options: { out: [folders.forms] },
      },
      {
        label: "输出空白表",
        command: "export",
        purpose: `空白的${caseTemplate.name}、${expertRecommendation.name}，发给还没有填报表的单位用手填。`,
        options: { out: [folders.printed], blank: ["true"] },
      },
      {
        label: "收下往届名单",
        command: "import",
        purpose:
          "往年的获奖名单（结果、公示名单、发布清单、评审工作簿，或任何有案例名称和作者的表），供“检查”找出可能已获过表彰的案例。那一年的申报工作簿一并放进来，还能比对正文。一次一年；只记案例名称、作者姓名和单位、奖项，不存正文。",
        takes: folders.prior,
        fields: [{ name: "prior", label: priorYear, kind: "number", required: true, help: "必填，如去年的年份" }],
        // A year that is not filled in is refused: the lists would be taken for this year's.
        options: { prior: [""] },
      },
    ],
  },
  { key: "evidence", title: "材料核查", actions: [], optional: /\.材料核查\.xlsx$/ },
  {
    key: "check",
    title: "检查",
    actions: [
      {
        label: "逐条检查",
        command: "check",
        purpose: "按通知的每一条规则检查，写入“检查”表，在单元格上标色、加批注。",
      },
      {
        label: "一键更正",
        command: "fix",
        purpose:
          "改好不用问人的小毛病：全角半角、分隔符、日期、单位名称、姓名里的空格等；原来的内容写进批注，可以撤销。",
        canPreview: true,
      },
      {
        label: "输出要改的填报表",
        command: "export",
        purpose: "各单位的填报表，要改的格子标了颜色和批注；发回单位，改好交来后再用“收下文件”。",
        options: { out: [folders.lists] },
      },
    ],
  },
  {
    key: "first",
    title: "初评",
    optional: /\.初评-[^/]*(?<!\.bak)\.xlsx$/,
    actions: [
      forUnit(
        "assign",
        "单位自己先评一遍时用，不初评的单位不用管。评这个单位检查无误、尚未推荐的案例；要评的，先在“案例”表把“推荐”改为“否”、“初评得分”清空。",
        { canPreview: true },
      ),
      forUnit("packets", "给这个单位的每名专家一份匿名评分表。", {
        fields: [ofUnit, materials],
        options: { out: [folders.firstSheets] },
      }),
      forUnit("collect", "把交回的初评评分表合并进这个单位的初评工作簿。", {
        fields: [ofUnit, accepted],
        takes: folders.firstReturned,
      }),
      forUnit("rank", "汇总初评，把“初评得分”填进申报工作簿（人工填的不动）；接着到“推荐”。"),
      forUnit("replay", "重算初评的每一步，找出事后的改动；不改动任何文件。"),
    ],
  },
  {
    key: "recommend",
    title: "推荐",
    actions: [
      {
        label: "按初评得分推荐",
        command: "recommend",
        purpose: "在名额内按初评得分补填“推荐”；已经填了的不动。",
        fields: [{ name: "date", label: "推荐日期", kind: "date" }],
      },
      printing(
        "输出推荐表",
        `各单位盖章用的${recommendationSummary.name}和${expertRecommendation.name}。`,
        recommendationSummary,
        expertRecommendation,
      ),
    ],
  },
  {
    key: "assign",
    title: "分派",
    actions: [
      {
        label: "分派专家",
        command: "assign",
        purpose: "给每个推荐的案例随机、均衡地分派专家，回避本单位和写明的关系。",
        fields: [
          { name: "reviews", label: "每个案例几名专家", kind: "number", help: "不填按“参数”表" },
          { name: "seed", label: "随机种子", kind: "number", help: "不填按“参数”表" },
          { name: "rebalance", label: "重新均衡各专家的评审量", kind: "switch" },
        ],
        canPreview: true,
      },
    ],
  },
  {
    key: "packets",
    title: "评分表",
    actions: [
      {
        label: "生成评分表",
        command: "packets",
        purpose: "给每名专家一份匿名评分表；再次生成时，只有变了的放进“需重发”。",
        fields: [materials],
        options: { out: [folders.sheets] },
      },
      printing("输出纸质评分表", "给不用电脑打分的专家，打印出来手填。", printedScoreSheet),
    ],
  },
  {
    key: "collect",
    title: "收回",
    actions: [
      {
        label: "收回评分表",
        command: "collect",
        purpose: "把专家交回的评分表合并进评审工作簿。",
        takes: folders.returned,
        fields: [accepted],
      },
      {
        label: "催交文字",
        command: "remind",
        purpose:
          "列出谁还没有交什么，给每个单位、每名专家写好一段可以粘贴的话；右上角“各单位”“各专家”里也可以逐个复制。",
        options: { out: [folders.reminders] },
      },
    ],
  },
  {
    key: "rank",
    title: "排名",
    actions: [
      { label: "汇总排名", command: "rank", purpose: "汇总评分、校正宽严、排名、定奖项，写入“汇总”和“结果”。" },
      printing("输出评审意见", `每个案例的${reviewOpinions.name}，专家只写编号。`, reviewOpinions),
      printing(
        "输出统计报告",
        "申报、推荐、获奖各多少，名额、问题、评分质量：一份带图的统计报告和全部数字的表。",
        statisticsReport,
      ),
    ],
  },
  {
    key: "rule",
    title: "裁定",
    actions: [
      {
        label: "重新汇总排名",
        command: "rank",
        purpose: "裁定都写好以后，重新排名、定奖项；取消一个，后面的依次递补。",
      },
    ],
  },
  {
    key: "export",
    title: "公示",
    actions: [
      {
        label: "输出名单",
        command: "export",
        purpose: "各单位的填报表（标出要改的）、推荐案例汇总表、专家名单、评分汇总、公示名单、通报名单、发布清单。",
        fields: [asDraft],
        options: { out: [folders.lists] },
      },
      {
        label: "输出正式表格",
        command: "export",
        purpose: `按模板输出${published.map(({ name }) => name).join("、")}的 .docx、.xlsx。`,
        fields: [
          {
            name: "form",
            label: "哪种表格",
            kind: "choice",
            choices: [
              { value: "", label: "公布用的各种" },
              ...published.map(({ name }) => ({ value: name, label: name })),
              { value: everyForm, label: `${everyForm}，连同推荐、评审用的` },
            ],
          },
          asDraft,
        ],
        options: { out: [folders.printed], form: published.map(({ name }) => name) },
      },
    ],
  },
  {
    key: "archive",
    title: "归档",
    actions: [
      {
        label: "复核全过程",
        command: "replay",
        purpose:
          "重算每一步，找出事后的改动；不改动任何文件。相符以后，把工作簿、评审工作簿、“档案”文件夹和正式表格一起存好：点右上角的“保存全部”；没有这个按钮的，已经都在打开的文件夹里。",
      },
    ],
  },
];

/** The step that carries an action of `status` out. */
export const stepOfAction: Readonly<Record<string, string>> = {
  importUnits: "import",
  import: "import",
  check: "check",
  sendReports: "check",
  recommend: "recommend",
  assign: "assign",
  packets: "packets",
  collect: "collect",
  rank: "rank",
  rule: "rule",
  settleQuota: "rank",
  export: "export",
  replay: "archive",
};

const depthOf = ({ path }: KeptFile) => path.split("/").length;
/** Copies have longer names: `评案簿 - 副本.xlsx`, `评案簿(1).xlsx`. */
const lengthOf = ({ path }: KeptFile) => path.length;

/** The shared workbooks, those that lie highest first: a folder may hold the awards of several years. */
export const workbooksIn = (files: readonly KeptFile[]): KeptFile[] =>
  files
    .filter(({ path, kind }) => kind === "application" && !ownFolders.test(path))
    .sort((a, b) => depthOf(a) - depthOf(b) || lengthOf(a) - lengthOf(b));

/** The folder of an award, with a slash behind it; "" at the top. A folder may hold the awards of several years. */
export const folderOf = (book: string | undefined): string => book?.slice(0, book.lastIndexOf("/") + 1) ?? "";

/** The files that an action may take in, of those in the award's own folder. */
export function inputsFor({ takes }: Action, all: readonly KeptFile[], home: string): KeptFile[] {
  const files = all
    .filter(({ path }) => path.startsWith(home))
    .map((file) => ({ ...file, path: file.path.slice(home.length) }));
  return chooseInputs(takes, files).map((file) => ({ ...file, path: home + file.path }));
}

function chooseInputs(takes: Action["takes"], files: readonly KeptFile[]): KeptFile[] {
  if (takes !== folders.received)
    return files.filter(({ path }) => path.startsWith(`${takes}/`) && readable.test(path) && !leftovers.test(path));
  return files.filter(
    ({ path, kind }) =>
      readable.test(path) &&
      kind !== "application" &&
      kind !== "review" &&
      kind !== "scoreSheet" &&
      (path.startsWith(`${folders.received}/`) || !ownFolders.test(path)),
  );
}

const names: Readonly<Record<string, string>> = {
  init: "新建申报工作簿",
  forms: "生成填报表",
  import: "收下文件",
  evidence: "核查材料",
  materials: "匿名材料",
  check: "逐条检查",
  fix: "一键更正",
  recommend: "按初评得分推荐",
  assign: "分派专家",
  packets: "生成评分表",
  collect: "收回评分表",
  rank: "汇总排名",
  export: "输出名单",
  replay: "复核全过程",
  remind: "催交文字",
  status: "进度",
  undo: "撤销",
};

/**
 * What a command has said, in words of the page: nobody here types a command.
 * @param label of the action that ran it: several run one command
 */
export const inWordsOfThePage = (text: string, label?: string): string =>
  text
    .replace(/“处理”写“保留”/g, "“处理”勾上“保留”")
    .replace(/casebook packets [^，。；：、（）]* --materials [^\s，。；：、（）]+/g, `“${packMaterials}”`)
    .replace(/，用 --json 查看全部/g, "")
    .replace("加 --materials-pattern 一次填好", `在“${materialsLabel}”里写一次就填好`)
    .replace("请加 --draft，", `请勾上“${asDraft.label}”，`)
    .replace(/请用 --form 写明，如 --form [^，。]+/, "请在“输出正式表格”里选")
    .replace("--prior 应为", `“${priorYear}”应为`)
    .replace(/（--accept）/g, `（在“${accepted.label}”里选）`)
    .replace(/ --accept(?=）)/g, `，在“${accepted.label}”里选`)
    .replace(/（casebook (help \w+|\w+ --help) 查看说明）/g, "")
    .replace(/^casebook (\w+)：/, (_, name: string) => `${label ?? names[name] ?? name}：`)
    .replace(
      /casebook (\w+)( [^\s，。；：、（）]+)*/g,
      (words, name: string) => `“${(words.includes(" --unit ") && firstNames[name]) || (names[name] ?? name)}”`,
    )
    // Paths of the folder in memory begin with a slash that nobody has typed.
    .replace(/(^|[\s“「（：])\/(?=[^\s/])/g, "$1");
