/** Invented prose. Every piece is at most six characters, so that unrelated texts share few eight-character shingles. */
import type { Random } from "./random.ts";

const words = (list: string) => list.trim().split(/\s+/);

const openings = words(`
  起步阶段 随后 学期中段 期末复盘时 围绕难点 对照目标 结合学情 根据记录 从访谈看 按照分工 课前 课上 课后 每周例会
  试点班级 第二轮 推广阶段 面对差异 为减负担 在此期间 依据量规 经由比对 综合来看 放学以后`);
const actors = words(`
  备课小组 任课教师 学科骨干 年级组 技术专员 班级导师 教研团队 学习小组 信息中心 值周教师 实验教师 课程中心
  作业专班 评价小组 观课成员 资源专员 家校专员 双师团队 驻点教师 课题成员`);
const means = words(`
  借助云白板 通过错题本 利用数据看板 参照知识图谱 运用语音测评 以任务单 凭课堂回放 调用题库 依托平台 使用扫描笔 围绕项目包
  联动智能终端 采集行为数据 经双师连线 以微课包 通过答题器 设置检查点 引入虚拟仿真 搭配导学单 按能力层级 接入传感设备 借用共享题单
  结合口语练习 开放预习包 打通选课系统 使用评价量规`);
const verbs = words(`
  重建 梳理 细化 追踪 调整 精简 记录 比较 归并 公开 校准 分层推送 逐条复核 集中研讨 滚动更新 定期回看 现场诊断
  交叉批阅 按需补充 限时反馈 分组落实 持续改写`);
const objects = words(`
  单元作业 提问链条 练习梯度 实验步骤 阅读任务 表达支架 听课要点 备课模板 选课流程 考勤口径 巡检清单 成长档案 增值指标
  预警阈值 家访记录 课后服务 社团课表 体测数据 劳动任务 校本题库 观察量表 研修日程 资源目录 协作规则 访客登记 设备台账
  诊断报告 辅导名单`);
const results = words(`
  错误率回落 参与面扩大 批改更快 反馈更及时 分化有所收窄 表达更完整 备课更省时 口径得到统一 重复填报减少 迟交现象变少
  独立完成增多 追问更有深度 互评更认真 家长更安心 资源复用增加 研讨更聚焦 薄弱点变少 预习更扎实 实验更规范 记录可以回查
  响应明显加快 结论经得起查 课堂更紧凑 兴趣更加持久`);
const measures = words("平均用时 完成比例 达标比例 复用次数 提交比例 满意比例 订正比例 发言人次");
const changes = words("上升 下降 增加 缩短 变动 累计调整");

/** 字数 of text without the marks that programs count differently: each full-width character 1, each other run 1. */
export function countPlainWords(text: string): number {
  return text.match(/[\u0100-\uffff]|[!-\u00ff]+/g)?.length ?? 0;
}

function makeSentence(random: Random): string {
  const body = [openings, actors, means, verbs, objects].map((slot) => random.pick(slot)).join("");
  const second = random.chance(0.4) ? `，${random.pick(verbs)}${random.pick(objects)}` : "";
  const figure = random.chance(0.3)
    ? `，${random.pick(measures)}${random.pick(changes)}${random.between(2, 48)}.${random.below(10)}%`
    : "";
  return `${body}${second}，${random.pick(results)}${figure}。`;
}

/** Prose of exactly so many words. */
export function composeSection(random: Random, wordCount: number): string {
  if (wordCount <= 0) return "";
  let text = "";
  let count = 0;
  while (count < wordCount) {
    const sentence = makeSentence(random);
    text += sentence;
    count += countPlainWords(sentence);
  }
  while (count >= wordCount) {
    const last = /[!-\u00ff]+$|[\u0100-\uffff]$/.exec(text)?.[0] ?? "";
    text = text.slice(0, text.length - last.length);
    count--;
  }
  return `${text.replace(/[，。]$/, "中")}。`;
}

const sentences = (text: string) => text.split("。").filter((sentence) => sentence !== "");

/** A new text of which at least this share is sentences of an old one, in runs of so many. */
export function copySentences(random: Random, old: string, fresh: string, share: number, run: number): string {
  const [from, to] = [sentences(old), sentences(fresh)];
  const starts = random.shuffle(Array.from({ length: Math.ceil(to.length / run) }, (_, i) => i * run));
  let copied = 0;
  for (const start of starts) {
    for (let i = start; i < Math.min(to.length, start + run); i++) {
      if (copied >= share * to.join("").length) return `${to.join("。")}。`;
      to[i] = from[i % from.length] ?? "";
      copied += to[i]?.length ?? 0;
    }
  }
  return `${to.join("。")}。`;
}

const titleStarts = words(`
  看得见的 会生长的 可回溯的 有梯度的 分层推进的 数据支撑的 双师联动的 任务驱动的 证据导向的 面向全员的 小步快走的 虚实结合的
  场景贯通的 按需供给的 人机协作的 循证改进的 全程留痕的 轻负高质的 多端贯通的 项目引领的 跨校联动的 图谱支持的`);
const titleObjects = words(`
  口算练习 整本书阅读 实验操作 英语听说 单元作业 课堂提问 习作讲评 体质监测 劳动清单 选课走班 课后服务 校园安防 设备报修
  教师研修 集体备课 听评课 综合素质评价 学业质量监测 家校沟通 心理疏导 营养配餐 图书流转 艺术展演 科技社团 错题订正 晨读打卡`);
const titleForms = words(`
  新路径 实践 探索 改进行动 一体化设计 闭环管理 资源建设 协作机制 诊断模型 支持体系 轻量方案 推进策略 迭代记录 平台应用 工具箱 行动研究
  样板建设 流程再造 数字画像 智能助手`);
const titleScenes = words(`
  起始年级 毕业年级 寄宿班级 小规模学校 走读班级 复习课 新授课 活动课 选修课 大班额课堂 混龄班级 午间时段 周末时段 假期时段
  实验楼 图书馆 操场 机房 社团 餐厅`);

export function makeTitle(random: Random): string {
  const [start, object, form, scene] = [titleStarts, titleObjects, titleForms, titleScenes].map((s) => random.pick(s));
  return random.chance(0.5) ? `${start}${object}${form}——以${scene}为例` : `${start}${scene}${object}${form}`;
}

export const keywordPool = words(`
  智能批改 知识图谱 双师课堂 分层任务 过程记录 循证教研 数据看板 家校协作 流程再造 增值分析 口语测评 虚拟实验 资源共享 学习画像
  课堂观察 轻量平台`);

export const materialPool = words("课例视频清单 问卷统计表 任务单汇编 量规样例 数据说明 作业样例 活动照片集 研修记录");

/** Everything the prose is made of, for the test that no surname and no place name hides in it. */
export const vocabulary: readonly string[] = [
  ...[openings, actors, means, verbs, objects, results, measures, changes].flat(),
  ...[titleStarts, titleObjects, titleForms, titleScenes, keywordPool, materialPool].flat(),
];
