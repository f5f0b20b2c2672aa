import { Assignment } from "../../dialogs/pages/assignment.tsx";
import { Loaded } from "../../dialogs/pages/parts.tsx";
import { mount } from "./mount.ts";
import { closeDialog, server } from "./server.ts";

mount(
  "分派预览",
  <Loaded waits="正在计算分派方案，案例多时约需一分钟…" load={server.loadAssignmentPreview}>
    {(view, again) => (
      <Assignment view={view} apply={() => server.applyAssignment(view.token)} again={again} close={closeDialog} />
    )}
  </Loaded>,
);
