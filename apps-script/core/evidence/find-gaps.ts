/** What is missing from the files of a submission, or is there several times. */
import type { Submission } from "../award/award.ts";
import type { Notice } from "../notice/notice.ts";
import { sectionLabel, sections } from "../rules/text/sections.ts";
import { dateIn } from "../rules/typed-cells.ts";
import { listSome } from "../rules/wording.ts";
import type { CaseText, CaseVideo } from "./choose-files.ts";
import { type EvidenceFinding, findingOf, showName } from "./evidence-finding.ts";
import { baseName, type SubmittedFile } from "./submitted-file.ts";

function* textGaps(
  submission: Submission,
  text: CaseText | undefined,
  files: readonly SubmittedFile[],
): Iterable<EvidenceFinding> {
  if (!text) {
    const hasDocument = files.some((file) => file.text && ["docx", "pdf", "text"].includes(file.kind));
    yield findingOf(submission, {
      kind: "TEXT-MISSING",
      severity: "warning",
      message: hasDocument
        ? "文档里没有附件5的各部分标题，认不出哪一份是案例文本，无法计字数"
        : "材料中没有可以读取的案例文本（.docx、.pdf 或 .txt）",
      remedy: hasDocument ? "请按附件5模板写出各部分标题后重新提交，或人工核对字数。" : "请补交案例文本，或人工核对。",
    });
    return;
  }
  const missing = sections.filter(({ key }) => !text.text.sections.has(key)).map(({ key }) => `“${sectionLabel(key)}”`);
  if (missing.length > 0)
    yield findingOf(submission, {
      file: text.file.name,
      kind: "TEXT-SECTION-MISSING",
      severity: "warning",
      message: `案例文本中没有找到 ${missing.join("、")} 的标题，这部分没有计字数`,
      remedy: "请按附件5模板补上标题，或人工核对。",
    });
  const empty = sections
    .filter(({ key }) => text.text.sections.get(key) === "")
    .map(({ key }) => `“${sectionLabel(key)}”`);
  if (empty.length > 0)
    yield findingOf(submission, {
      file: text.file.name,
      kind: "TEXT-SECTION-MISSING",
      severity: "warning",
      message: `案例文本的 ${empty.join("、")} 只有标题，没有内容`,
      remedy: "请补写内容后重新提交；内容是图片的，请改为文字。",
    });
  const different = text.others.filter(
    (other) => other.text?.whole !== text.text.whole && other.kind === text.file.kind,
  );
  if (different.length > 0)
    yield findingOf(submission, {
      file: text.file.name,
      kind: "TEXT-SEVERAL",
      severity: "info",
      message: `有 ${different.length + 1} 份文档都像案例文本，字数按“${showName(text.file.name)}”计；另有 ${listSome(
        different.map((f) => `“${showName(f.name)}”`),
        "份",
      )}`,
      remedy: "请只保留最终稿。",
    });
}

function* videoGaps(notice: Notice, submission: Submission, video: CaseVideo | undefined): Iterable<EvidenceFinding> {
  if (!video) {
    yield findingOf(submission, {
      kind: "VIDEO-MISSING",
      severity: "error",
      message: "材料中没有可以读取的展示视频",
      remedy: "请补交展示视频；视频另存他处的，请人工核对。",
    });
    return;
  }
  const { container, encodedOn, width, height } = video.video;
  const at = { file: video.file.name, place: "视频" };
  const extension = notice.video.extension.value;
  // A name that says another format is judged by the rule of the check.
  if (container !== extension && baseName(video.file.name).toLowerCase().endsWith(`.${extension}`))
    yield findingOf(submission, {
      ...at,
      kind: "VIDEO-FORMAT",
      severity: "error",
      message: `视频的实际封装格式是 ${container || "未知格式"}，不是 .${extension}（只改扩展名不会改变格式）`,
      remedy: `请用剪辑或转换软件重新导出为 .${extension}。`,
    });
  if (width === 0 || height === 0)
    yield findingOf(submission, {
      ...at,
      kind: "VIDEO-UNREADABLE",
      severity: "error",
      message: "视频文件里没有画面",
      remedy: "请核对上传的是否为展示视频，重新导出后提交。",
    });
  const submitted = dateIn(submission.record, "submittedOn");
  if (encodedOn !== undefined && submitted !== undefined && encodedOn > submitted)
    yield findingOf(submission, {
      ...at,
      kind: "VIDEO-RECENCY",
      severity: "warning",
      message: `视频文件生成于 ${encodedOn}，晚于提交日期 ${submitted}`,
      remedy: "核对视频是否在提交后更换过，以及两个日期是否填对。",
    });
  if (video.others.length > 0)
    yield findingOf(submission, {
      ...at,
      kind: "VIDEO-SEVERAL",
      severity: "info",
      message: `材料中有 ${video.others.length + 1} 个视频，按“${showName(video.file.name)}”核查；另有 ${listSome(video.others.map((f) => `“${showName(f.name)}”`))}`,
      remedy: "请确认哪一个是展示视频；其余的也请人工看一遍。",
    });
}

export function findGaps(
  notice: Notice,
  submission: Submission,
  text: CaseText | undefined,
  video: CaseVideo | undefined,
  files: readonly SubmittedFile[],
): EvidenceFinding[] {
  return [...textGaps(submission, text, files), ...videoGaps(notice, submission, video)];
}
