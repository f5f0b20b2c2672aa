import { useEffect, useState } from "preact/hooks";
import type { CommandResult, MaterialFinding } from "../../protocol.ts";
import type { Attempt } from "../attempt.ts";
import { MaterialFindings, ReadingProgress } from "../materials/material-findings.tsx";
import { MaterialFolder } from "../materials/material-folder.tsx";
import { cancelRun, onStep, remote } from "../remote.ts";
import { inWordsOfThePage } from "./steps.ts";

/** The administrator's 材料核查: the command over a folder of all units' materials. @param path of the shared workbook */
export function MaterialsStep(props: { readonly path: string; readonly attempt: Attempt; changed(): Promise<void> }) {
  const { path, attempt, changed } = props;
  const [step, setStep] = useState("");
  const [result, setResult] = useState<CommandResult>();
  useEffect(() => onStep((name) => setStep((before) => (before === "" ? "" : name))), []);
  const run = () =>
    attempt(async () => {
      setStep("开始");
      try {
        setResult(await remote.run("evidence", [path], { files: ["/材料"] }));
        await changed();
      } finally {
        setStep("");
      }
    });
  const { findings } = (result?.result ?? {}) as { readonly findings?: readonly MaterialFinding[] };
  return (
    <div class="action">
      <p>
        打开各案例的文件：匿名、字数、视频、雷同。查到的填进“案例”表空着的列，人工填的不改；报告和各单位的人工核对表放在评案簿旁边。
      </p>
      <MaterialFolder attempt={attempt} disabled={step !== ""} chosen={run} />
      {step !== "" && <ReadingProgress step={step} cancel={cancelRun} />}
      {result && step === "" && (
        <div class={result.code > 1 ? "said failed" : "said"} role={result.code > 1 ? "alert" : "status"}>
          {[...result.warned, ...result.said].map((line, i) => (
            <p key={`${i}${line}`}>{inWordsOfThePage(line)}</p>
          ))}
          {findings && <MaterialFindings findings={findings} />}
        </div>
      )}
    </div>
  );
}
