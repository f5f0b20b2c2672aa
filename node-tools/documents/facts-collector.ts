import type { FileFacts, TextKind, TextPiece, VideoFacts } from "../../apps-script/core/evidence/file-facts.ts";
import { type ReadingBudget, readingLimits } from "./limits.ts";

/** What the readers of the parts of one file have found so far. */
export class FactsCollector {
  private readonly pieces: TextPiece[] = [];
  private readonly paragraphs: { text: string; heading: boolean }[] = [];
  private readonly problems: string[] = [];
  private characters = 0;
  private full = false;
  video: VideoFacts | undefined;

  constructor(readonly budget: ReadingBudget) {}

  /** An empty text is no piece. */
  addPiece(kind: TextKind, place: string, text: string): void {
    if (text.trim() === "" || !this.hasRoom(text)) return;
    this.pieces.push({ kind, place, text });
  }

  addParagraph(text: string, heading: boolean): void {
    if (text.trim() === "" || !this.hasRoom(text)) return;
    this.paragraphs.push({ text, heading });
  }

  /** A half sentence, said once. */
  addProblem(problem: string): void {
    if (!this.problems.includes(problem)) this.problems.push(problem);
  }

  private hasRoom(text: string): boolean {
    this.characters += text.length;
    if (this.characters <= readingLimits.characters && this.pieces.length < readingLimits.pieces) return true;
    if (!this.full) this.addProblem("文字过多，只核查了前面一部分；请删减或拆分后重新提交");
    this.full = true;
    return false;
  }

  /** @param name the file's own name, which the line about its problems begins with */
  facts(kind: FileFacts["kind"], name: string): FileFacts {
    return {
      kind,
      pieces: this.pieces,
      paragraphs: this.paragraphs,
      ...(this.video && { video: this.video }),
      ...(this.problems.length > 0 && { problem: `「${name}」${describeProblems(this.problems)}。` }),
    };
  }
}

const saidAtOnce = 4;

function describeProblems(problems: readonly string[]): string {
  const said = problems.slice(0, saidAtOnce).join("。");
  return problems.length > saidAtOnce ? `${said}。另有 ${problems.length - saidAtOnce} 处类似问题` : said;
}

/** The same collector for what lies inside another file: its places begin with where it lies, its text is no 正文. */
export interface PieceSink {
  readonly budget: ReadingBudget;
  addPiece(kind: TextKind, place: string, text: string): void;
  addParagraph(text: string, heading: boolean): void;
  addProblem(problem: string): void;
  video: VideoFacts | undefined;
}

export function nestedSink(sink: PieceSink, where: string): PieceSink {
  return {
    budget: sink.budget,
    addPiece: (kind, place, text) => sink.addPiece(kind, `${where}：${place}`, text),
    addParagraph: () => {},
    addProblem: (problem) => sink.addProblem(`${where}：${problem}`),
    video: undefined,
  };
}
