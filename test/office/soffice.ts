import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Opens files in LibreOffice and saves them in another format.
 *
 * @param format as `--convert-to` takes it
 * @param home folder for the profile; the results lie in `home/to`
 */
export function convertInLibreOffice(format: string, files: readonly string[], home: string, to: string): string {
  const folder = join(home, to);
  mkdirSync(folder, { recursive: true });
  const profile = `-env:UserInstallation=file://${join(home, "profile")}`;
  execFileSync("soffice", [profile, "--headless", "--convert-to", format, "--outdir", folder, ...files], {
    stdio: "ignore",
  });
  return folder;
}

const escapeXml = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

/**
 * Runs statements of LibreOffice Basic; files are opened and saved with `opened(path)` and `saved(doc, path)`.
 *
 * @param procedures what the statements call
 */
export function runInLibreOffice(statements: string, home: string, procedures: string): void {
  const profile = `-env:UserInstallation=file://${join(home, "profile")}`;
  const soffice = (...args: string[]) => execFileSync("soffice", [profile, "--headless", ...args], { stdio: "ignore" });
  const library = join(home, "profile/user/basic/Standard");
  // The first start makes the library of the profile.
  if (!existsSync(join(library, "Module1.xba"))) soffice("--terminate_after_init");
  const code = `
    Function hidden(name As String, value)
      Dim property As New com.sun.star.beans.PropertyValue
      property.Name = name
      property.Value = value
      hidden = property
    End Function
    Function opened(path As String)
      opened = StarDesktop.loadComponentFromURL(ConvertToURL(path), "_blank", 0, Array(hidden("Hidden", True)))
    End Function
    Sub saved(doc, path As String)
      doc.storeToURL(ConvertToURL(path), Array(hidden("FilterName", "Calc MS Excel 2007 XML")))
      doc.close(True)
    End Sub
    ${procedures}
    Sub Run
      ${statements}
      StarDesktop.terminate()
    End Sub`;
  writeFileSync(
    join(library, "Module1.xba"),
    `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">${escapeXml(code)}</script:module>`,
  );
  soffice("macro:///Standard.Module1.Run");
}
