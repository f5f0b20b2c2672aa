import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readAward } from "../../../apps-script/core/award/read-award.ts";
import { tellsApplicants } from "../../../apps-script/core/score-sheets/guard-material.ts";
import { notice, recommendedSubmission, shared } from "../review-fixture.ts";

const rows = [
  {
    ...recommendedSubmission(1),
    "author1.name": "欧阳明远",
    "author1.account": "nx20259001",
    "author2.name": "马兰",
    "author2.unit": "兴庆区第9实验学校",
    "author2.account": "mz07",
    "author2.role": "教师",
    phone: "13700007001",
  },
];
const award = readAward(shared({ submissions: rows }), notice);
const [submission] = award.submissions;
const tells = (material: string) => tellsApplicants(award, submission!, material);

const percent = encodeURIComponent;
const base64 = (text: string) => Buffer.from(text).toString("base64");

test.for([
  ["欧阳明远的视频", "a name"],
  ["https://example.org/欧 阳 明 远.mp4", "a name with spaces"],
  [`https://example.org/v/${percent("马兰")}.mp4`, "a co-author, percent"],
  [`https://example.org/v/${percent(percent("欧阳明远"))}`, "a name, percent twice"],
  [`https://example.org/v/${percent("欧\u200b阳明远")}`, "something invisible inside the name, percent"],
  [`https://example.org/?t=${percent("兴庆区第9实验学校")}`, "a unit, percent"],
  [`https://example.org/${percent("兴庆区")}/1.mp4`, "the region, percent"],
  [`https://example.org/${percent("银川市")}/1.mp4`, "the region above, percent"],
  [`https://example.org/${percent("兴庆区教育局")}`, "the nominating unit, percent"],
  ["https://example.org/&#39532;&#20848;", "a name, references"],
  ["https://example.org/\\u9a6c\\u5170", "a name, \\u"],
  ["https://xn--95q329o.example.org/1", "a name, Punycode"],
  [`https://example.org/d/${base64("欧阳明远")}`, "a name, Base64"],
  [`https://example.org/d/${Buffer.from("兴庆区第9实验学校").toString("base64url")}`, "a unit, Base64url"],
  [`https://example.org/d/${base64("nx20259001")}`, "an account, Base64"],
  ["https://example.org/u/mz07/1.mp4", "a short account, alone"],
  [`https://example.org/d/${base64("tel 13700007001")}`, "the telephone number, Base64"],
  ["https://example.org/%C5%B7%D1%F4.mp4", "bytes that are no UTF-8"],
] as const)("%s tells: %s", ([material]) => {
  expect(tells(material)).toBe(true);
});

test.for([
  "",
  "https://example.org/v/1",
  "https://pan.baidu.com/s/1aBcD_efGhIjK-lmNoPqRsT 提取码：x9k2",
  "链接: https://pan.baidu.com/s/1Zt7Qmz07b?pwd=8888 提取码: 8888 复制这段内容后打开百度网盘手机App，操作更方便哦",
  "https://pan.quark.cn/s/3f9c27a0d1be",
  "https://www.aliyundrive.com/s/6YkTnUv3xQp",
  "https://docs.qq.com/doc/DUEZyTkVvR1pZb0ZC",
  "https://cloud.189.cn/t/Q7bmz07vYzQr（访问码：h2s5）",
  "https://115.com/s/swnbx9s36g3?password=e4d1#评审材料",
  "https://example.org/550e8400-e29b-41d4-a716-446655440000/video.mp4",
  "https://example.org/d/9b74c9897bac770ffc029102a200c5de",
  "https://example.org/play?id=7&t=1&sign=MEUCIQDx%2Bq%2Fz%3D%3D&x=%E6%A1%88%E4%BE%8B",
  `https://example.org/${percent("数字化作业案例")}.mp4`,
  `https://example.org/${base64("case-042-video")}`,
  "https://drive.google.com/file/d/1Xy_Zab-CdEfGhIjKlMnOpQrStUvWxYz/view?usp=sharing",
  "https://xn--fiqs8s.example.org/1",
  "内网共享 D:\\评审\\P10001\\材料.zip",
])("%s tells nobody", (material) => {
  expect(tells(material)).toBe(false);
});

test("no random token is taken for somebody", () => {
  const token = fc.stringMatching(/^[A-Za-z0-9_+/-]{8,44}$/);
  const link = fc.oneof(
    fc.uuid().map((id) => `https://example.org/${id}`),
    token.map((id) => `https://pan.example.org/s/${id}?pwd=${id.slice(0, 4)}`),
    token.map((id) => `https://example.org/?sign=${percent(base64(id))}`),
  );
  fc.assert(
    fc.property(link, (material) => !tells(material)),
    { numRuns: 1_000 },
  );
});
