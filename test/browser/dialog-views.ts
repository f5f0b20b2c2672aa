import type {
  AssignmentView,
  FindingsView,
  FindingView,
  ProgressView,
  RankingView,
} from "../../apps-script/dialogs/views.ts";

export const hostile = `<img src=x onerror="window.hacked = 1"><script>window.hacked = 1</script>`;
const unbroken = "很长的没有标点的案例名称".repeat(40);

const units = ["兴庆区教育局", "西夏区教育局", "平罗县教育局", "同心县教育局", "沙坡头区教育局", "云帆实验学校"];
const rules: FindingsView["rules"] = {
  "AUTHOR-FIRST-LIMIT": {
    name: "第一作者超限",
    finds: "同一人作为第一作者申报了多于 1 个案例；涉及的案例都会指出。",
    remedy: "只保留一个，其余改由他人任第一作者或撤回。",
  },
  "TEXT-SECTION": {
    name: "单项字数超限",
    finds: "案例文本某一部分超过字数限制；正文为准，没有正文的按字数列判断。",
    remedy: "压缩该部分文字。",
  },
  "ANON-NAME": {
    name: "出现作者姓名",
    finds: "案例名称、正文或文件名中出现作者姓名。",
    remedy: "删去姓名后重新提交；警告的请核对是否指作者本人。",
  },
  "VIDEO-UNKNOWN": {
    name: "视频信息未填",
    finds: "有视频文件，但分辨率、时长等没有填写，无法检查。",
    remedy: "核对视频后补填。",
  },
  "DATA-CLEANED": {
    name: "导入时已整理",
    finds: "导入时改动了编号、账号或电话的写法。",
    remedy: "一般无需处理；如有疑问请核对原件。",
  },
};
const kinds = [
  [
    "error",
    "AUTHOR-FIRST-LIMIT",
    "案例",
    9,
    "第一作者",
    "林予安作为第一作者申报了 2 个案例（另一个是 NX-0417），限 1 个。",
    "三（一）",
  ],
  [
    "error",
    "TEXT-SECTION",
    "正文",
    4,
    "特色与创新点",
    "“特色与创新点”实际 613 字，超过 500 字的限制，请压缩 113 字。",
    "附件5",
  ],
  [
    "warning",
    "ANON-NAME",
    "正文",
    5,
    "研究和实践过程",
    "正文中出现“周宁”二字，可能是第一作者的姓名，请核对。",
    "三（四）",
  ],
  [
    "warning",
    "VIDEO-UNKNOWN",
    "案例",
    36,
    "视频分辨率",
    "没有填写视频分辨率，无法检查是否达到要求，请补填。",
    "三（三）",
  ],
  ["info", "DATA-CLEANED", "案例", 13, "联系电话", "联系电话中的全角数字和空格已改为半角，请核对。", "填报要求"],
] as const;

function findingAt(i: number): FindingView {
  const [severity, code, sheet, column, columnLabel, message, article] = kinds[(i * 7 + (i >> 3)) % kinds.length]!;
  const nominator = units[(i * i + (i >> 2)) % units.length]!;
  return {
    severity,
    code,
    sheet,
    row: i + 4,
    column,
    columnLabel,
    id: `NX-${String(i + 1).padStart(4, "0")}`,
    nominator,
    message,
    article,
  };
}

export function findingsView(findings: readonly FindingView[], rest: Partial<FindingsView> = {}): FindingsView {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) counts[severity]++;
  return { unit: "", checkedAt: "2025-10-20 09:31:08", counts, findings, rules, left: 0, ...rest };
}

export const inventFindings = (count: number) => Array.from({ length: count }, (_, i) => findingAt(i));

/** One finding with everything that a cell may hold, and one about a unit that has no row. */
export const hostileFindings: readonly FindingView[] = [
  {
    ...findingAt(0),
    message: `${hostile} ${unbroken}`,
    nominator: hostile,
    id: hostile,
    columnLabel: hostile,
    code: "X-Y",
  },
  { ...findingAt(1), row: 0, column: 0, columnLabel: "", id: "", nominator: "", message: '=IMPORTXML("http://x")' },
];

export const assignmentView: AssignmentView = {
  token: "b1946ac92492d2347c6235b4d2611184",
  reviews: 3,
  seed: 2025,
  submissions: 1_212,
  experts: 458,
  kept: 2_890,
  added: 743,
  moved: 12,
  loads: [
    {
      stage: "小学",
      bars: [
        { load: 7, experts: 31 },
        { load: 8, experts: 112 },
      ],
    },
    {
      stage: "初中",
      bars: [
        { load: 7, experts: 88 },
        { load: 8, experts: 61 },
      ],
    },
    {
      stage: "高中",
      bars: [
        { load: 0, experts: 2 },
        { load: 8, experts: 120 },
        { load: 9, experts: 26 },
      ],
    },
    { stage: "未填学段", bars: [{ load: 8, experts: 18 }] },
  ],
  shortages: [
    "高中：2 个案例共缺 3 人次评审；回避后每案仅余 7 名专家、来自 2 个推荐单位，每案需 3 个不同单位；至少再增 1 个单位的 1 名高中专家（各来自一个新单位，无须回避，评审件数不限）。",
  ],
  unfilled: [
    {
      submission: "NX-0107",
      missing: 2,
      reason: "同学段的 148 名专家中，推荐单位相同 15 名、声明回避 131 名、已满 1 名；请增加高中专家，或核对回避声明。",
    },
    { submission: "NX-0733", missing: 1, reason: "可用的专家只来自 2 个推荐单位；请其他单位增补专家。" },
  ],
  suspected: 17,
  suspicion: [
    "疑似回避：有疑点的 17 对专家与案例没有分在一起（疑似同名 12 对、疑似同校 5 对），没有案例因此缺专家。核实确无关系的，在“评审专家”表该专家的“不回避”列填案例编号后重新分派；全部放行则把“参数”表的“疑似回避”改为“否”。",
    "NX-0107 × E188：疑似同名：作者“薛珂”（云帆第一小学）与专家 E188 薛珂（砚田第一小学）",
  ],
  quality: [
    "最优性证书：成立。已用对偶价格逐人逐案复核：在现有的回避、评审上限和保留的分派之下，没有方案缺的评审更少；缺得一样少的，没有评审量更均衡的；同样均衡的，没有领域不符更少的。",
    "共评：同一学段、同一领域的任意两名专家，共评案例数的标准差为 0.72；任意两名专家最多共评 4 个案例。",
    "连通：12 组（学段 × 领域）各自由共评案例连成一片，宽严可以互相比较。",
    "领域：456 名有评审任务的专家中 447 名（98 %）只评一个领域；41 份评审与专家所填的擅长领域不符。评审量均衡优先于领域相符：如不要求均衡，领域不符至多可减少 38 份。",
  ],
  notes: ["已推荐的 1,260 个案例中有 48 个检查未通过、超出名额或已被取消，未分派专家；运行“检查”可看到原因。"],
};

export const progressView: ProgressView = {
  title: "生成评分表",
  state: "running",
  done: 187,
  total: 460,
  message: "正在生成 E188 的评分表；约每 4 分钟自动续跑一次，可以关闭本窗口。",
  problems: ["E041：邮箱“lin＠example”无法共享，请改正后再运行一次。", "E112：没有邮箱，请在电脑上用 .xlsx 评分表。"],
  startedAt: "2025-11-01 09:00:12",
  updatedAt: "2025-11-01 09:06:44",
  experts: Array.from({ length: 460 }, (_, i) => ({
    id: `E${String(i + 1).padStart(3, "0")}`,
    name: ["郝翊", "薛珂", "林予安"][i % 3]!,
    unit: units[i % units.length]!,
    assigned: 8,
    scored: (i * 5) % 9,
    sheet: i % 23 === 11 ? ("none" as const) : ("online" as const),
  })),
};

const bell = [1, 2, 4, 9, 15, 24, 33, 41, 38, 29, 21, 12, 6, 3, 1];
const fields = ["教学革新", "教研创新", "教育治理升级", "评价改革"];
const titles = [
  "基于学情画像的分层作业设计",
  "虚实融合的物理探究实验课",
  "县域云教研共同体的组织与运行",
  "数据驱动的课堂观察",
  "“一生一案”综合素质评价",
];

export const rankingView: RankingView = {
  groups: fields.flatMap((field, f) =>
    ["城市", "乡村"].map((track, t) => ({
      field,
      track,
      ranked: 239 - 20 * f - 60 * t,
      winners: 72 - 6 * f - 18 * t,
      awardLine: 84.5 - f,
      histogram: bell.map((count, i) => ({ from: 64 + 2 * i, to: 66 + 2 * i, count: count + ((f + i) % 3) })),
      nearLine: Array.from({ length: 10 }, (_, i) => ({
        rank: 68 + i,
        id: `NX-${String(100 + 37 * i + f).padStart(4, "0")}`,
        title: titles[(i + f) % titles.length]!,
        score: 84.5 - f + (4 - i) / 3,
        award: i < 5 ? "优秀案例" : "",
        probability: 0.72 - i * 0.05,
      })),
    })),
  ),
  pending: ["NX-0107", "NX-0733", "NX-0811"],
  arbitration: [
    { id: "NX-0260", range: 24.5 },
    { id: "NX-0951", range: 31 },
  ],
  arbitrated: [
    {
      id: "NX-0415",
      explanation:
        "已复评：E003 60、E041 70、E077 90，相差 30 分；复评 E012 80；按“中位数”取中间两个分数 70、80 的平均，最终得分 75",
    },
  ],
  open: [
    "3 个案例待评：NX-0107、NX-0733、NX-0811；原因见“汇总”的备注，请收齐评分后再运行汇总排名。",
    "“裁定”表第 5 行未生效：案例编号“NX-9999”不在参评案例中，请核对编号，再运行汇总排名。",
  ],
  calibration:
    "专家宽严的标准差约 3.9 分，扣除宽严后同一案例各评分的标准差约 5.0 分；专家之间都有共评案例直接或间接相连，可以互相比较",
  methodDependent: ["NX-0121", "NX-0340"],
  proposal: [{ id: "NX-0121", probability: 0.49 }],
  severities: Array.from({ length: 92 }, (_, i) => ({
    expert: `E${String(((i * 37) % 92) + 1).padStart(3, "0")}`,
    severity: (i - 46) / 6,
    error: 1.1,
    noteworthy: i === 91,
  })),
  noteworthy: [
    { expert: "E019", status: "已交齐；多数案例打了同一个总分，请核实" },
    { expert: "E056", status: "未交齐，还差 3 个；明显偏宽" },
  ],
  late: 3,
  notes: ["计分方法为“校准分”，但各专家的宽严差异与偶然波动无法区分，未作校准，校准分等于平均分。"],
};
