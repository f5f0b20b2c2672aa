import { Findings } from "../../dialogs/pages/findings.tsx";
import { Loaded } from "../../dialogs/pages/parts.tsx";
import type { FindingView } from "../../dialogs/views.ts";
import { mount } from "./mount.ts";
import { server } from "./server.ts";

const linkOf = ({ sheet, row, column }: FindingView) =>
  sheet === ""
    ? undefined
    : {
        title: row === 0 ? "点击转到这张表" : "点击转到这个单元格",
        go: () => server.goToCell(sheet, row, Math.max(1, column)),
      };

mount(
  "检查结果",
  <Loaded waits="正在读取检查结果…" load={server.loadFindings}>
    {(view, again) => <Findings view={view} linkOf={linkOf} reload={again} />}
  </Loaded>,
);
