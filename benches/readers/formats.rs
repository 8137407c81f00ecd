//! An invented session in each format.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use super::talk::{Talk, Turn};

/// A format, or a dialect of one, and how a session is written in it.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) format: &'static str,
    pub(crate) extension: &'static str,
    pub(crate) make: fn(&Talk) -> Source,
}

/// A session as a file.
pub(crate) struct Source {
    /// Its text; of an archive, what is inside.
    pub(crate) text: Vec<u8>,
    /// The archive.
    pub(crate) packed: Option<Vec<u8>>,
}

const fn case(
    name: &'static str,
    format: &'static str,
    extension: &'static str,
    make: fn(&Talk) -> Source,
) -> Case {
    Case { name, format, extension, make }
}

#[rustfmt::skip]
pub(crate) const CASES: &[Case] = &[
    case("vtt", "vtt", "vtt", |talk| text("WEBVTT\n\n", talk, |turn| cues(turn, '.', |part| format!("<v {}>{part}", turn.name())), "")),
    case("srt", "srt", "srt", |talk| text("", talk, |turn| cues(turn, ',', |part| format!("{}: {part}", turn.name())), "")),
    case("ass", "ass", "ass", |talk| text(ASS, talk, dialogue, "")),
    case("docx", "docx", "docx", docx),
    case("odt", "odt", "odt", odt),
    case("pdf", "pdf", "pdf", pdf),
    case("tei", "tei", "xml", |talk| text(TEI, talk, |turn| format!("<note type=\"speaker\">{}:</note><u who=\"#s{}\">{}</u>\n", turn.name(), turn.speaker, tagged(turn, "seg")), "</div></body></text></TEI>")),
    case("akomantoso", "akomantoso", "xml", |talk| text(AKOMA_NTOSO, talk, |turn| format!("<speech by=\"#s{}\"><from>{}:</from>{}</speech>\n", turn.speaker, turn.name(), tagged(turn, "p")), "</debateSection></debateBody></debate></akomaNtoso>")),
    case("hansard", "hansard", "xml", |talk| text("<publicwhip><major-heading id=\"a\">Night ferry</major-heading>\n", talk, |turn| format!("<speech id=\"s{}\" speakername=\"{}\">{}</speech>\n", turn.number, turn.name(), tagged(turn, "p")), "</publicwhip>")),
    case("ecpc", "ecpc", "xml", |talk| text(ECPC, talk, |turn| format!("<intervention id=\"{}\"><speaker><name>{}</name><post>NA</post></speaker><speech>{}</speech></intervention>\n", turn.number, turn.name(), turn.sentences.join("\n")), "</chair></body></ecpc_XX>")),
    case("bundestag", "bundestag", "xml", |talk| text(BUNDESTAG, talk, |turn| format!("<rede id=\"{}\"><p klasse=\"redner\"><redner id=\"{}\"/>{} (Insel):</p>{}</rede>\n", turn.number, turn.speaker, turn.name(), turn.sentences.iter().map(|sentence| format!("<p klasse=\"J\">{sentence}</p>")).collect::<String>()), "</tagesordnungspunkt></sitzungsverlauf></dbtplenarprotokoll>")),
    case("europarl", "europarl", "txt", |talk| text("<CHAPTER ID=\"1\">\nNight ferries (debate)\n", talk, |turn| format!("<SPEAKER ID=\"{}\" NAME=\"{}\">\n{}\n", turn.number, turn.name(), turn.sentences.join("\n<P>\n")), "")),
    case("html", "html", "html", |talk| text(HTML, talk, |turn| format!("<p><strong>{}:</strong> {}</p>\n<p>{}</p>\n", turn.name(), turn.sentences[0], turn.sentences[1..].join(" ")), "</body></html>")),
    case("captions", "captions", "txt", |talk| text("Ferry Forum 2025\n\n***\n\n", talk, |turn| format!(">> {}: {}\n\n{}\n\n", turn.name().to_uppercase(), turn.sentences[0], turn.sentences[1..].join(" ")), "")),
    case("irc", "irc", "log", |talk| text("", talk, irc, "")),
    case("un", "un", "txt", |talk| text(UN, talk, |turn| format!("Ms. {} (Pelagia): {}\n\n", surname(turn), turn.text()), "")),
    case("otter", "otter", "txt", |talk| text("", talk, |turn| format!("{}  {}\n{}\n\n", turn.name(), clock(turn.milliseconds(0)), turn.text()), "")),
    case("digwatch", "digwatch", "txt", digwatch),
    case("qmsum", "qmsum", "json", |talk| text("{\"meeting_transcripts\": [\n", talk, |turn| format!("{}{{\"speaker\": \"{}\", \"content\": \"{}\"}}\n", comma(turn), turn.name(), turn.text()), "]}")),
    case("asr, segments", "asr", "json", |talk| text("{\"segments\": [\n", talk, |turn| format!("{}{{\"start\": {}, \"end\": {}, \"text\": \" {}\", \"speaker\": \"SPEAKER_0{}\"}}\n", comma(turn), turn.milliseconds(0) / 1000, turn.milliseconds(9) / 1000, turn.text(), turn.speaker), "], \"language\": \"en\"}")),
    case("asr, words", "asr", "json", |talk| text("{\"results\": {\"channels\": [{\"alternatives\": [{\"transcript\": \"\", \"words\": [\n", talk, words, "]}]}]}}")),
    case("jsonl", "jsonl", "jsonl", |talk| text("", talk, |turn| format!("{{\"session\": \"ferry\", \"speaker\": \"{}\", \"text\": \"{}\"}}\n", turn.name(), turn.text()), "")),
    case("jsonl, sessions", "jsonl", "jsonl", sessions),
    case("csv", "csv", "csv", |talk| text("start,end,speaker,text\n", talk, |turn| format!("{},{},{},\"{}\"\n", turn.milliseconds(0) / 1000, turn.milliseconds(9) / 1000, turn.name(), turn.text()), "")),
    case("markdown", "markdown", "md", |talk| text("# 4 March 2025 Timetable committee\n\n## Winter timetable\n\n", talk, |turn| format!("**{}:** {}\n\n{}\n\n", turn.name(), turn.sentences[0], turn.sentences[1..].join(" ")), "")),
    case("plain", "plain", "txt", |talk| text("", talk, |turn| format!("{}: {}\n\n", turn.name(), turn.text()), "")),
    case("plain, proceedings", "plain", "txt", |talk| text("", talk, |turn| format!("Mr {} (Eastbank)—{}\n\n", surname(turn).to_uppercase(), turn.text()), "")),
];

const ASS: &str = "[Script Info]\nScriptType: v4.00+\n\n[Events]\n\
    Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n";
const TEI: &str = "<?xml version=\"1.0\"?>\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><text><body><div><head>Ferry</head>\n";
const AKOMA_NTOSO: &str = "<akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\"><debate name=\"f\">\
    <meta/><debateBody><debateSection name=\"s\"><heading>Night ferry</heading>\n";
const ECPC: &str =
    "<ecpc_XX><header language=\"EN\"><title>NIGHT FERRY</title></header><body><chair who=\"NA\">\n";
const BUNDESTAG: &str =
    "<dbtplenarprotokoll sitzung-datum=\"04.03.2025\"><sitzungsverlauf><tagesordnungspunkt>\n";
const HTML: &str = "<!DOCTYPE html>\n<html lang=\"en\"><head><title>Night ferry</title></head><body>\n";
const UN: &str = "United Nations                                   S/PV.99998\n\nSecurity Council\n\n\
    President: Mr. Okoro . . . . . . . . . . . . . (Kestria)\n\nThe meeting was called to order at 10.05 a.m.\n\n";

/// A text: what stands above, its turns, what stands below.
fn text(above: &str, talk: &Talk, turn: impl Fn(&Turn) -> String, below: &str) -> Source {
    let turns: String = talk.turns.iter().map(turn).collect();
    Source { text: format!("{above}{turns}{below}").into_bytes(), packed: None }
}

fn comma(turn: &Turn) -> &'static str {
    if turn.number == 0 { "" } else { "," }
}

fn surname(turn: &Turn) -> &'static str {
    turn.name().rsplit(' ').next().unwrap_or_default()
}

fn tagged(turn: &Turn, tag: &str) -> String {
    turn.sentences.iter().map(|sentence| format!("<{tag}>{sentence}</{tag}>")).collect()
}

/// `h:mm:ss` of milliseconds.
fn clock(milliseconds: usize) -> String {
    let seconds = milliseconds / 1000;
    format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// A cue for each sentence.
fn cues(turn: &Turn, point: char, payload: impl Fn(&str) -> String) -> String {
    let mut cues = String::new();
    for (n, sentence) in turn.sentences.iter().enumerate() {
        let [start, end] = [n * 3, n * 3 + 3].map(|tenth| clock(turn.milliseconds(tenth)));
        let number = turn.number * turn.sentences.len() + n + 1;
        let _ = write!(
            cues,
            "{number}\n{start:0>8}{point}000 --> {end:0>8}{point}000\n{}\n\n",
            payload(sentence)
        );
    }
    cues
}

fn dialogue(turn: &Turn) -> String {
    let mut lines = String::new();
    for (n, sentence) in turn.sentences.iter().enumerate() {
        let [start, end] = [n * 3, n * 3 + 3].map(|tenth| clock(turn.milliseconds(tenth)));
        let _ = writeln!(lines, "Dialogue: 0,{start}.00,{end}.00,Default,{},0,0,0,,{sentence}", turn.name());
    }
    lines
}

fn irc(turn: &Turn) -> String {
    let mut lines = String::new();
    for (n, sentence) in turn.sentences.iter().enumerate() {
        let label = if n == 0 { format!("{}:", turn.name().replace(' ', "_")) } else { "...".to_owned() };
        let second = turn.number % 86_400;
        let time = format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
        let _ = writeln!(lines, "[{time}] <scribe> {label} {sentence}");
    }
    lines
}

/// The words of a turn, each with its times.
fn words(turn: &Turn) -> String {
    let mut listed = String::new();
    for (n, word) in turn.words().enumerate() {
        let comma = if n == 0 { comma(turn) } else { "," };
        let start = turn.milliseconds(0) as f64 / 1000.0 + n as f64 / 10.0;
        let _ = writeln!(
            listed,
            "{comma}{{\"word\": \"{word}\", \"start\": {start:.1}, \"end\": {:.1}, \"confidence\": 0.98, \"speaker\": {}}}",
            start + 0.1,
            turn.speaker
        );
    }
    listed
}

/// Turns of a session of a corpus.
const TURNS: usize = 300;

/// A session on each line.
fn sessions(talk: &Talk) -> Source {
    let session = |(number, turns): (usize, &[Turn])| {
        let turn =
            |turn: &Turn| format!("{{\"speaker\": \"{}\", \"text\": \"{}\"}}", turn.name(), turn.text());
        let turns: Vec<String> = turns.iter().map(turn).collect();
        format!("{{\"id\": \"s{number}\", \"turns\": [{}]}}\n", turns.join(", "))
    };
    let lines: String = talk.turns.chunks(TURNS).enumerate().map(session).collect();
    Source { text: lines.into_bytes(), packed: None }
}

fn digwatch(talk: &Talk) -> Source {
    let above = "Session\n\n14 Mar 2025 09:00h - 10:30h\n\nFull session report\n\nWho pays for the ferry\n\n\
        The panel did not agree.\n\nSession transcript\n\n";
    let below = "AL\n\nAnn Lee\n\nSpeech speed\n\n150 words per minute\n\nSpeech length\n\n40 words\n\nSpeech time\n\n16 secs\n";
    text(above, talk, |turn| format!("{}:\n{}\n\n", turn.name(), turn.text()), below)
}

fn docx(talk: &Talk) -> Source {
    const ABOVE: &str = "<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>";
    let paragraph = |turn: &Turn| {
        format!(
            "<w:p><w:pPr><w:spacing w:after=\"120\"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{}: </w:t></w:r>\
             <w:r><w:t>{}</w:t></w:r></w:p>",
            turn.name(),
            turn.text()
        )
    };
    archive(text(ABOVE, talk, paragraph, "</w:body></w:document>"), "word/document.xml")
}

fn odt(talk: &Talk) -> Source {
    const ABOVE: &str = "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
        xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:text>";
    let paragraph = |turn: &Turn| {
        format!(
            "<text:p><text:span text:style-name=\"T1\">{}:</text:span> {}</text:p>",
            turn.name(),
            turn.text()
        )
    };
    archive(
        text(ABOVE, talk, paragraph, "</office:text></office:body></office:document-content>"),
        "content.xml",
    )
}

fn archive(source: Source, part: &str) -> Source {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (part, bytes) in [("mimetype", &b"application/vnd.oasis.opendocument.text"[..]), (part, &source.text)]
    {
        archive.start_file(part, zip::write::SimpleFileOptions::default()).expect("an archive");
        archive.write_all(bytes).expect("an archive");
    }
    Source { packed: Some(archive.finish().expect("an archive").into_inner()), ..source }
}

/// Lines of a page, and characters of a line, of a PDF document.
const PAGE: (usize, usize) = (45, 80);

/// A document of pages in one font, without compression.
fn pdf(talk: &Talk) -> Source {
    let lines: Vec<String> =
        talk.turns.iter().flat_map(|turn| wrapped(&format!("{}: {}", turn.name(), turn.text()))).collect();
    let pages: Vec<&[String]> = lines.chunks(PAGE.0).collect();
    let kids: String = (0..pages.len()).map(|page| format!("{} 0 R ", 4 + 2 * page)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Kids[{kids}]/Count {}>>", pages.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
    ];
    for (number, page) in pages.iter().enumerate() {
        let mut content = String::from("BT /F1 11 Tf 15 TL 60 780 Td\n");
        for line in *page {
            let _ = writeln!(content, "({line}) Tj T*");
        }
        content.push_str("ET");
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents {} 0 R>>",
            5 + 2 * number
        ));
        objects.push(format!("<</Length {}>>stream\n{content}\nendstream", content.len()));
    }
    Source { text: written(&objects).into_bytes(), packed: None }
}

fn wrapped(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        if lines.last().is_some_and(|line| line.len() + word.len() >= PAGE.1) {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(if line.is_empty() { "" } else { " " });
            line.push_str(word);
        }
    }
    lines
}

/// The objects of a PDF document with the table that says where each is.
fn written(objects: &[String]) -> String {
    let mut document = String::from("%PDF-1.4\n");
    let mut places = String::new();
    for (number, object) in objects.iter().enumerate() {
        let _ = writeln!(places, "{:010} 00000 n ", document.len());
        let _ = write!(document, "{} 0 obj\n{object}\nendobj\n", number + 1);
    }
    let (size, at) = (objects.len() + 1, document.len());
    let _ = write!(
        document,
        "xref\n0 {size}\n0000000000 65535 f \n{places}trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{at}\n%%EOF\n"
    );
    document
}
