//! Writes PDF documents of lines of text: one font of two-byte codes, whose table says which characters they are.

use std::fmt::Write as _;

/// The size of the characters and the distance of the lines, in points.
const SIZE: f64 = 10.0;
const LEADING: f64 = 14.0;
/// The height of a page.
const HEIGHT: f64 = 842.0;

/// A line of a page: where it begins from the left and from the top, and what it says.
pub(crate) type Line<'a> = (f64, f64, &'a str);

/// Lines below each other, from the top of the page.
pub(crate) fn below<'a>(lines: impl IntoIterator<Item = &'a str>) -> Vec<Line<'a>> {
    let mut y = 60.0;
    let place = |text| {
        y += LEADING;
        (72.0, y, text)
    };
    lines.into_iter().map(place).collect()
}

/// A document of pages of lines.
pub(crate) fn document(pages: &[Vec<Line>]) -> Vec<u8> {
    let mut characters: Vec<char> = pages.iter().flatten().flat_map(|(_, _, text)| text.chars()).collect();
    characters.sort_unstable();
    characters.dedup();
    let numbers: Vec<usize> = (0..pages.len()).map(|page| 6 + 2 * page).collect();
    let kids: String = numbers.iter().map(|number| format!("{number} 0 R ")).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len()),
        "<< /Type /Font /Subtype /Type0 /BaseFont /Plain /Encoding /Identity-H /DescendantFonts [4 0 R] \
         /ToUnicode 5 0 R >>"
            .to_owned(),
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Plain /DW 500 /CIDSystemInfo << /Registry (Adobe) \
         /Ordering (Identity) /Supplement 0 >> >>"
            .to_owned(),
        stream(&table(&characters)),
    ];
    for (page, number) in pages.iter().zip(&numbers) {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 {HEIGHT}] /Resources << /Font << /F 3 0 R >> >> \
             /Contents {} 0 R >>",
            number + 1
        ));
        objects.push(stream(&content(page, &characters)));
    }
    written(&objects)
}

/// The operators that show the lines of a page.
fn content(page: &[Line], characters: &[char]) -> String {
    let mut operators = format!("BT /F {SIZE} Tf\n");
    for (x, y, text) in page {
        let codes: String = text.chars().map(|c| format!("{:04X}", code(c, characters))).collect();
        let _ = writeln!(operators, "1 0 0 1 {x} {} Tm <{codes}> Tj", HEIGHT - y);
    }
    operators + "ET"
}

fn code(c: char, characters: &[char]) -> usize {
    1 + characters.binary_search(&c).expect("a listed character")
}

/// What each code stands for.
fn table(characters: &[char]) -> String {
    let mut table = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n\
                     1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        .to_owned();
    for chunk in characters.chunks(100) {
        let _ = writeln!(table, "{} beginbfchar", chunk.len());
        for &c in chunk {
            let units: String =
                c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("{unit:04X}")).collect();
            let _ = writeln!(table, "<{:04X}> <{units}>", code(c, characters));
        }
        table.push_str("endbfchar\n");
    }
    table + "endcmap end end"
}

fn stream(content: &str) -> String {
    format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len())
}

/// The objects as a file, with the table of their places.
pub(crate) fn written(objects: &[String]) -> Vec<u8> {
    let mut file = "%PDF-1.7\n".to_owned();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(file.len());
        let _ = write!(file, "{} 0 obj\n{object}\nendobj\n", at + 1);
    }
    let table = file.len();
    let _ = write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    places.iter().for_each(|place| {
        let _ = writeln!(file, "{place:010} 00000 n ");
    });
    let _ =
        write!(file, "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1);
    file.into_bytes()
}
