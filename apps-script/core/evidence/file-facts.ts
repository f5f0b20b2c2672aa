/** Where in a file a text stands; what a reader of the file would have to open to see it. */
export type TextKind =
  | "body"
  | "header"
  | "footnote"
  | "comment"
  | "inserted"
  | "deleted"
  | "hidden"
  | "property"
  | "notes"
  | "metadata"
  | "alt";

export interface TextPiece {
  readonly kind: TextKind;
  /** In words, for officers: "第 3 段", "页眉 1", "批注 2", "文档属性“作者”", "第 4 页备注". */
  readonly place: string;
  readonly text: string;
}

export interface VideoFacts {
  readonly container: string;
  readonly format: string;
  readonly width: number;
  readonly height: number;
  readonly seconds: number;
  readonly bytes: number;
  /** YYYY-MM-DD */
  readonly encodedOn?: string;
  readonly subtitleTracks: number;
}

export interface FileFacts {
  readonly kind: "docx" | "pptx" | "xlsx" | "pdf" | "text" | "image" | "video" | "archive" | "other";
  readonly pieces: readonly TextPiece[];
  /** The visible main text by paragraph, in order, deleted and hidden text left out: what 字数 counts. */
  readonly paragraphs: readonly { readonly text: string; readonly heading: boolean }[];
  readonly video?: VideoFacts;
  /** Why nothing or not all could be read, with the remedy, in plain Chinese; the rest goes on. */
  readonly problem?: string;
}
