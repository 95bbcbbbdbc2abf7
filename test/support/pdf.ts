/**
 * A PDF with a layer of text, as programs write it: each glyph has a number, and a table says which letters it stands for. No font is embedded, since only the text is read.
 *
 * @param pages lines of glyphs in the order in which they stand in the file, each glyph the letters that the table has for it
 */
export function pdfOf(pages: readonly (readonly (readonly string[])[])[]): Buffer {
  const glyphs = [...new Set(pages.flat(2))];
  const numberOf = (glyph: string): string => (glyphs.indexOf(glyph) + 1).toString(16).padStart(4, '0');
  const table = glyphs.map((glyph) => `<${numberOf(glyph)}> <${Buffer.from(glyph, 'utf16le').swap16().toString('hex')}>`);
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, i) => `${6 + 2 * i} 0 R`).join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /Urdu /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>',
    '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Urdu /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 /CIDToGIDMap /Identity /FontDescriptor << /Type /FontDescriptor /FontName /Urdu /Flags 4 /FontBBox [0 -300 1000 900] /ItalicAngle 0 /Ascent 900 /Descent -300 /CapHeight 700 /StemV 80 >> >>',
    stream(
      `/CIDInit /ProcSet findresource begin begincmap /CMapName /U def /CMapType 2 def 1 begincodespacerange <0000> <ffff> endcodespacerange\n${table.length} beginbfchar\n${table.join('\n')}\nendbfchar endcmap end`,
    ),
    ...pages.flatMap((lines, i) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1200 1200] /Resources << /Font << /F 3 0 R >> >> /Contents ${7 + 2 * i} 0 R >>`,
      stream(lines.map((line, row) => `BT /F 12 Tf 1 0 0 1 50 ${1150 - 24 * row} Tm <${line.map(numberOf).join('')}> Tj ET`).join('\n')),
    ]),
  ];
  let file = '%PDF-1.7\n';
  const places = objects.map((object, i) => {
    const place = file.length;
    file += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return String(place).padStart(10, '0');
  });
  return Buffer.from(
    `${file}xref\n0 ${places.length + 1}\n0000000000 65535 f \n${places.map((place) => `${place} 00000 n \n`).join('')}trailer << /Size ${places.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`,
    'latin1',
  );
}

const stream = (content: string): string => `<< /Length ${content.length} >>\nstream\n${content}\nendstream`;
