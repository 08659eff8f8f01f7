#!/bin/sh
# Rebuilds the DOCX and PDF files of the sample handbook from the sources in this folder.
# WeasyPrint rather than a browser: it embeds real CJK fonts, a browser embeds one Type 3 font per 5 glyphs.
set -eu
cd "$(dirname "$0")"
book=../handbook
# A fixed date: an unchanged source gives an unchanged file.
export SOURCE_DATE_EPOCH=1763596800

docx() { pandoc --from markdown-smart --reference-doc reference.docx "$1" --output "$book/$2"; }
pdf() { weasyprint --quiet "$1" "$book/$2"; }

docx expenses.md everyone/expenses.docx
docx travel-and-expenses-zh.md everyone/travel-and-expenses-zh.docx
docx disciplinary-procedure.md hr/disciplinary-procedure.docx
pdf benefits.html everyone/benefits.pdf
pdf suzhou-office-zh.html everyone/suzhou-office-zh.pdf
pdf firmware-update.html support/firmware-update.pdf
