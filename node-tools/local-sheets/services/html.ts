import type { Execution } from "../runtime/execution.ts";
import { refuseUnsupported, standInFor } from "./unsupported.ts";

type Supported = "setTitle" | "setWidth" | "setHeight" | "getContent" | "getTitle" | "getWidth" | "getHeight";

export class FakeHtmlOutput implements Pick<GoogleAppsScript.HTML.HtmlOutput, Supported> {
  private readonly content: string;
  private title = "";
  private width: number | null = null;
  private height: number | null = null;

  constructor(content: string) {
    this.content = content;
  }

  getContent(): string {
    return this.content;
  }

  getTitle(): string {
    return this.title;
  }

  getWidth(): number {
    return this.width as number;
  }

  getHeight(): number {
    return this.height as number;
  }

  setTitle(title: string): GoogleAppsScript.HTML.HtmlOutput {
    this.title = title;
    return standInFor<GoogleAppsScript.HTML.HtmlOutput>(this);
  }

  setWidth(width: number): GoogleAppsScript.HTML.HtmlOutput {
    this.width = width;
    return standInFor<GoogleAppsScript.HTML.HtmlOutput>(this);
  }

  setHeight(height: number): GoogleAppsScript.HTML.HtmlOutput {
    this.height = height;
    return standInFor<GoogleAppsScript.HTML.HtmlOutput>(this);
  }
}

/** @param html files of the project by name without extension */
export function createHtmlService(execution: Execution, html: ReadonlyMap<string, string>) {
  const output = (content: string): GoogleAppsScript.HTML.HtmlOutput =>
    refuseUnsupported<GoogleAppsScript.HTML.HtmlOutput>("HtmlOutput", new FakeHtmlOutput(content));
  const service: Pick<GoogleAppsScript.HTML.HtmlService, "createHtmlOutput" | "createHtmlOutputFromFile"> = {
    createHtmlOutput(content?: string | GoogleAppsScript.Base.BlobSource) {
      execution.call("HtmlService.createHtmlOutput");
      if (content !== undefined && typeof content !== "string") {
        throw new Error("HtmlService.createHtmlOutput(blob) is not supported by the local Sheets");
      }
      return output(content ?? "");
    },
    createHtmlOutputFromFile(filename) {
      execution.call("HtmlService.createHtmlOutputFromFile");
      const content = html.get(filename.replace(/\.html$/, ""));
      if (content === undefined) throw new Error(`No HTML file named ${filename} was found.`);
      return output(content);
    },
  };
  return refuseUnsupported("HtmlService", service);
}
