/** What people write into 回避 of a score sheet: the words beside the aliases of choices, read with what may stand around them. */
import { cleanText, foldForComparison, toHalfWidth } from "../text/clean.ts";
import { once } from "../text/once.ts";
import { crossMarks, tickMarks } from "../text/tick-marks.ts";

export type StandingAside =
  /** Nothing to avoid, in whatever words. */
  | { readonly kind: "none" }
  /** The expert stands aside: 是, a tick (`bare`), or a reason that names a relation. */
  | { readonly kind: "aside"; readonly text: string; readonly bare: boolean }
  /** A text of none of the tables: a reason where nothing is scored, a question where something is. */
  | { readonly kind: "reason"; readonly text: string }
  /** A doubt, or a word that says neither. */
  | { readonly kind: "unclear"; readonly text: string };

const none: StandingAside = { kind: "none" };

const fold = (text: string) => foldForComparison(text).replace(/[的了呢吧啊哦谢]+$/, "");
const folded = (words: string) => once(() => new Set(words.split(/\s+/).map(fold)));

/** Marks say little, and folding would take them away: crosses, strokes and empty boxes for no, ticks for yes. */
const noMarks = new RegExp(`^[/\\\\|\\-—–―‐‑‒_~.。·,，、…${crossMarks.join("")}☐□0oxn〇ㄨ]+$`);
const yesMarks = new RegExp(`^[${tickMarks.join("")}1yv]+$`);

const noWords = folded(
  "否 无 不 没 没有 非 不是 不用 不必 不需 不需要 不要 不存在 不适用 不涉及 未涉及 未发现 不认识 不相识 互不认识 互不相识 素不相识 " +
    "空 空白 暂无 均无 都没有 未有 木有 可以评审 可以评 可评审 可评 可以打分 可以评分 能评 正常 正常评审 参加评审 参与评审 " +
    "no not none non nope nil null na n false f never negative noconflict noconflicts noconflictofinterest notapplicable nothing",
);

const yesWords = folded(
  "是 对 有 存在 需 需要 须 要 应 应当 应该 必须 回避 需回避 须回避 要回避 应回避 需要回避 应当回避 应该回避 必须回避 " +
    "申请回避 请求回避 请回避 建议回避 予以回避 同意回避 主动回避 自愿回避 已回避 本人回避 我回避 我要回避 本人申请回避 " +
    "yes yep yeah true t ok回避 勾 conflict conflictofinterest recuse recused",
);

const unclearWords = folded("同上 待定 待核 待核实 待查 待确认 未定 未知 不明 随便 再议 是否 是否回避 回避吗 ok");

const doubts =
  /[?？]|吗|是否|可能|也许|或许|大概|好像|似乎|疑似|不确定|不清楚|不知道|不能确定|说不准|不好说|看情况|再说|再看|待定|待核|请问/;

/** Words out of which a denial is made: a negation, then only what may be denied. */
const about =
  /^(?:本人|我|与|和|跟|同|对|其|该|此|这个|本|作者|申报人|案例|项目|单位|学校|校|经|核查|核实|核对|查|确认|声明|均|都|也|确|并|目前|现|情况|[:：])*/;
const negation =
  /^(?:不存在|不具有|不具备|没有|未发现|未见|未有|不属于|不涉及|未涉及|不需要|无需要|不需|无需|无须|毋须|不必|不用|不是|不认识|不熟悉|不了解|互不|素不|不应|不要|并无|暂无|均无|都无|没|无|未|非|不)/;
const deniable =
  /^(?:需要|需|要|应|申请|回避|避嫌|情形|情况|关系|关联|关|干|利害|利益|冲突|亲属|亲戚|亲友|师生|同事|同校|同单位|本校|本单位|我校|我单位|本人|作者|申报人|人员|案例|项目|问题|事项|必要|原因|理由|任何|其他|其它|上述|以上|此类|此种|这种|该|此|本|的|之|处|相关|直接|间接|工作|单位|学校|项|类|者|参与|指导|认识|相识|熟悉|接触|往来|异议|影响|评审|公正|和|与|或|及|同|属|在|涉及|存在|嫌)*$/;

function denies(text: string): boolean {
  const rest = text.replace(about, "");
  const match = negation.exec(rest) ?? negation.exec(text);
  if (!match) return false;
  const after = (match.input === rest ? rest : text).slice(match[0].length);
  // 不评审, 不参与评审 decline; nothing is denied by them.
  return deniable.test(after) && !/^(?:参与|参加)?(?:公正)?评审/.test(after);
}

/** What ties an expert to a case. */
const relations =
  /同事|同校|同单位|本单位|我单位|本校|我校|我园|本园|我局|本人|作者|指导|参与|师生|学生|导师|徒弟|师傅|师父|师徒|同学|校友|朋友|好友|熟人|熟悉|认识|亲友|亲属|亲戚|家属|家人|夫妻|夫妇|配偶|爱人|丈夫|妻子|老公|老婆|父|母|儿子|女儿|子女|孩子|儿媳|女婿|侄|舅|叔|姑|姨|堂|表[兄弟姐妹哥]|兄|弟|姐|妹|利害|利益|关联|关系|冲突|上级|下级|领导|下属|部属|主管|课题组|团队|工作室|合作|帮助|修改|评过|推荐|培训|不便|不宜|不方便|不适合|无法|回避|避嫌|colleague|friend|relative|family|author|student|teacher/;
const opening = /^(?:是|有|需|须|应|存在|申请|因|由于|系|属)/;
const anyNegation = /不(?!便|宜|方便|适合)|无(?!法)|没|未|非/;

/** Reads one cell of 回避. Width, case, spaces and marks around the words do not count. */
export function readStandingAside(cell: string): StandingAside {
  const text = cleanText(cell);
  const narrow = toHalfWidth(text).replace(/\s/g, "").toLowerCase();
  if (narrow === "" || noMarks.test(narrow)) return none;
  if (yesMarks.test(narrow)) return { kind: "aside", text, bare: true };
  if (/^n[/.\\]?a\.?$/.test(narrow)) return none;
  return readWords(text, fold(text).replace(/\s/g, ""));
}

function readWords(text: string, words: string): StandingAside {
  if (noWords().has(words)) return none;
  if (yesWords().has(words)) return { kind: "aside", text, bare: true };
  if (words === "" || unclearWords().has(words)) return { kind: "unclear", text };
  if (denies(words)) return none;
  // 回避：无
  const answer = /^(?:是否)?(?:需要|需)?回避(?:情形|情况|声明)?(.+)$/.exec(words)?.[1];
  if (answer !== undefined) {
    const read = readWords(text, answer);
    if (read.kind !== "reason") return read;
  }
  // 否，与作者不认识: a denial and what it rests on.
  const parts = text
    .split(/[，,。；;、\s]+/)
    .map(fold)
    .filter((part) => part !== "");
  if (parts.length > 1 && parts.every((part) => noWords().has(part) || denies(part))) return none;
  if (doubts.test(text)) return { kind: "unclear", text };
  const tells = opening.test(words) || relations.test(words);
  return tells && !anyNegation.test(words) ? { kind: "aside", text, bare: false } : { kind: "reason", text };
}
