//! `report -o brief.docx`: what is in the document, and what programs make of it.

use std::process::Command as Program;

use super::*;

fn fixture(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures").join(name);
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.file_stem().is_some_and(|stem| stem == name));
    files.sort();
    files.first().unwrap().to_str().unwrap().to_owned()
}

/// The paragraphs of a document: style and text.
fn paragraphs(path: &Path) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut body = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut body).unwrap();
    let one = |paragraph: &str| {
        let style = paragraph.split_once("<w:pStyle w:val=\"").and_then(|(_, rest)| rest.split_once('"'));
        let text: String = paragraph
            .split("<w:t xml:space=\"preserve\">")
            .skip(1)
            .filter_map(|rest| rest.split("</w:t>").next())
            .collect();
        let text =
            text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        (style.map_or("", |(style, _)| style).to_owned(), text)
    };
    body.split("<w:p>").skip(1).map(one).collect()
}

#[test]
fn a_brief_has_the_answer_the_issues_and_the_cards_in_quotations_of_the_source() {
    let folder = folder();
    for (name, expected) in [
        ("port-negotiation", ["Where they stand", "What each asks for"]),
        ("tahliya-baladiya", ["مواقف الأطراف", "ما يطلبه كل طرف"]),
    ] {
        let path = folder.path().join(format!("{name}.docx"));
        let source = fixture(name);
        stdout(folder.path(), &["report", &source, "-o", path.to_str().unwrap()]);
        let report = stdout(folder.path(), &["report", &source, "--format", "markdown", "-o", "-"]);
        let found = paragraphs(&path);
        let of_style = |wanted: &str| -> Vec<&str> {
            found.iter().filter(|(style, _)| style == wanted).map(|(_, text)| text.as_str()).collect()
        };
        assert_eq!(of_style("Title").len(), 1, "{name}");
        let chapters = of_style("Heading1");
        assert!(chapters.ends_with(&expected), "{name}: {chapters:?}");
        let quoted = of_style("Quote");
        assert!(quoted.len() > 5 && of_style("Source").len() == quoted.len(), "{name}: {quoted:?}");
        let words = |text: &str| {
            text.replace(['\\', '*', '>', '“', '”'], "").split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let page = words(&report);
        for quotation in quoted {
            assert!(page.contains(&words(quotation)), "{name}: {quotation}");
        }
        stdout(folder.path(), &["report", &source, "-o", path.to_str().unwrap()]);
    }
    rapporteur(folder.path()).args(["inspect", "."]).assert().success().stderr(contains(
        "port-negotiation.docx: left out, as it seems to be no transcript: it is a document of rapporteur",
    ));
}

#[test]
fn an_extension_that_is_not_written_is_refused_with_those_that_are() {
    let folder = folder();
    for file in ["brief.pdf", "brief.doc", "brief.odt"] {
        rapporteur(folder.path())
            .args(["report", "panel.txt", "-o", file])
            .assert()
            .code(2)
            .stderr(contains(".docx").and(contains(".html")).and(contains(".md")));
        assert!(!folder.path().join(file).exists());
    }
}

#[test]
fn word_processors_open_it() {
    let folder = folder();
    let path = folder.path().join("brief.docx");
    stdout(folder.path(), &["report", &fixture("tahliya-baladiya"), "-o", path.to_str().unwrap()]);
    let python = std::env::var("TABLES_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = "\
import docx, sys
document = docx.Document(sys.argv[1])
styles = [paragraph.style.name for paragraph in document.paragraphs]
assert styles[0] == 'Title' and 'Heading 1' in styles and 'Quote' in styles, styles
assert document.tables and document.tables[0].rows[0].cells[0].text == 'القضية'
assert document.core_properties.author == 'rapporteur'
right = [paragraph for paragraph in document.paragraphs if paragraph._p.pPr.find(docx.oxml.ns.qn('w:bidi')) is not None]
assert len(right) > 5, 'Arabic goes from right to left'
print('opened')";
    let installed = Program::new(&python).args(["-c", "import docx"]).output();
    if installed.is_ok_and(|output| output.status.success()) {
        let output = Program::new(&python).args(["-c", script]).arg(&path).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    } else {
        assert!(std::env::var_os("TABLES_PYTHON").is_none(), "{python} has no docx");
        eprintln!("skipped: {python} has no docx; pip install python-docx");
    }
    let convert = ["--headless", "--convert-to", "txt:Text (encoded):UTF8", "brief.docx"];
    match Program::new("soffice").args(convert).current_dir(folder.path()).output() {
        Ok(_) => {
            let text = std::fs::read_to_string(folder.path().join("brief.txt")).unwrap();
            assert!(text.contains("مواقف الأطراف"), "{text}");
        }
        Err(_) => eprintln!("skipped: there is no LibreOffice here"),
    }
}
