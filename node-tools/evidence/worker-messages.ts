import type { FileFacts } from "../../apps-script/core/evidence/file-facts.ts";

export interface ReadRequest {
  readonly path: string;
}

export interface ReadResponse {
  readonly facts: FileFacts;
}
