import { Progress } from "../../dialogs/pages/progress.tsx";
import { mount } from "./mount.ts";
import { server } from "./server.ts";

const controls = { pause: server.pauseJob, resume: server.resumeJob, cancel: server.cancelJob };

mount("进度", <Progress load={server.loadProgress} loadReminders={server.loadReminders} controls={controls} />);
