import { readFileSync } from "node:fs";
import { join } from "node:path";
import { submissionsSheet } from "../../apps-script/core/schema/application.ts";
import { labelOf } from "../../apps-script/core/schema/sheet-spec.ts";
import { runInLibreOffice } from "../office/soffice.ts";

/** What LibreOffice took. CPU seconds are those of its whole process; they need the files of Linux under /proc. */
interface Taken {
  readonly label: string;
  readonly seconds: number;
  readonly cpuSeconds: number;
}

const lastHead = submissionsSheet.columns.length + 20;

/**
 * Times a shared workbook in LibreOffice: to open it, to calculate every formula anew, and, for each column of 案例 that
 * people type in, from an edit in the middle of the rows until 即时检查 of that row is there.
 *
 * @param home a folder for the profile of LibreOffice
 */
export function measureRecalculation(path: string, rows: number, home: string): Taken[] {
  const answer = join(home, "recalculation.txt");
  const check = labelOf(submissionsSheet, "liveCheck");
  const middle = Math.floor(rows / 2);
  runInLibreOffice(
    `
      begin()
      doc = opened("${path}")
      done("打开")
      doc.calculateAll()
      done("全部重算")
      sheet = doc.Sheets.getByName("${submissionsSheet.label}")
      sheet.unprotect("")
      For c = 0 To ${lastHead}
        If sheet.getCellByPosition(c, 0).String = "${check}" Then told = sheet.getCellByPosition(c, ${middle})
      Next c
      said = told.String
      For c = 0 To ${lastHead}
        head = sheet.getCellByPosition(c, 0).String
        If head <> "" And head <> "${check}" Then
          cell = sheet.getCellByPosition(c, ${middle})
          before = cell.Formula
          begin()
          cell.String = cell.String & "改"
          said = told.String
          done("改" & head)
          cell.Formula = before
          said = told.String
        End If
      Next c
      doc.close(True)`,
    home,
    `
    Dim ticks As Double
    Dim used As Double
    Function cpu() As Double
      Dim numbers As String
      f = FreeFile
      Open "/proc/self/stat" For Input As #f
      Line Input #f, numbers
      Close #f
      parts = Split(Mid(numbers, InStr(numbers, ")") + 2), " ")
      cpu = (Val(parts(11)) + Val(parts(12))) / 100
    End Function
    Sub begin()
      used = cpu()
      ticks = GetSystemTicks()
    End Sub
    Sub done(label As String)
      taken = label & Chr(9) & (GetSystemTicks() - ticks) / 1000 & Chr(9) & (cpu() - used)
      f = FreeFile
      Open "${answer}" For Append As #f
      Print #f, taken
      Close #f
      begin()
    End Sub`,
  );
  return readFileSync(answer, "utf8")
    .trim()
    .split("\n")
    .map((line) => {
      const [label = "", seconds, cpuSeconds] = line.split("\t");
      return { label, seconds: Number(seconds), cpuSeconds: Number(cpuSeconds) };
    });
}
