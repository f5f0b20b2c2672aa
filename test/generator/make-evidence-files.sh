#!/bin/bash
# Makes test/fixtures/evidence with real programs: each kind of file twice, once with a leak planted in every place that
# the kind has, once with harmless words in the same places. Needs soffice (writer, calc, impress), ffmpeg, exiftool,
# qpdf and zip. Run from the top folder; the results are committed, since they differ in bytes from run to run.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out="$here/../fixtures/evidence"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out/leaky" "$out/clean" "$out/hostile"

office() { # office FORMAT FILE FOLDER
  soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to "$1" --outdir "$3" "$2" >/dev/null 2>&1
}

make_twin() { # make_twin FOLDER; the words come from the variables below
  local dir="$work/$1" to="$out/$1"
  mkdir -p "$dir"
  ffmpeg -v error -y -f lavfi -i "testsrc=size=96x72:rate=1:duration=1" -frames:v 1 "$dir/photo.jpg"
  if [ -n "$PHOTO" ]; then exiftool -q -overwrite_original -Artist="$PHOTO" "$dir/photo.jpg"; fi
  for file in document.fodt slides.fodp sheet.fods; do
    sed -e "s|@WHO@|$WHO|g; s|@UNIT@|$UNIT|g; s|@PROPERTY@|$PROPERTY|g; s|@HEADER@|$HEADER|g; s|@FOOTER@|$FOOTER|g" \
      -e "s|@EDITOR@|$EDITOR|g; s|@DELETED@|$DELETED|g; s|@BODY@|$BODY|g; s|@INSERTED@|$INSERTED|g" \
      -e "s|@HIDDENROW@|$HIDDENROW|g; s|@HIDDEN@|$HIDDEN|g; s|@FOOTNOTE@|$FOOTNOTE|g; s|@ENDNOTE@|$ENDNOTE|g" \
      -e "s|@COMMENTER@|$COMMENTER|g; s|@COMMENT@|$COMMENT|g; s|@TEXTBOX@|$TEXTBOX|g; s|@ALT@|$ALT|g" \
      -e "s|@NOTES@|$NOTES|g; s|@LINK@|$LINK|g" \
      "$here/evidence/$file" >"$dir/with-words"
    base64 -w0 "$dir/photo.jpg" >"$dir/photo.b64"
    awk -v picture="$(cat "$dir/photo.b64")" '{ gsub("@PICTURE@", picture); print }' "$dir/with-words" >"$dir/$file"
  done
  office docx "$dir/document.fodt" "$to"
  office pptx "$dir/slides.fodp" "$to"
  office xlsx "$dir/sheet.fods" "$to"
  # Impress keeps no text of a master but its own placeholders.
  (cd "$dir" && rm -rf ppt && unzip -q "$to/slides.pptx" ppt/slideMasters/slideMaster1.xml &&
    sed -i "s|&lt;footer&gt;|$HEADER|" ppt/slideMasters/slideMaster1.xml && zip -q "$to/slides.pptx" ppt/slideMasters/slideMaster1.xml)
  office 'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"true"},"UseTaggedPDF":{"type":"boolean","value":"true"}}' \
    "$dir/document.fodt" "$to"
  exiftool -q -overwrite_original -PDF:Author="$WHO" -PDF:Keywords="$PROPERTY" -XMP-dc:Contributor="$EDITOR" "$to/document.pdf"
  printf '%s' "附注" >"$dir/attached"
  if [ -n "$ATTACHED" ]; then
    cp "$dir/attached" "$dir/$ATTACHED.txt"
    qpdf --add-attachment "$dir/$ATTACHED.txt" -- "$to/document.pdf" "$dir/with-attachment.pdf"
    cp "$dir/with-attachment.pdf" "$to/document.pdf"
  fi

  cp "$dir/photo.jpg" "$to/photo.jpg"
  exiftool -q -overwrite_original -ImageDescription="$BODY" -XPAuthor="$WHO" -UserComment="$UNIT" \
    -XMP-dc:Creator="$EDITOR" -codedcharacterset=utf8 -IPTC:By-line="$WHO" -Comment="$COMMENT" "$to/photo.jpg"
  if [ -n "$POSITION" ]; then
    exiftool -q -overwrite_original -GPSLatitude=38.4872 -GPSLatitudeRef=N -GPSLongitude=106.2309 -GPSLongitudeRef=E "$to/photo.jpg"
  fi
  for kind in png tif webp gif; do ffmpeg -v error -y -i "$dir/photo.jpg" "$to/photo.$kind"; done
  exiftool -q -overwrite_original -EXIF:Artist="$WHO" -PNG:Author="$BODY" -XMP-dc:Creator="$EDITOR" "$to/photo.png"
  exiftool -q -overwrite_original -EXIF:Artist="$WHO" -XMP-dc:Creator="$EDITOR" "$to/photo.tif"
  exiftool -q -overwrite_original -EXIF:Artist="$WHO" -XMP-dc:Creator="$EDITOR" "$to/photo.webp"
  exiftool -q -overwrite_original -Comment="$COMMENT" -XMP-dc:Creator="$EDITOR" "$to/photo.gif"

  printf '1\n00:00:00,000 --> 00:00:02,000\n字幕\n' >"$dir/words.srt"
  ffmpeg -v error -y -f lavfi -i "testsrc=size=1280x720:rate=5:duration=3" -i "$dir/words.srt" -pix_fmt yuv420p -c:s mov_text \
    -metadata title="$BODY" -metadata artist="$WHO" -metadata comment="$COMMENT" -metadata description="$UNIT" \
    ${POSITION:+-metadata location=+38.4872+106.2309/} -metadata:s:v:0 handler_name="$EDITOR" \
    -metadata creation_time=2025-06-01T20:00:00Z "$to/film.mp4"

  printf '课堂案例\r\n本案例由%s设计\r\n' "$BODY" | iconv -t GB18030 >"$to/words.txt"
  printf '\xff\xfe' >"$to/words-utf16.txt"
  printf '课堂案例\r\n本案例由%s设计\r\n' "$BODY" | iconv -t UTF-16LE >>"$to/words-utf16.txt"

  rm -f "$to/names.zip"
  mkdir -p "$dir/zip/$FOLDERNAME"
  printf '内容' >"$dir/zip/$FOLDERNAME/$FILENAME.txt"
  (cd "$dir/zip" && zip -q -r "$work/$1.zip" . && printf '%s\n' "$COMMENT" | zip -q -z "$work/$1.zip")
  cp "$work/$1.zip" "$to/names.zip"
}

WHO=柳知远 UNIT=兴庆区梧桐实验小学 PROPERTY=兴庆区教研 HEADER=兴庆区梧桐实验小学 FOOTER=联系人13900006402 EDITOR=柳知远
DELETED=柳知远老师 BODY=柳知远老师 INSERTED=梧桐实验小学教务处和兴庆区教育局 HIDDEN=柳知远 HIDDENROW=柳知远 FOOTNOTE=柳知远执笔
ENDNOTE=账号nx64019988 COMMENTER=柳知远 COMMENT=请柳知远老师核对 TEXTBOX=柳知远工作室 ALT=柳知远在上课 NOTES=我是柳知远
LINK=http://example.org/柳知远 ATTACHED=柳知远的附件 PHOTO=柳知远 POSITION=yes FOLDERNAME=兴庆区梧桐实验小学 FILENAME=柳知远课件
make_twin leaky

WHO= UNIT=我校 PROPERTY=教研 HEADER=课堂案例 FOOTER=第一页 EDITOR=编辑
DELETED=任课老师 BODY=任课老师 INSERTED=教务处 HIDDEN=备用 HIDDENROW=备用 FOOTNOTE=集体执笔
ENDNOTE=平台数据 COMMENTER=编辑 COMMENT=请核对 TEXTBOX=工作室 ALT=教师在上课 NOTES=讲稿
LINK=http://example.org/page ATTACHED= PHOTO= POSITION= FOLDERNAME=课件 FILENAME=第一课
make_twin clean

# Files that break readers.
cp "$out/leaky/film.mp4" "$work/film.mp4"
head -c 6000 "$work/film.mp4" >"$out/hostile/truncated.mp4"
qpdf --encrypt open owner 256 -- "$out/clean/document.pdf" "$out/hostile/password.pdf"
head -c 4000 "$out/clean/document.pdf" >"$out/hostile/truncated.pdf"
cp "$out/clean/document.pdf" "$out/hostile/pdf-inside.docx"
head -c 5000 "$out/clean/document.docx" >"$out/hostile/truncated.docx"
: >"$out/hostile/empty.docx"
office doc "$work/clean/document.fodt" "$work/old" && cp "$work/old/document.doc" "$out/hostile/old.doc"
office rtf "$work/clean/document.fodt" "$work/old" && cp "$work/old/document.rtf" "$out/hostile/old.rtf"
office odt "$work/clean/document.fodt" "$work/old" && cp "$work/old/document.odt" "$out/hostile/open.odt"
(cd "$out/clean" && zip -q -e -P secret "$work/locked.zip" words.txt && cp "$work/locked.zip" "$out/hostile/locked.zip")
ffmpeg -v error -y -f lavfi -i "testsrc=size=1280x720:rate=5:duration=2" -pix_fmt yuv420p "$work/upright.mov"
exiftool -q -overwrite_original -Rotation=90 "$work/upright.mov" && cp "$work/upright.mov" "$out/hostile/upright-mov-named.mp4"
ffmpeg -v error -y -f lavfi -i "testsrc=size=640x480:rate=5:duration=2" -c:v mpeg4 "$out/hostile/small.avi"
ffmpeg -v error -y -f lavfi -i "sine=duration=1" "$out/hostile/sound-only.mp4"
du -sh "$out"
