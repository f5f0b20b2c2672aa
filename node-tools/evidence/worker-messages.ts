import type { FileFacts } from "../documents/file-facts.ts";

export interface ReadRequest {
  readonly path: string;
}

export interface ReadResponse {
  readonly facts: FileFacts;
}
