#!/bin/bash
# Makes node-tools/example/evidence with real programs: two submissions, A001 with a leak in each kind of file, wrong
# video facts and a section that is too long, A002 its clean twin. Needs soffice, ffmpeg and the fixtures of make-evidence-files.sh.
# Run from the top folder; the results are committed, since they differ in bytes from run to run.
set -euo pipefail
fixtures=test/fixtures/evidence
out=node-tools/example/evidence
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rm -rf "$out" && mkdir -p "$out/材料"

section() { # section SEED COUNT
  echo "import { composeSection } from './test/generator/prose.ts'; import { makeRandom } from './test/generator/random.ts';
    process.stdout.write(composeSection(makeRandom($1), $2));" |
    npx esbuild --bundle --platform=node --format=esm --loader=ts | node --input-type=module -
}

hand_in() { # hand_in TWIN ID SEED INTRODUCTION INNOVATION_WORDS SIZE SECONDS CREATED TITLE
  local to="$out/材料/$2"
  mkdir -p "$to"
  {
    echo '<html><head><meta charset="utf-8"><title>案例</title></head><body>'
    echo "<p>案例正文</p><p>1.案例概要（限 500 字以内）</p><p>$(section "$3" 420)</p>"
    echo "<p>2.案例的特色与创新点（限 500 字以内）</p><p>$4$(section "$(($3 + 1))" "$5")</p>"
    echo "<p>3.案例的研究和实践过程（限 2000 字以内）</p><p>$(section "$(($3 + 2))" 900)</p>"
    echo "<p>4.案例的应用情况及推广价值（限 500 字以内）</p><p>$(section "$(($3 + 3))" 400)</p></body></html>"
  } >"$work/案例.html"
  soffice "-env:UserInstallation=file://$work/profile" --headless --infilter=writer_web_HTML \
    --convert-to "docx:MS Word 2007 XML" --outdir "$to" "$work/案例.html" >/dev/null 2>&1
  cp "$fixtures/$1/document.docx" "$to/教学设计.docx"
  cp "$fixtures/$1/document.pdf" "$to/教学设计.pdf"
  cp "$fixtures/$1/slides.pptx" "$to/课件.pptx"
  cp "$fixtures/$1/photo.jpg" "$to/课堂照片.jpg"
  ffmpeg -v error -y -f lavfi -i "color=c=0x336699:size=$6:rate=1/10:duration=$7" -pix_fmt yuv420p \
    -metadata title="$9" -metadata creation_time="$8" "$to/展示视频.mp4"
}

hand_in leaky A001 11 柳知远老师执教。 600 640x480 400 2023-05-01T04:00:00Z 兴庆区梧桐实验小学
hand_in clean A002 21 任课教师执教。 400 1280x720 1050 2025-06-01T04:00:00Z 课堂案例
printf '%s\r\n' 单位代码,单位名称,类别,别名,上级单位 640104,兴庆区教育局,教育局,兴庆区、兴庆,银川市 >"$out/单位名册.csv"
row() { # row ID TITLE 特色字数
  echo "$1,$2,教学革新,城市,小学,智慧课堂、学情诊断、分层作业,兴庆区教育局,2025-09-01,否,柳知远,兴庆区梧桐实验小学,nx64019988,教师,13900006402,$3,展示视频.mp4,1280*720,00:17:30,2025-05-20"
}
printf '%s\r\n' \
  案例编号,案例名称,领域,赛道,学段,关键词,推荐单位,提交日期,曾获表彰,第一作者,第一作者单位,第一作者教育云账号,第一作者身份,联系电话,特色字数,视频文件,视频分辨率,视频时长,视频录制日期 \
  "$(row A001 看得见的口算练习 500)" "$(row A002 会生长的单元作业 407)" >"$out/平台导出.csv"
du -sh "$out"
