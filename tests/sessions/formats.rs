//! How each input format writes a made-up session.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use serde_json::json;

use super::{Case, pdf};

/// An input format: its name, what of a case it can hold, and how it writes that.
#[derive(Debug)]
pub(crate) struct Format {
    pub(crate) name: &'static str,
    hold: fn(&Case) -> Case,
    write: Writer,
}

#[derive(Debug)]
enum Writer {
    Text(fn(&Case) -> String),
    Bytes(fn(&Case) -> Vec<u8>),
}

impl Format {
    /// The case as the format can hold it, and that written down.
    pub(crate) fn render(&self, case: &Case) -> (Case, Vec<u8>) {
        let held = (self.hold)(case);
        let written = match self.write {
            Writer::Text(write) => write(&held).into_bytes(),
            Writer::Bytes(write) => write(&held),
        };
        (held, written)
    }
}

/// Every input format, in the order of its own table.
pub(crate) const FORMATS: &[Format] = &[
    Format { name: "vtt", hold: Case::merged, write: Writer::Text(vtt) },
    Format { name: "srt", hold: Case::merged, write: Writer::Text(srt) },
    Format { name: "ass", hold: Case::merged, write: Writer::Text(ass) },
    Format { name: "docx", hold: Case::clone, write: Writer::Bytes(docx) },
    Format { name: "odt", hold: Case::clone, write: Writer::Bytes(odt) },
    Format { name: "pdf", hold: Case::clone, write: Writer::Bytes(paged) },
    Format { name: "tei", hold: Case::clone, write: Writer::Text(tei) },
    Format { name: "akomantoso", hold: Case::clone, write: Writer::Text(akomantoso) },
    Format { name: "hansard", hold: Case::clone, write: Writer::Text(hansard) },
    Format { name: "ecpc", hold: Case::clone, write: Writer::Text(ecpc) },
    Format { name: "bundestag", hold: Case::clone, write: Writer::Text(bundestag) },
    Format { name: "europarl", hold: Case::clone, write: Writer::Text(europarl) },
    Format { name: "html", hold: Case::clone, write: Writer::Text(html) },
    Format { name: "captions", hold: Case::clone, write: Writer::Text(captions) },
    Format { name: "irc", hold: with_lines, write: Writer::Text(irc) },
    Format { name: "un", hold: with_countries, write: Writer::Text(un) },
    Format { name: "otter", hold: Case::clone, write: Writer::Text(otter) },
    Format { name: "digwatch", hold: Case::clone, write: Writer::Text(digwatch) },
    Format { name: "qmsum", hold: Case::clone, write: Writer::Text(qmsum) },
    Format { name: "asr", hold: Case::merged, write: Writer::Text(asr) },
    Format { name: "jsonl", hold: Case::clone, write: Writer::Text(jsonl) },
    Format { name: "csv", hold: Case::clone, write: Writer::Text(csv) },
    Format { name: "markdown", hold: Case::clone, write: Writer::Text(markdown) },
    Format { name: "plain", hold: Case::clone, write: Writer::Text(plain) },
];

fn plain(case: &Case) -> String {
    case.turns.iter().map(|(speaker, text)| format!("{speaker}: {text}\n")).collect()
}

fn digwatch(case: &Case) -> String {
    let mut page = "Harbours in the night\n\n3 May 2023 10:00h\n\nSession report\n\nThey met.\n\n".to_owned();
    page.push_str("Session transcript\n\n");
    for (speaker, text) in &case.turns {
        let _ = write!(page, "{speaker}:\n{text}\n\n");
    }
    let mut speakers: Vec<&str> = case.turns.iter().map(|(speaker, _)| speaker.as_str()).collect();
    speakers.sort_unstable();
    speakers.dedup();
    for speaker in speakers {
        let _ = write!(
            page,
            "{speaker}\n\nSpeech speed\n\n150 words per minute\n\nSpeech length\n\n1,000 words\n\nSpeech time\n\n400 secs\n\n"
        );
    }
    page
}

fn markdown(case: &Case) -> String {
    let turns = case.turns.iter().map(|(speaker, text)| format!("{speaker}: {text}\n\n"));
    "# Harbour meeting\n\n## Fares\n\n".chars().map(String::from).chain(turns).collect()
}

fn qmsum(case: &Case) -> String {
    let turns: Vec<_> =
        case.turns.iter().map(|(speaker, text)| json!({"speaker": speaker, "content": text})).collect();
    json!({"topic_list": [], "general_query_list": [], "specific_query_list": [], "meeting_transcripts": turns})
        .to_string()
}

fn jsonl(case: &Case) -> String {
    case.turns
        .iter()
        .map(|(speaker, text)| json!({"session": "s", "speaker": speaker, "text": text}).to_string() + "\n")
        .collect()
}

fn csv(case: &Case) -> String {
    let quoted = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\""));
    let rows = case.turns.iter().map(|(speaker, text)| format!("{},{}\n", quoted(speaker), quoted(text)));
    "speaker,text\n".chars().map(String::from).chain(rows).collect()
}

/// The time of turn `at` and of its end, ten seconds a turn, with a separator before the fraction.
fn times(at: usize, separator: char) -> (String, String) {
    let time = |seconds: usize| format!("00:{:02}:{:02}{separator}000", seconds / 60 % 60, seconds % 60);
    (time(10 * at), time(10 * at + 9))
}

fn vtt(case: &Case) -> String {
    let mut page = "WEBVTT\n\n".to_owned();
    for (at, (speaker, text)) in case.turns.iter().enumerate() {
        let (start, end) = times(at, '.');
        let _ = write!(page, "{start} --> {end}\n<v {speaker}>{text}</v>\n\n");
    }
    page
}

fn srt(case: &Case) -> String {
    let mut page = String::new();
    for (at, (speaker, text)) in case.turns.iter().enumerate() {
        let (start, end) = times(at, ',');
        let _ = write!(page, "{}\n{start} --> {end}\n{speaker}: {text}\n\n", at + 1);
    }
    page
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// The number of a turn's speaker, as its identifier.
fn number(case: &Case, speaker: &str) -> usize {
    case.speakers().iter().position(|known| *known == speaker).unwrap_or(0)
}

fn tei(case: &Case) -> String {
    let persons = case.speakers().into_iter().enumerate();
    let persons: String = persons
        .map(|(id, name)| format!("<person xml:id=\"p{id}\"><persName>{}</persName></person>", escaped(name)))
        .collect();
    let speeches: String = case
        .turns
        .iter()
        .map(|(speaker, text)| {
            format!("<u who=\"#p{}\"><seg>{}</seg></u>\n", number(case, speaker), escaped(text))
        })
        .collect();
    format!(
        "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><teiHeader><particDesc><listPerson>{persons}</listPerson></particDesc>\
         </teiHeader><text><body><div>\n{speeches}</div></body></text></TEI>\n"
    )
}

fn akomantoso(case: &Case) -> String {
    let persons = case.speakers().into_iter().enumerate();
    let persons: String = persons
        .map(|(id, name)| format!("<TLCPerson eId=\"p{id}\" showAs=\"{}\"/>", escaped(name)))
        .collect();
    let speeches: String = case
        .turns
        .iter()
        .map(|(speaker, text)| {
            let id = number(case, speaker);
            format!(
                "<speech by=\"#p{id}\"><from>{}</from><p>{}</p></speech>\n",
                escaped(speaker),
                escaped(text)
            )
        })
        .collect();
    format!(
        "<akomaNtoso><debate><meta><references>{persons}</references></meta><debateBody>\n{speeches}</debateBody>\
         </debate></akomaNtoso>\n"
    )
}

fn hansard(case: &Case) -> String {
    let speeches: String = case
        .turns
        .iter()
        .map(|(speaker, text)| {
            format!("<speech speakername=\"{}\"><p>{}</p></speech>\n", escaped(speaker), escaped(text))
        })
        .collect();
    format!("<publicwhip>\n<major-heading>Harbours</major-heading>\n{speeches}</publicwhip>\n")
}

fn ass(case: &Case) -> String {
    let mut page = "[Script Info]\nScriptType: v4.00+\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, \
                    MarginV, Effect, Text\n"
        .to_owned();
    for (at, (speaker, text)) in case.turns.iter().enumerate() {
        let (start, end) = times(at, '.');
        let _ = writeln!(page, "Dialogue: 0,{start},{end},Default,{speaker},0,0,0,,{text}");
    }
    page
}

fn ecpc(case: &Case) -> String {
    let speeches: String = case
        .turns
        .iter()
        .map(|(speaker, text)| {
            format!(
                "<intervention><speaker><name>{}</name></speaker><speech>{}</speech></intervention>\n",
                escaped(speaker),
                escaped(text)
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\"?>\n<!DOCTYPE ecpc_XX SYSTEM \"xx.dtd\">\n<ecpc_XX><header><title>Harbours</title></header><body>\n\
         {speeches}</body></ecpc_XX>\n"
    )
}

fn bundestag(case: &Case) -> String {
    let speeches: String = case
        .turns
        .iter()
        .map(|(speaker, text)| {
            let speaker = escaped(speaker);
            format!(
                "<rede><p klasse=\"redner\"><redner><name>{speaker}</name></redner>{speaker}:</p><p klasse=\"J\">{}</p></rede>\n",
                escaped(text)
            )
        })
        .collect();
    format!("<dbtplenarprotokoll><sitzungsverlauf>\n{speeches}</sitzungsverlauf></dbtplenarprotokoll>\n")
}

fn europarl(case: &Case) -> String {
    let turns = case.turns.iter().enumerate();
    let turns =
        turns.map(|(at, (speaker, text))| format!("<SPEAKER ID=\"{at}\" NAME=\"{speaker}\">\n{text}\n"));
    ["<CHAPTER ID=\"1\">\nHarbours\n".to_owned()].into_iter().chain(turns).collect()
}

/// Lines of a voice that follow each other are a turn.
fn with_lines(case: &Case) -> Case {
    let mut turns: Vec<(String, String)> = Vec::new();
    for (speaker, text) in &case.turns {
        match turns.last_mut().filter(|(last, _)| last == speaker) {
            Some((_, said)) => *said = format!("{said}\n{text}"),
            None => turns.push((speaker.clone(), text.clone())),
        }
    }
    Case { turns }
}

fn irc(case: &Case) -> String {
    let mut log = "[17:00:00] <Sam> present+\n[17:00:00] <Sam> scribe+\n".to_owned();
    for (speaker, text) in &case.turns {
        for line in text.split('\n') {
            let _ = writeln!(log, "[17:00:01] <Sam> {speaker}: {line}");
        }
    }
    log
}

fn captions(case: &Case) -> String {
    case.turns.iter().map(|(speaker, text)| format!(">> {speaker}: {text}\n\n")).collect()
}

/// Records of the United Nations name a person and the country.
fn with_countries(case: &Case) -> Case {
    case.relabelled(|speaker| match speaker {
        "The Chair" => "The President".to_owned(),
        name => format!("Mr. {} (Kestria)", name.replace('_', " ")),
    })
}

fn un(case: &Case) -> String {
    let head =
        "United Nations S/PV.99998\n\nSecurity Council\n\nThe meeting was called to order at 10 a.m.\n\n";
    let turns = case.turns.iter().map(|(speaker, text)| format!("{speaker}: {text}\n\n"));
    [head.to_owned()].into_iter().chain(turns).collect()
}

fn otter(case: &Case) -> String {
    let turns = case.turns.iter().enumerate();
    turns
        .map(|(at, (speaker, text))| format!("{speaker}  {}:{:02}\n{text}\n\n", at / 6, at % 6 * 10))
        .collect()
}

fn asr(case: &Case) -> String {
    let segments: Vec<_> = case
        .turns
        .iter()
        .enumerate()
        .map(|(at, (speaker, text))| {
            json!({"start": 10 * at, "end": 10 * at + 9, "text": format!(" {text}"), "speaker": speaker})
        })
        .collect();
    json!({"segments": segments, "language": "en"}).to_string()
}

fn html(case: &Case) -> String {
    let turns =
        case.turns.iter().map(|(speaker, text)| format!("<p>{}: {}</p>\n", escaped(speaker), escaped(text)));
    let head =
        "<!DOCTYPE html>\n<html><head><title>Harbours</title></head><body><nav>Home</nav>\n".to_owned();
    [head].into_iter().chain(turns).chain(["</body></html>\n".to_owned()]).collect()
}

fn docx(case: &Case) -> Vec<u8> {
    let paragraphs: String = case
        .turns
        .iter()
        .map(|(speaker, text)| {
            format!("<w:p><w:r><w:t>{}: {}</w:t></w:r></w:p>", escaped(speaker), escaped(text))
        })
        .collect();
    let document = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{paragraphs}\
         </w:body></w:document>"
    );
    archive(&[("word/document.xml", &document)])
}

fn odt(case: &Case) -> Vec<u8> {
    let paragraphs: String = case
        .turns
        .iter()
        .map(|(speaker, text)| format!("<text:p>{}: {}</text:p>", escaped(speaker), escaped(text)))
        .collect();
    let content = format!(
        "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:text>{paragraphs}\
         </office:text></office:body></office:document-content>"
    );
    archive(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &content)])
}

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).expect("an entry");
        archive.write_all(text.as_bytes()).expect("its text");
    }
    archive.finish().expect("an archive").into_inner()
}

fn paged(case: &Case) -> Vec<u8> {
    let lines: Vec<String> = case.turns.iter().map(|(speaker, text)| format!("{speaker}: {text}")).collect();
    let pages: Vec<_> = lines.chunks(50).map(|page| pdf::below(page.iter().map(String::as_str))).collect();
    pdf::document(&pages)
}
