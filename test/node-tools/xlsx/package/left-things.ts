/** Where a thing stands in the workbook that the test builds. */
type Place = "head" | "cells" | "tail" | "workbook before" | "workbook after" | "styles" | "part";

export interface LeftThing {
  /** As the menus of Excel and WPS call it. */
  readonly name: string;
  readonly place: Place;
  /** What must be in the same part afterwards, letter for letter. */
  readonly xml: string;
  /** The part's name, for a part of its own. */
  readonly part?: string;
}

const tail = (name: string, xml: string): LeftThing => ({ name, place: "tail", xml });
const head = (name: string, xml: string): LeftThing => ({ name, place: "head", xml });
const cells = (name: string, xml: string): LeftThing => ({ name, place: "cells", xml });
const styles = (name: string, xml: string): LeftThing => ({ name, place: "styles", xml });
const before = (name: string, xml: string): LeftThing => ({ name, place: "workbook before", xml });
const after = (name: string, xml: string): LeftThing => ({ name, place: "workbook after", xml });
const part = (name: string, path: string, xml: string): LeftThing => ({ name, place: "part", xml, part: path });

const rule = (attributes: string, inside: string) =>
  `<conditionalFormatting sqref="H2:H9"><cfRule ${attributes} priority="2">${inside}</cfRule></conditionalFormatting>`;
const validation = (attributes: string, inside: string) =>
  `<dataValidation ${attributes} sqref="H2:H9">${inside}</dataValidation>`;
const allValidations = (xml: string) => `<dataValidations count="2">${xml}`;
const extension = (uri: string, xml: string) => `<ext uri="{${uri}}" xmlns:x14="urn:x14">${xml}</ext>`;
const x14 = "78C0D931-6437-407d-A8EE-F0AAD7539E65";
const scale = '<cfvo type="min"/><cfvo type="max"/>';

/** What people and programs leave in workbooks, one of each kind. */
export const leftThings: readonly LeftThing[] = [
  tail("工作表保护密码", '<sheetProtection password="CAFE" sheet="1" objects="1"/>'),
  tail(
    "工作表保护密码（新式）",
    '<sheetProtection algorithmName="SHA-512" hashValue="eA==" saltValue="eQ==" spinCount="100000" sheet="1"/>',
  ),
  tail(
    "允许用户编辑区域",
    '<protectedRanges><protectedRange name="r" password="CAFE" sqref="H2:H9"/></protectedRanges>',
  ),
  tail("自动筛选的条件", '<filterColumn colId="0"><filters blank="1"><filter val="2"/></filters></filterColumn>'),
  tail(
    "自定义筛选",
    '<filterColumn colId="1"><customFilters and="1"><customFilter operator="greaterThan" val="1"/></customFilters></filterColumn>',
  ),
  tail("前十项筛选", '<filterColumn colId="1"><top10 val="3" filterVal="2"/></filterColumn>'),
  tail("动态筛选", '<filterColumn colId="2"><dynamicFilter type="aboveAverage" val="1"/></filterColumn>'),
  tail("隐藏的筛选按钮", '<filterColumn colId="2" hiddenButton="1"/>'),
  tail("排序状态", '<sortState ref="A2:C4"><sortCondition ref="B2:B4" descending="1"/></sortState>'),
  tail("数据条", rule('type="dataBar"', `<dataBar>${scale}<color rgb="FF638EC6"/></dataBar>`)),
  tail(
    "色阶",
    rule('type="colorScale"', `<colorScale>${scale}<color rgb="FF000000"/><color rgb="FFFFFFFF"/></colorScale>`),
  ),
  tail(
    "图标集",
    rule(
      'type="iconSet"',
      '<iconSet iconSet="3Arrows"><cfvo type="percent" val="0"/><cfvo type="percent" val="33"/><cfvo type="percent" val="67"/></iconSet>',
    ),
  ),
  tail("条件格式：大于", rule('type="cellIs" dxfId="0" operator="greaterThan"', "<formula>5</formula>")),
  tail("条件格式：重复值", rule('type="duplicateValues" dxfId="0"', "")),
  tail("条件格式：前十项", rule('type="top10" dxfId="0" rank="10"', "")),
  tail("条件格式：高于平均值", rule('type="aboveAverage" dxfId="0"', "")),
  tail(
    "条件格式：包含文本",
    rule(
      'type="containsText" dxfId="0" operator="containsText" text="案"',
      '<formula>NOT(ISERROR(SEARCH("案",H2)))</formula>',
    ),
  ),
  tail(
    "条件格式：发生日期",
    rule('type="timePeriod" dxfId="0" timePeriod="today"', "<formula>FLOOR(H2,1)=TODAY()</formula>"),
  ),
  tail("条件格式：公式", rule('type="expression" dxfId="0"', "<formula>$H2&gt;9</formula>")),
  tail(
    "条件格式：如为真则停止",
    rule('type="cellIs" dxfId="0" operator="equal" stopIfTrue="1"', "<formula>5</formula>"),
  ),
  tail(
    "扩展的数据条",
    extension(
      x14,
      '<x14:conditionalFormattings><x14:conditionalFormatting xmlns:xm="urn:xm"><x14:cfRule type="dataBar" id="{1}"><x14:dataBar minLength="0"/></x14:cfRule><xm:sqref>H2:H9</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings>',
    ),
  ),
  tail("下拉列表", allValidations(validation('type="list" allowBlank="1"', '<formula1>"甲,乙"</formula1>'))),
  tail(
    "引用别的工作表的下拉列表",
    extension(
      "CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF",
      '<x14:dataValidations count="1"><x14:dataValidation type="list"><x14:formula1><xm:f>统计!$A$1:$A$9</xm:f></x14:formula1><xm:sqref>H2:H9</xm:sqref></x14:dataValidation></x14:dataValidations>',
    ),
  ),
  tail(
    "日期限制",
    allValidations(validation('type="date" operator="greaterThan" errorTitle="日期"', "<formula1>45000</formula1>")),
  ),
  tail(
    "文本长度限制",
    allValidations(validation('type="textLength" operator="lessThan" errorStyle="warning"', "<formula1>9</formula1>")),
  ),
  tail("输入提示", allValidations(validation('showInputMessage="1" promptTitle="请填" prompt="学校全称"', ""))),
  tail("输入法模式", allValidations(validation('type="list" imeMode="hiragana"', '<formula1>"甲"</formula1>'))),
  tail("行分页符", '<rowBreaks count="1" manualBreakCount="1"><brk id="3" max="16383" man="1"/></rowBreaks>'),
  tail("列分页符", '<colBreaks count="1" manualBreakCount="1"><brk id="3" max="1048575" man="1"/></colBreaks>'),
  tail(
    "首页不同的页眉",
    '<headerFooter differentFirst="1"><oddHeader>&amp;C评审</oddHeader><firstHeader>&amp;C首页</firstHeader></headerFooter>',
  ),
  tail("合并单元格", '<mergeCell ref="H11:I12"/>'),
  tail("拼音设置", '<phoneticPr fontId="1" type="noConversion"/>'),
  tail("超链接的屏幕提示", `<hyperlink ref="H9" location="'统计'!A1" tooltip="看统计" display="统计"/>`),
  tail("忽略的错误", '<ignoredErrors><ignoredError sqref="A2:A4" numberStoredAsText="1"/></ignoredErrors>'),
  tail("监视窗口", '<cellWatches><cellWatch r="H9"/></cellWatches>'),
  tail(
    "方案",
    '<scenarios current="0"><scenario name="高" locked="1" count="1"><inputCells r="H9" val="1"/></scenario></scenarios>',
  ),
  tail(
    "合并计算",
    '<dataConsolidate function="average"><dataRefs count="1"><dataRef ref="A1:B2" sheet="统计"/></dataRefs></dataConsolidate>',
  ),
  tail(
    "自定义视图（工作表）",
    '<customSheetViews><customSheetView guid="{00000000-0000-0000-0000-000000000001}" scale="70"><selection activeCell="H9" sqref="H9"/></customSheetView></customSheetViews>',
  ),
  tail("工作表的计算设置", '<sheetCalcPr fullCalcOnLoad="1"/>'),
  tail("工作表背景", '<picture r:id="x"/>'),
  tail("页眉页脚中的图片", '<legacyDrawingHF r:id="x"/>'),
  tail("图形和图片", '<drawing r:id="x"/>'),
  tail("嵌入的对象", '<oleObjects><oleObject progId="Word.Document" shapeId="1" r:id="x"/></oleObjects>'),
  tail("表单控件", '<controls><control shapeId="2" r:id="x" name="框 1"/></controls>'),
  tail(
    "网页发布",
    '<webPublishItems count="1"><webPublishItem id="1" divId="a" sourceType="sheet" destinationFile="a.htm"/></webPublishItems>',
  ),
  tail("表格（套用表格格式）", '<tableParts count="1"><tablePart r:id="x"/></tableParts>'),
  tail(
    "迷你图",
    extension(
      "05C60535-1F16-4fd2-B633-F4F36F0B64E0",
      '<x14:sparklineGroups><x14:sparklineGroup type="column"/></x14:sparklineGroups>',
    ),
  ),
  tail(
    "切片器（工作表）",
    extension("A8765BA9-456A-4dab-B4F3-ACF838C121DE", '<x14:slicerList><x14:slicer r:id="x"/></x14:slicerList>'),
  ),
  head("工作表的代码名称", 'codeName="表一"'),
  head("摘要行在上方", '<outlinePr summaryBelow="0"/>'),
  head("列的分级显示", '<col min="6" max="7" width="12" outlineLevel="1" collapsed="1"/>'),
  head("隐藏的列", '<col min="6" max="6" width="0" hidden="1" customWidth="1"/>'),
  head("默认行高", '<sheetFormatPr defaultRowHeight="22" customHeight="1"/>'),
  head("显示比例", 'zoomScale="85"'),
  head("不显示网格线", 'showGridLines="0"'),
  head("从右到左", 'rightToLeft="1"'),
  head("分页预览", 'view="pageBreakPreview"'),
  head("不显示零值", 'showZeros="0"'),
  cells("行的分级显示", '<row r="8" outlineLevel="1"><c r="A8"><v>8</v></c></row>'),
  cells("隐藏的行", '<row r="8" hidden="1"><c r="A8"><v>8</v></c></row>'),
  cells("行高", '<row r="8" ht="40" customHeight="1"><c r="A8"><v>8</v></c></row>'),
  cells("整行的样式", '<row r="8" s="1" customFormat="1"><c r="A8"><v>8</v></c></row>'),
  cells("同一格里不同的字体", '<c r="H8" t="inlineStr"><is><r><rPr><b/></rPr><t>案</t></r><r><t>例</t></r></is></c>'),
  cells("拼音", '<c r="H8" t="inlineStr" ph="1"><is><t>案</t><rPh sb="0" eb="1"><t>an</t></rPh></is></c>'),
  cells("数组公式", '<c r="H8"><f t="array" ref="H8:H9">A2:A3*2</f><v>2</v></c>'),
  cells("动态数组公式", '<c r="H8" cm="1"><f t="array" ref="H8:H9">_xlfn._xlws.SORT(A2:A3)</f><v>2</v></c>'),
  cells("单元格中的图片（Excel）", '<c r="H8" t="e" vm="1"><v>#VALUE!</v></c>'),
  cells("单元格中的图片（WPS）", '<c r="H8" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>'),
  cells("模拟运算表", '<c r="H8"><f t="dataTable" ref="H8:H9" dt2D="0" dtr="0" r1="A1"/><v>2</v></c>'),
  cells("共用的公式", '<c r="H8"><f t="shared" ref="H8:H9" si="0">A8+1</f><v>9</v></c>'),
  cells("单元格的错误值", '<c r="H8" t="e"><v>#N/A</v></c>'),
  styles("以撇号开头的文本", '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/>'),
  styles("单元格样式", '<cellStyle name="我的样式" xfId="1"/>'),
  styles("表格样式", '<tableStyles count="1"><tableStyle name="我的表格" count="0"/></tableStyles>'),
  styles("最近使用的颜色", '<colors><mruColors><color rgb="FF123456"/></mruColors></colors>'),
  styles("自定义数字格式", '<numFmt numFmtId="180" formatCode="[Red]0.0;;"/>'),
  styles(
    "渐变填充",
    '<fill><gradientFill degree="90"><stop position="0"><color rgb="FFFFFFFF"/></stop><stop position="1"><color rgb="FF000000"/></stop></gradientFill></fill>',
  ),
  styles("斜线表头", '<border diagonalDown="1"><left/><right/><top/><bottom/><diagonal style="thin"/></border>'),
  before("建议只读", '<fileSharing readOnlyRecommended="1" userName="甲"/>'),
  before("工作簿的代码名称", '<workbookPr codeName="本簿" defaultThemeVersion="166925"/>'),
  before("1904 日期系统", '<workbookPr date1904="1"/>'),
  before("保护工作簿结构", '<workbookProtection workbookPassword="CAFE" lockStructure="1"/>'),
  before("最后写入的程序", '<fileVersion appName="xl" lastEdited="7"/>'),
  before(
    "窗口的大小",
    '<bookViews><workbookView xWindow="9" yWindow="9" windowWidth="9000" tabRatio="700"/></bookViews>',
  ),
  after("定义的名称", '<definedName name="税率" comment="x">0.06</definedName>'),
  after("隐藏的名称", '<definedName name="_x" hidden="1">统计!$A$1</definedName>'),
  after("打印区域", `<definedName name="_xlnm.Print_Area" localSheetId="1">统计!$A$1:$B$2</definedName>`),
  after("打印标题", `<definedName name="_xlnm.Print_Titles" localSheetId="1">统计!$1:$1</definedName>`),
  after("手动重算", 'calcMode="manual"'),
  after("迭代计算", 'iterate="1"'),
  after(
    "自定义视图（工作簿）",
    '<customWorkbookViews><customWorkbookView name="甲" guid="{00000000-0000-0000-0000-000000000001}" windowWidth="9" windowHeight="9" activeSheetId="1"/></customWorkbookViews>',
  ),
  after("指向其他工作簿的链接", '<externalReferences><externalReference r:id="x"/></externalReferences>'),
  after("数据透视表的缓存", '<pivotCaches><pivotCache cacheId="1" r:id="x"/></pivotCaches>'),
  after("工作簿的扩展", '<extLst><ext uri="{x}"/></extLst>'),
  part("图表", "xl/charts/chart1.xml", "<c:chartSpace/>"),
  part("图表工作表", "xl/chartsheets/sheet1.xml", "<chartsheet/>"),
  part("数据透视表", "xl/pivotTables/pivotTable1.xml", "<pivotTableDefinition/>"),
  part("切片器", "xl/slicers/slicer1.xml", "<slicers/>"),
  part("日程表", "xl/timelines/timeline1.xml", "<timelines/>"),
  part("批注对话的人", "xl/persons/person.xml", "<personList/>"),
  part("WPS 单元格图片", "xl/cellimages.xml", "<etc:cellImages/>"),
  part("图片", "xl/media/image1.png", "PNG"),
  part(
    "图片的裁剪和替代文字",
    "xl/drawings/drawing1.xml",
    '<xdr:pic><xdr:cNvPr id="2" descr="校徽"/><a:srcRect l="1000"/></xdr:pic>',
  ),
  part("墨迹", "xl/ink/ink1.xml", "<ink/>"),
  part("SmartArt", "xl/diagrams/data1.xml", "<dgm:dataModel/>"),
  part("嵌入的文档", "xl/embeddings/oleObject1.bin", "OLE"),
  part("复选框", "xl/ctrlProps/ctrlProp1.xml", '<formControlPr objectType="CheckBox" fmlaLink="$A$1"/>'),
  part("外部链接的缓存", "xl/externalLinks/externalLink1.xml", "<externalLink/>"),
  part("数据连接", "xl/connections.xml", "<connections/>"),
  part("查询", "xl/queryTables/queryTable1.xml", "<queryTable/>"),
  part("打印机设置", "xl/printerSettings/printerSettings1.bin", "\u0000\u0001"),
  part("数据类型", "xl/richData/rdrichvalue.xml", "<rvData/>"),
  part("单元格元数据", "xl/metadata.xml", "<metadata/>"),
  part("主题", "xl/theme/theme1.xml", "<a:theme/>"),
  part("XML 映射", "xl/xmlMaps.xml", "<MapInfo/>"),
  part("自定义 XML", "customXml/item1.xml", "<b:Sources/>"),
  part("自定义功能区", "customUI/customUI14.xml", "<customUI/>"),
  part("敏感度标签", "docMetadata/LabelInfo.xml", "<clbl:labelList/>"),
  part("加载项", "xl/webextensions/webextension1.xml", "<we:webextension/>"),
  part(
    "文档属性：关键词",
    "docProps/core.xml",
    "<cp:coreProperties><cp:keywords>评审</cp:keywords></cp:coreProperties>",
  ),
  part(
    "自定义属性",
    "docProps/custom.xml",
    '<Properties><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="KSOProductBuildVer"><vt:lpwstr>2052-12</vt:lpwstr></property></Properties>',
  ),
  part("预览图", "docProps/thumbnail.jpeg", "JPEG"),
];
