import type { CommandResult, MaterialFinding } from "../../protocol.ts";
import type { Attempt } from "../attempt.ts";
import { MaterialFindings } from "../materials/material-findings.tsx";
import { MaterialFolder } from "../materials/material-folder.tsx";
import type { Action } from "./steps.ts";

/** The command over a folder of all units' materials. */
export const evidence: Action = { label: "材料核查", command: "evidence", purpose: "" };

/** Asks for the folder of the materials. */
export function MaterialsStep(props: {
  readonly attempt: Attempt;
  readonly disabled: boolean;
  run(): Promise<unknown>;
}) {
  const { attempt, disabled, run } = props;
  return (
    <div class="action">
      <p>
        打开各案例的文件：匿名、字数、视频、雷同。查到的填进“案例”表空着的列，人工填的不改；报告和各单位的人工核对表放在评案簿旁边。
      </p>
      <MaterialFolder attempt={attempt} disabled={disabled} chosen={run} />
    </div>
  );
}

/** What the command has found, file by file. */
export function EvidenceFindings({ result: { result } }: { readonly result: CommandResult }) {
  const { findings } = (result ?? {}) as { readonly findings?: readonly MaterialFinding[] };
  return findings ? <MaterialFindings findings={findings} /> : null;
}
