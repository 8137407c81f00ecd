//! The dialects of recognisers' JSON: a row says where the words are, their times and units, the
//! speakers, the punctuation. One engine reads all of them.

use super::super::json::Raw;
use super::tree;

/// How a recogniser, or a program that corrects its output, writes a transcript.
#[derive(Debug)]
pub(super) struct Dialect {
    pub name: &'static str,
    /// Paths that all lead to something in a transcript of this dialect.
    pub marks: &'static [&'static str],
    /// Where what was said stands, the preferred place first. The first with speakers is read, else
    /// the first with speech.
    pub layouts: &'static [Layout<'static>],
    /// Paths of parts of the date.
    pub date: &'static [&'static str],
}

/// A list of what was said and what its items hold.
#[derive(Debug, Clone)]
pub(super) struct Layout<'p> {
    /// Path of the items.
    pub list: &'p str,
    /// Where in an item its text stands; the first of these that is there.
    pub text: &'p [&'p str],
    pub start: &'p [&'p str],
    pub end: &'p [&'p str],
    pub duration: &'p [&'p str],
    pub speaker: &'p [&'p str],
    /// Seconds in a unit of time.
    pub unit: f64,
    /// Path of the words of an item, empty where there are none.
    pub words: &'p str,
    /// Where in a word its text stands.
    pub word: &'p [&'p str],
    /// What the items are.
    pub items: Items,
    /// Where the speakers stand with their times, apart from the words.
    pub spans: Option<&'p Spans>,
    /// Where the names of speakers stand: the list, the identifier, the name.
    pub names: Option<[&'p str; 3]>,
    /// A member of an item and the value without which nobody says it.
    pub only: Option<(&'p str, &'p str)>,
    /// A member of an item and the values with which nobody says it.
    pub except: Option<(&'p str, &'p [&'p str])>,
}

/// What the items of a list are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Items {
    /// Segments, utterances, sentences: each has its text, which its words may time.
    Pieces,
    /// Words, or pieces of which the words are to be taken; a blank is put between two.
    Words,
    /// The same, where blanks are items too.
    WordsWithBlanks,
    /// Results of which the last may repeat the words of all, now with speakers.
    Results,
    /// Speeches that repeat the speaker before the text: `Mr. LEE. I rise.`
    Speeches,
}

/// Times at which somebody speaks.
#[derive(Debug)]
pub(super) struct Spans {
    pub list: &'static str,
    pub start: &'static str,
    pub speaker: &'static str,
}

const START: &[&str] =
    &["start", "start_time", "startTime", "startOffset", "from", "ts", "time", "begin", "offsets.from"];
const END: &[&str] = &["end", "end_time", "endTime", "endOffset", "to", "end_ts", "stop", "offsets.to"];
const DURATION: &[&str] = &["duration"];
const SPEAKER: &[&str] = &[
    "speaker_name",
    "speakerName",
    "speaker",
    "speaker_label",
    "speakerLabel",
    "speakerTag",
    "speaker_tag",
    "speaker_id",
    "speakerId",
];
const WORD: &[&str] = &["punctuated_word", "punct", "text", "word", "value", "content"];

/// What most dialects have.
pub(super) const PIECES: Layout = Layout {
    list: "",
    text: &["text", "transcript"],
    start: START,
    end: END,
    duration: DURATION,
    speaker: SPEAKER,
    unit: 1.0,
    words: "words[]",
    word: WORD,
    items: Items::Pieces,
    spans: None,
    names: None,
    only: None,
    except: None,
};

/// A list of words.
pub(super) const WORDS: Layout = Layout { text: WORD, words: "", items: Items::Words, ..PIECES };

/// Milliseconds in seconds.
const MS: f64 = 0.001;

macro_rules! spans {
    ($list:literal, $start:literal, $speaker:literal) => {
        Some(&Spans { list: $list, start: $start, speaker: $speaker })
    };
}

/// All dialects, those that more marks tell first.
#[rustfmt::skip]
pub(super) const DIALECTS: &[Dialect] = &[
    Dialect {
        name: "AWS Transcribe", marks: &["results.items[0].alternatives"], date: &[],
        layouts: &[
            Layout { list: "results.items[]", text: &["alternatives[0].content"],
                spans: spans!("results.speaker_labels.segments[].items[]", "start_time", "speaker_label"), ..WORDS },
        ],
    },
    Dialect {
        name: "Deepgram", marks: &["results.channels"], date: &[],
        layouts: &[
            Layout { list: "results.channels[].alternatives[0].words[]", ..WORDS },
            Layout { list: "results.utterances[]", ..PIECES },
            Layout { list: "results.channels[].alternatives[0].paragraphs.paragraphs[]", text: &[], words: "sentences[]", items: Items::Words, ..PIECES },
            Layout { list: "results.channels[].alternatives[0]", words: "", ..PIECES },
        ],
    },
    Dialect {
        name: "Deepgram", marks: &["results.utterances"], date: &[],
        layouts: &[Layout { list: "results.utterances[]", ..PIECES }],
    },
    Dialect {
        name: "Speechmatics", marks: &["results[0].alternatives[0].content", "results[0].type"], date: &[],
        layouts: &[
            Layout { list: "results[]", text: &["alternatives[0].content"], speaker: &["alternatives[0].speaker", "channel"], ..WORDS },
        ],
    },
    Dialect {
        name: "Speechmatics", marks: &["words[0].name", "words[0].duration"], date: &[],
        layouts: &[Layout { list: "words[]", text: &["name"], spans: spans!("speakers[]", "time", "name"), ..WORDS }],
    },
    Dialect {
        name: "IBM Watson", marks: &["results[0].alternatives[0].timestamps"], date: &[],
        layouts: &[
            Layout { list: "results[]", text: &["alternatives[0].transcript"], words: "alternatives[0].timestamps[]",
                word: &["[0]"], start: &["[1]"], end: &["[2]"], items: Items::Words,
                spans: spans!("speaker_labels[]", "from", "speaker"), ..PIECES },
        ],
    },
    Dialect {
        name: "Google Speech-to-Text", marks: &["results[0].alternatives[0].transcript"], date: &[],
        layouts: &[
            Layout { list: "results[]", text: &["alternatives[0].transcript"], words: "alternatives[0].words[]", items: Items::Results, ..PIECES },
        ],
    },
    Dialect {
        name: "Azure Speech", marks: &["recognizedPhrases[0].nBest"], date: &[],
        layouts: &[
            Layout { list: "recognizedPhrases[]", text: &["nBest[0].display"], speaker: &["speaker"], start: &["offsetInTicks"],
                duration: &["durationInTicks"], unit: 1e-7, words: "", ..PIECES },
        ],
    },
    Dialect {
        name: "Rev", marks: &["monologues"], date: &[],
        layouts: &[
            Layout { list: "monologues[]", text: &[], words: "elements[]", items: Items::WordsWithBlanks,
                names: Some(["speakers[]", "id", "name"]), ..PIECES },
        ],
    },
    Dialect {
        name: "Kaldi", marks: &["words[0].word", "segmentation.segments"], date: &[],
        layouts: &[Layout { list: "words[]", spans: spans!("segmentation.segments[]", "start", "speaker.@id"), ..WORDS }],
    },
    Dialect {
        name: "digital-paper-edit", marks: &["words[0].text", "paragraphs[0].speaker"], date: &[],
        layouts: &[Layout { list: "words[]", spans: spans!("paragraphs[]", "start", "speaker"), ..WORDS }],
    },
    Dialect {
        name: "autoEdit", marks: &["text[0].paragraph"], date: &[],
        layouts: &[Layout { list: "text[]", text: &[], words: "paragraph[].line[]", items: Items::Words, ..PIECES }],
    },
    Dialect {
        name: "Gladia", marks: &["transcription.utterances"], date: &[],
        layouts: &[Layout { list: "transcription.utterances[]", ..PIECES }],
    },
    Dialect {
        name: "Fireflies", marks: &["sentences[0].text"], date: &["dateString"],
        layouts: &[Layout { list: "sentences[]", ..PIECES }],
    },
    Dialect {
        name: "AssemblyAI", marks: &["utterances[0].text"], date: &[],
        layouts: &[Layout { list: "utterances[]", unit: MS, ..PIECES }],
    },
    Dialect {
        name: "AssemblyAI", marks: &["words[0].text", "text", "audio_url"], date: &[],
        layouts: &[Layout { list: "words[]", unit: MS, ..WORDS }],
    },
    Dialect {
        name: "ElevenLabs", marks: &["words[0].text", "words[0].type"], date: &[],
        layouts: &[Layout { list: "words[]", items: Items::WordsWithBlanks, ..WORDS }],
    },
    Dialect {
        name: "WhisperX", marks: &["segments[0].text"], date: &[],
        layouts: &[Layout { list: "segments[]", ..PIECES }],
    },
    Dialect {
        name: "WhisperX", marks: &["word_segments[0].word"], date: &[],
        layouts: &[Layout { list: "word_segments[]", ..WORDS }],
    },
    Dialect {
        name: "whisper.cpp", marks: &["transcription[0].text"], date: &[],
        layouts: &[Layout { list: "transcription[]", unit: MS, start: &["offsets.from"], end: &["offsets.to"], ..PIECES }],
    },
    Dialect {
        name: "AWS Transcribe Call Analytics", marks: &["Transcript[0].Content", "Transcript[0].ParticipantRole"], date: &[],
        layouts: &[
            Layout { list: "Transcript[]", text: &["Content"], speaker: &["ParticipantRole"], start: &["BeginOffsetMillis"],
                end: &["EndOffsetMillis"], unit: MS, words: "", ..PIECES },
        ],
    },
    Dialect {
        name: "Recall.ai", marks: &["[0].words[0].text", "[0].participant"], date: &[],
        layouts: &[
            Layout { list: "[]", text: &[], words: "words[]", items: Items::Words, speaker: &["participant.name", "participant.id"],
                start: &["start_timestamp.relative", "start_timestamp", "start_time"],
                end: &["end_timestamp.relative", "end_timestamp", "end_time"], ..PIECES },
        ],
    },
    Dialect {
        name: SLACK, marks: &["[0].ts", "[0].type", "[0].text"], date: &[],
        layouts: &[
            Layout { list: "[]", words: "", start: &["ts"], end: &[],
                speaker: &["user_profile.real_name", "user_profile.display_name", "user", "bot_profile.name", "username", "bot_id"],
                except: Some(("subtype", NOTICES)), ..PIECES },
        ],
    },
    Dialect {
        name: "Discord", marks: &["messages[0].author.discriminator", "messages[0].content"], date: &[],
        layouts: &[
            Layout { list: "messages[]", text: &["content"], words: "", start: &["timestamp"], end: &[],
                speaker: &["author.nickname", "author.name"], ..PIECES },
        ],
    },
    Dialect {
        name: "Premiere Pro", marks: &["segments[0].words[0].text", "speakers[0].id"], date: &[],
        layouts: &[
            Layout { list: "segments[]", text: &[], items: Items::Words, names: Some(["speakers[]", "id", "name"]), ..PIECES },
        ],
    },
    Dialect {
        name: "Congressional Record", marks: &["content[0].kind", "content[0].text", "content[0].speaker"],
        date: &["header.day", "header.month", "header.year"],
        layouts: &[
            Layout { list: "content[]", words: "", items: Items::Speeches, only: Some(("kind", "speech")), ..PIECES },
        ],
    },
];

/// Name of the dialect of Slack's exports.
pub(super) const SLACK: &str = "Slack";

/// Kinds of messages of Slack that the program writes.
const NOTICES: &[&str] = &[
    "channel_join",
    "channel_leave",
    "channel_topic",
    "channel_purpose",
    "channel_name",
    "channel_archive",
    "channel_unarchive",
    "group_join",
    "group_leave",
    "group_topic",
    "group_purpose",
    "group_name",
    "pinned_item",
    "bot_add",
    "bot_remove",
    "reminder_add",
    "huddle_thread",
    "channel_convert_to_private",
    "tombstone",
];

/// Names of members that hold the whole of a transcript, as answers of an interface are wrapped.
const WRAPPERS: &[&str] = &["data", "transcript", "retval", "response", "result", "output", "results[0]"];

/// How many wrappers may stand around a transcript.
const MAX_WRAPPERS: usize = 4;

/// The dialect of a JSON value, and the value in it that the paths begin at.
pub(super) fn of(root: Raw) -> Option<(&'static Dialect, Raw)> {
    let mut open = vec![(root, 0)];
    let mut next = 0;
    while let Some(&(raw, depth)) = open.get(next) {
        next += 1;
        let unit = tree::Unit::of(raw);
        let holds = |path: &&str| unit.get(path).is_some();
        if let Some(dialect) = DIALECTS.iter().find(|dialect| dialect.marks.iter().all(holds)) {
            return Some((dialect, raw));
        }
        if depth < MAX_WRAPPERS {
            let inner = WRAPPERS.iter().filter_map(|wrapper| unit.get(wrapper));
            open.extend(inner.filter(|raw| raw.unusual().is_some()).map(|raw| (raw, depth + 1)));
        }
    }
    None
}
