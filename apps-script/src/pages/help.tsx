import { Help } from "../../dialogs/pages/help.tsx";
import { Loaded } from "../../dialogs/pages/parts.tsx";
import { mount } from "./mount.ts";
import { server } from "./server.ts";

mount(
  "帮助",
  <Loaded waits="正在打开帮助…" load={server.loadHelp}>
    {(view) => <Help view={view} />}
  </Loaded>,
);
