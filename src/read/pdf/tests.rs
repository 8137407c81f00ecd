//! PDF documents of a browser, of a typesetting library, and made up byte by byte.

use super::super::read;
use super::super::tests::turns;
use crate::model::Session;

fn sample(name: &str) -> Session {
    let path = format!("{}/tests/samples/{name}", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(&path).expect("a sample");
    read(&bytes, name, None).expect("a transcript").sessions.remove(0)
}

#[test]
fn a_printed_page_is_read_without_its_heads_and_feet() {
    let session = sample("pdf.pdf");
    let turns = turns(&session);
    assert_eq!(turns.len(), 10);
    assert_eq!(turns[3].0, "Harbour Master Lind");
    assert_eq!(
        turns[3].1.split_whitespace().collect::<Vec<_>>().join(" "),
        "From the harbour’s side there is no objection. The berth is free at night. What we would need is light on the \
         east pier, and a second deckhand from November to March, because the boarding ramp freezes."
    );
    assert_eq!((session.title.as_str(), session.date.as_str()), ("Harbour Council", "2024-03-12"));
    assert!(!session.text.contains("verbatim record"));
    // The letters of a ligature are letters.
    assert!(turns[0].1.contains("floor."));
}

#[test]
fn columns_are_read_one_after_the_other_and_divided_words_are_joined() {
    let session = sample("pdf-columns.pdf");
    let turns = turns(&session);
    let names: Vec<&str> = turns.iter().map(|(name, _)| *name).collect();
    assert_eq!(
        names,
        ["The President", "Mrs Aalto", "Mr Petrov", "Ms Conti", "Mr Lindqvist", "Mrs Aalto", "The President"]
    );
    let said = turns[4].1.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("no cod in ten years, on the islands or anywhere else."), "{said}");
    assert!(!session.text.contains("Coastal Assembly"));
}

#[test]
fn numbers_of_lines_are_no_speech() {
    let session = sample("pdf-court.pdf");
    let turns = turns(&session);
    let names: Vec<&str> = turns.iter().map(|(name, _)| *name).collect();
    assert_eq!(turns.len(), 10, "{names:?}");
    let said = turns[6].1.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(
        (turns[6].0, said.as_str()),
        (
            "THE WITNESS",
            "The sirens went twice. I did not ring the campsite myself, and I have regretted it since. The list that \
             we had was two years old."
        )
    );
}

/// A document of one page with this content and these other objects after the page.
fn page(content: &str, font: &str, others: &[String]) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let stream = format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len());
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> \
                /XObject << /X 6 0 R >> >> >>";
    let fixed = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page,
        &stream,
        font,
    ];
    for (at, object) in fixed.into_iter().chain(others.iter().map(String::as_str)).enumerate() {
        file.extend(format!("{} 0 obj\n{object}\nendobj\n", at + 1).into_bytes());
    }
    file.extend(b"trailer << /Root 1 0 R >>\n%%EOF\n");
    file
}

fn failure(bytes: &[u8]) -> String {
    read(bytes, "a.pdf", None).expect_err("nothing to read").to_string()
}

#[test]
fn pictures_and_fonts_without_characters_are_refused_with_a_remedy() {
    let helvetica = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";
    let empty = failure(&page("0 0 100 100 re f", helvetica, &[]));
    assert!(empty.contains("pictures") && empty.contains("OCR"), "{empty}");
    let codes = "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [] >>";
    let unknown = failure(&page("BT /F 10 Tf 72 700 Td <00010002> Tj ET", codes, &[]));
    assert!(unknown.contains("2 of 2 characters") && unknown.contains("OCR"), "{unknown}");
    let broken = failure(b"%PDF-1.7\nnothing else");
    assert!(broken.contains("broken"), "{broken}");
}

#[test]
fn content_that_is_drawn_within_content_without_end_is_refused() {
    let form = |content: &str, next: usize| {
        format!(
            "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {next} 0 R >> /Font << /F 5 0 R >> \
             >> /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        )
    };
    let helvetica = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";
    let nested: Vec<String> = (7..40).map(|next| form("/X Do", next)).collect();
    let found = failure(&page("/X Do", helvetica, &nested));
    assert!(found.contains("more than any text needs"), "{found}");
    // Content that draws itself is drawn once.
    let own = [form("/X Do BT /F 10 Tf 72 700 Td (Ann: Yes.) Tj T* ET", 6)];
    assert!(failure(&page("/X Do", helvetica, &own)).contains("no turns"));
}

#[test]
fn simple_fonts_have_their_encodings() {
    let font = "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding << /BaseEncoding /WinAnsiEncoding \
                /Differences [1 /eacute /fi 3 /quoteright] >> >>";
    let content = "BT /F 10 Tf 14 TL 72 700 Td (Ann Lee: Caf\\001s, \\002sh, and Bo\\003s \\(old\\) boat.) Tj T* \
                   [(Bo Ek: W) 80 (e s) -20 (ell it) -300 (now.)] TJ T* (Ann Lee: No.) Tj ET";
    let session = read(&page(content, font, &[]), "a.pdf", None).expect("a transcript").sessions.remove(0);
    assert_eq!(
        turns(&session),
        [("Ann Lee", "Cafés, fish, and Bo’s (old) boat."), ("Bo Ek", "We sell it now."), ("Ann Lee", "No.")]
    );
}
