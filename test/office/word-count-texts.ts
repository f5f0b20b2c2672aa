/** Texts of different kinds whose 字数 is compared with Writer's own; paragraphs are parted by line breaks, cells by |. */
export interface CountedText {
  readonly kind: string;
  readonly text: string;
  /** Why the counts differ; none where they must not. */
  readonly because?: string;
}

export const countedTexts: readonly CountedText[] = [
  { kind: "汉字", text: "数字化赋能教学革新" },
  { kind: "汉字和全角标点", text: "案例须基于真实教学实践，在理念、方法、技术或模式上体现创新性；可量化。" },
  { kind: "两段", text: "第一段的内容。\n第二段的内容。" },
  { kind: "英文", text: "Teaching with data, step by step." },
  { kind: "中英文混排", text: "使用AI技术和Python语言开展STEM教学" },
  { kind: "中英文之间有空格", text: "使用 AI 技术和 Python 语言" },
  { kind: "整数", text: "共有1200名学生、85位教师参加" },
  { kind: "百分数和小数", text: "优秀率由35.6%提高到48.25%" },
  { kind: "日期", text: "2025年7月15日至10月15日" },
  { kind: "点分日期", text: "自2025.7.15起" },
  {
    kind: "时间",
    text: "每天8:00—8:20",
    because: "Writer 在破折号处断开，前后各计 1；本程序低计不断开，高计把破折号也计 1",
  },
  { kind: "网址", text: "见https://show.nxeduyun.com/cams/home/activity?ddtab=true网页" },
  { kind: "邮箱", text: "邮箱abc.def@example.com" },
  { kind: "单位", text: "视频1280*720，15min，2.5GB，50Mbps" },
  { kind: "符号单位", text: "室温25℃，面积120㎡，角度30°" },
  { kind: "连字符", text: "K-12教育和e-learning" },
  { kind: "半角标点", text: "第一,第二;第三." },
  { kind: "全角数字和字母", text: "１２３名ＡＢ班" },
  { kind: "带圈数字", text: "①课前②课中③课后" },
  { kind: "括号数字", text: "（一）背景（二）做法" },
  { kind: "罗马数字", text: "Ⅰ类和Ⅱ类" },
  {
    kind: "弯引号",
    text: "“双减”背景下的‘三个课堂’",
    because: "Writer 把每个弯引号计 1；本程序低计不计，高计每个计 1",
  },
  { kind: "破折号", text: "数据驱动——精准教学" },
  { kind: "省略号", text: "作业、课堂、评价……", because: "Writer 把连写的省略号合计 1；本程序低计不计，高计每个计 1" },
  { kind: "间隔号", text: "阿依古丽·买买提", because: "Writer 把间隔号计 1；本程序低计不计，高计计 1" },
  { kind: "书名号和方头括号", text: "《义务教育课程标准》【重点】" },
  { kind: "表情", text: "效果很好😀👍" },
  { kind: "扩展区汉字", text: "𠮷田和䶮字" },
  {
    kind: "零宽空格",
    text: "数字\u200b教学\u200b案例",
    because: "Writer 遇到零宽空格就停止计数（其缺陷）；本程序先去掉看不见的字符",
  },
  { kind: "零宽连接符和方向符", text: "数字\u2060教学\u200e案例", because: "Writer 把看不见的字符计 1；本程序先去掉" },
  { kind: "制表符", text: "优秀\t良好\t合格" },
  { kind: "不换行空格", text: "AI\u00a0for\u00a0education" },
  { kind: "全角空格", text: "　　数字　教学" },
  { kind: "手工编号的列表", text: "1.课前预习\n2.课中互动\n3.课后巩固" },
  { kind: "符号列表", text: "• 课前\n● 课中\n- 课后" },
  { kind: "表格", text: "班级|优秀率|人数\n一班|35%|42\n二班|41%|40" },
  { kind: "算式", text: "x+y=10，a×b÷c≥0.5" },
  { kind: "斜杠", text: "教/学/评一致，和/或" },
  { kind: "箭头", text: "预习→授课→练习" },
  {
    kind: "日文和韩文",
    text: "テスト와한국어",
    because: "Writer 把韩文每字计 1；本程序把连写的韩文计 1，申报材料中用不到",
  },
  { kind: "半角片假名", text: "ﾃｽﾄ教学" },
  { kind: "组合字符", text: "cafe\u0301和naïve" },
  { kind: "货币", text: "经费￥3,500元或¥3500" },
  {
    kind: "一段完整的概要",
    text: "本案例面向县域12所小学，依托国家中小学智慧教育平台，用数据支撑分层作业。2023年9月起，共有2,160名学生、134位教师参加，覆盖语文、数学等5个学科；作业时长由平均78分钟降到46分钟，优秀率提高12.4%。做法分三步：（1）诊断学情，（2）推送资源，（3）跟踪反馈。主要经验已在K-12阶段的8所学校推广，见https://example.org/case?id=7。",
  },
  { kind: "电话", text: "0951-5559291转8" },
];
