const teacher = "教师";
const researcher = "教研员";
const official = "教育行政部门工作人员";
const manager = "教育教学管理人员";
const dimensions = [
  { key: "innovativeness", label: "创新性" },
  { key: "effectiveness", label: "实效性" },
  { key: "transferability", label: "推广价值" },
  { key: "compliance", label: "规范性" },
];
const items = [
  { key: "concept", label: "理念创新", dimension: "innovativeness", max: 10 },
  { key: "model", label: "模式创新", dimension: "innovativeness", max: 10 },
  { key: "practice", label: "应用创新", dimension: "innovativeness", max: 10 },
  { key: "problem", label: "问题针对性", dimension: "effectiveness", max: 15 },
  { key: "evidence", label: "效果量化", dimension: "effectiveness", max: 15 },
  { key: "typicality", label: "典型性", dimension: "transferability", max: 10 },
  { key: "replicability", label: "可复制性", dimension: "transferability", max: 10 },
  { key: "completeness", label: "材料完整性", dimension: "compliance", max: 10 },
  { key: "format", label: "格式合规性", dimension: "compliance", max: 10 },
];
const complete = "是否按要求提交案例文本和视频，辅助支持材料完备、与案例主题强相关。";
const wellFormed =
  "案例视频格式、时长、清晰度、字幕符合要求，无企业品牌标识等；文本是否逻辑清晰、结构完整，是否辅以图表说明，字数是否符合要求等。";
const teaching = {
  key: "teaching",
  label: "教学革新",
  longLabels: ["数字化赋能教学革新"],
  roles: { value: [teacher, researcher], article: "附件1 一" },
  totalWordsStrict: { value: false, article: "附件1 二（三）" },
  criteria: {
    article: "附件1 三",
    value: {
      concept: "案例是否突破传统教学理念，是否融入前沿教学理论，体现数字时代特征。",
      model: "案例是否区别于传统教学，是否通过数字技术重塑教学模式或方法。",
      practice: "案例中的数字技术应用方式是否新颖，是否体现技术与教学融合的创新价值。",
      problem: "案例是否明确指向教学中的具体痛点，问题背景描述是否清晰、定位精准，技术应用与问题解决是否适配。",
      evidence: "案例是否提供具体、可量化的实施效果数据，数据是否客观、来源真实。",
      typicality: "案例是否反映某类教学场景的普遍需求，是否具有行业代表性。",
      replicability:
        "案例的经验做法是否具备标准化路径，是否对资源、硬件等外部条件要求较低，其他学校能否通过简单学习快速落地。",
      completeness: complete,
      format: wellFormed,
    },
  },
};
const research = {
  key: "research",
  label: "教研创新",
  longLabels: ["数字化赋能教研创新"],
  roles: { value: [teacher, researcher], article: "附件2 一" },
  totalWordsStrict: { value: false, article: "附件2 二（三）" },
  criteria: {
    article: "附件2 三",
    value: {
      concept: "案例是否突破传统教研理念，体现数字化教研特征。",
      model: "案例是否基于数字技术构建新型教研范式、优化教研流程、创新协作形式。",
      practice: "案例中的数字技术应用方式是否新颖，是否体现技术与教研融合的创新价值。",
      problem: "案例是否明确指向教研中的具体痛点，问题背景描述是否清晰、定位精准，技术应用与问题解决是否适配。",
      evidence: "案例是否提供具体、可量化的实施效果数据，数据是否客观、来源真实。",
      typicality: "案例是否反映教研活动普遍需求，是否具有行业代表性。",
      replicability:
        "案例的经验做法是否具备标准化路径，是否对资源、硬件等外部条件要求较低，其他地区、学校能否通过简单学习快速落地。",
      completeness: complete,
      format: wellFormed,
    },
  },
};
const governance = {
  key: "governance",
  label: "教育治理升级",
  longLabels: ["数字化赋能教育治理升级"],
  roles: { value: [official, manager, teacher, researcher], article: "附件3 一" },
  totalWordsStrict: { value: false, article: "附件3 二（三）" },
  criteria: {
    article: "附件3 三",
    value: {
      concept: "案例是否突破传统教育治理理念，体现数字化治理特征。",
      model: "案例是否基于数字技术构建了教育治理新范式、是否利用数字技术对传统教育治理方式进行了优化。",
      practice: "案例中的数字技术应用方式是否新颖，是否体现技术与教育治理融合的创新价值。",
      problem: "案例是否聚焦教育治理核心问题，问题背景描述是否清晰、定位精准，技术应用与问题解决是否适配。",
      evidence: "案例是否提供具体、可量化的实施效果数据，数据是否客观、来源真实。",
      typicality: "案例是否反映教育治理的普遍需求、是否覆盖典型场景、具有标杆意义。",
      replicability:
        "案例的经验做法是否具备标准化路径，是否对资源、硬件等外部条件要求较低，其他地区、学校能否快速落地。",
      completeness: complete,
      format: wellFormed,
    },
  },
};
const evaluation = {
  key: "evaluation",
  label: "评价改革",
  longLabels: ["数字化赋能评价改革"],
  roles: { value: [official, manager, teacher, researcher], article: "附件4 一" },
  totalWordsStrict: { value: true, article: "附件4 二（三）" },
  criteria: {
    article: "附件4 三",
    value: {
      concept: "案例是否突破传统教育评价理念，体现数字时代特征。",
      model: "案例评价方式或流程是否有创新性设计，是否区别于传统教育评价方式。",
      practice: "案例中的数字技术应用方式是否新颖，是否体现技术与教育评价融合的创新价值。",
      problem: "案例是否聚焦教育评价实践中的真实痛点，问题背景描述是否清晰、定位精准，技术应用与问题解决是否适配。",
      evidence: "案例是否提供具体、可量化的实施效果数据，数据是否客观、来源真实。",
      typicality: "案例是否反映某类教育评价场景的普遍需求，是否具有行业代表性",
      replicability:
        "案例的经验做法是否具备标准化路径，是否对资源、硬件等外部条件要求较低，其他地区、学校能否快速落地。",
      completeness: complete,
      format: wellFormed,
    },
  },
};
/** 自治区教育厅办公室关于征集 2025 年全区教育数字化创新应用案例的通知. */
export const ningxia2025 = {
  id: "ningxia-2025",
  title: "2025年全区教育数字化创新应用案例征集",
  year: 2025,
  fields: [teaching, research, governance, evaluation],
  tracks: [
    { key: "urban", label: "城市", aliases: ["城市赛道", "城区", "城镇"] },
    { key: "rural", label: "乡村", aliases: ["乡村赛道", "农村"] },
  ],
  stages: ["小学", "初中", "高中"],
  otherStage: "其他",
  roles: [
    { label: teacher, aliases: [] },
    { label: researcher, aliases: [] },
    { label: official, aliases: [] },
    // One role under two spellings: annex 3 writes 教育教学管理人员, annex 4 教育管理人员; both valid in both.
    { label: manager, aliases: ["教育管理人员", "中小学校教育教学管理人员", "中小学校教育管理人员"] },
  ],
  limits: {
    authors: { value: 5, article: "三（一）" },
    firstAuthored: { value: 1, article: "三（一）" },
    participations: { value: 3, article: "三（一）" },
  },
  quotas: {
    bureau: { urban: { value: 35, article: "二（二）" }, rural: { value: 15, article: "二（二）" } },
    school: { value: 5, article: "二（二）" },
  },
  text: {
    sections: {
      summary: { value: 500, article: "附件5 一.1" },
      innovation: { value: 500, article: "附件5 一.2" },
      process: { value: 2000, article: "附件5 一.3" },
      application: { value: 500, article: "附件5 一.4" },
    },
    total: { value: 3500, article: "附件1—4 二（三）" },
  },
  keywords: { value: { min: 3, max: 5 }, article: "附件5 一" },
  video: {
    extension: { value: "mp4", article: "附件1—4 二（四）" },
    resolution: { value: { width: 1280, height: 720 }, article: "附件1—4 二（四）" },
    minutes: { value: { min: 15, max: 20 }, article: "附件1—4 二（四）" },
    recencyYears: { value: 1, article: "附件1—4 二（四）" },
    subtitles: { value: true, article: "附件1—4 二（四）" },
    titleCard: { value: true, article: "附件1—4 二（四）" },
    brand: { value: false, article: "附件1—4 二（四）" },
  },
  windows: {
    submission: { value: { from: "2025-07-15", to: "2025-10-15" }, article: "二（四）" },
    recommendation: { value: { from: "2025-10-16", to: "2025-10-30" }, article: "二（四）" },
    review: { value: { from: "2025-10-31", to: "2025-11-30" }, article: "二（四）" },
    results: { value: { from: "2025-12-01", to: "2025-12-30" }, article: "二（四）" },
  },
  expertDeadline: { value: "2025-07-18", article: "三（三）" },
  experts: { bureauPerStage: { value: 5, article: "三（三）" }, school: { value: 2, article: "三（三）" } },
  liaisons: { value: 2, article: "三（四）" },
  contact: { value: "0951-5559291", article: "联系电话" },
  anonymity: { article: "三（二）" },
  cancellation: {
    article: "三（一）、三（二）",
    kinds: [
      { label: "政治性或原则性错误", circular: true },
      { label: "抄袭剽窃", circular: true },
      { label: "弄虚作假", circular: true },
      { label: "已获表彰", circular: true },
      { label: "泄露信息", circular: false },
      { label: "其他", circular: false },
    ],
  },
  rubric: {
    dimensions,
    items,
    tieOrder: ["effectiveness", "innovativeness", "transferability"],
    article: "附件1—4 三",
  },
  defaults: {
    reviews: 3,
    arbitrationRange: 20,
    awards: [{ label: "优秀案例", share: 0.3 }],
    nearDuplicate: 0.5,
    seed: 2025,
  },
};
