import { useState } from "preact/hooks";
import { Assignment, Plan } from "../../../apps-script/dialogs/pages/assignment.tsx";
import { Findings } from "../../../apps-script/dialogs/pages/findings.tsx";
import { Experts } from "../../../apps-script/dialogs/pages/progress.tsx";
import { Ranking } from "../../../apps-script/dialogs/pages/ranking.tsx";
import { Reminders } from "../../../apps-script/dialogs/pages/reminders.tsx";
import type { FindingsView, ShownView } from "../../../apps-script/dialogs/views.ts";
import { CaseDrawer } from "./administrator/case-search.tsx";
import "./shown.css";

/** What there is to see of a command's result, as the dialogs show it. */
export function Shown(props: {
  readonly shown: ShownView;
  /** Of the shared workbook. */
  readonly path: string;
  /** Writes what has only been tried. */
  apply(): Promise<unknown>;
  close(): void;
}) {
  const { shown, path, apply, close } = props;
  switch (shown.page) {
    case "findings":
      return <FindingsOfCases view={shown.view} path={path} />;
    case "assignment":
      if (shown.isWritten)
        return (
          <div class="assignment">
            <Plan view={shown.view} />
          </div>
        );
      return <Assignment view={shown.view} apply={async () => void (await apply())} close={close} />;
    case "ranking":
      return <Ranking view={shown.view} />;
    case "reminders":
      return <Reminders view={shown.view} />;
    case "experts":
      return <Experts experts={shown.view} />;
  }
}

/** 检查结果; a finding leads to all that the workbooks have of its case. */
function FindingsOfCases({ view, path }: { readonly view: FindingsView; readonly path: string }) {
  const [id, setId] = useState<string>();
  const linkTo = (of: string) => ({ title: "点击看这个案例的全部内容", go: async () => setId(of) });
  return (
    <>
      <Findings view={view} linkOf={(finding) => (finding.id === "" ? undefined : linkTo(finding.id))} />
      {id !== undefined && <CaseDrawer key={id} id={id} path={path} close={() => setId(undefined)} />}
    </>
  );
}
