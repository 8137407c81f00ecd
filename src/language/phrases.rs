//! The words of pages in each language: a field a phrase, filled in from the list `page` of the language.

use std::borrow::Borrow;

use crate::model::Language;

use super::{ByLanguage, List, Script, Sections, row};

/// The sections of the list, by the parts of a page.
const SECTIONS: [&str; 14] = [
    "figures",
    "frame",
    "quotation",
    "brief",
    "issues",
    "stakeholders",
    "relations",
    "glance",
    "transcript",
    "method",
    "warnings",
    "reasons",
    "charts",
    "changes",
];

/// Declares the phrases; the key of each is the name of its field.
macro_rules! phrases {
    ($($key:ident),* $(,)?) => {
        /// The phrases of a language.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct Phrases {
            /// ISO 639-1 code of the language.
            pub code: &'static str,
            /// Whether it is written from right to left.
            pub is_right_to_left: bool,
            $(
                #[doc = concat!("The phrase `", stringify!($key), "`.")]
                pub $key: &'static str,
            )*
        }

        impl Phrases {
            /// The keys in the order of their declaration.
            pub const KEYS: &[&str] = &[$(stringify!($key)),*];

            /// Each phrase by its key, where no table can be read.
            const KEYS_ALONE: Phrases =
                Phrases { code: "", is_right_to_left: false, $($key: stringify!($key),)* };

            /// The phrases with their keys.
            pub fn pairs(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($key), self.$key)),*]
            }

            fn read(code: &'static str, script: Script, find: impl Fn(&'static str) -> &'static str) -> Phrases {
                Phrases {
                    code,
                    is_right_to_left: script == Script::Arabic,
                    $($key: find(stringify!($key)),)*
                }
            }
        }
    };
}

phrases! {
    digit_groups, decimal_mark, date, from_to, hours, minutes, seconds, january, february, march,
    april, may, june, july, august, september, october, november, december, n_words, n_turns,
    n_sentences, n_participants, n_stakeholders, n_issues, n_more_issues, n_rows, n_sessions,
    n_names, n_times, n_references, n_more, list_more, two, list_two, who_met, words_in_turns, skip, contents,
    all_sessions, no_session, untitled, unknown_speaker, no_name, note, made_by, filter_quotations,
    stakeholder, group, issue, stance, all, no_issue, none_stated, filter, show_all,
    print_everything, quotations_shown, numbers_of, picture_of, table_of, copy, copied, not_copied,
    copied_with_source, copying_refused, play, place_turn, place_session_turn, turn, session_turn,
    quotation_number, on_issue, supports_issue, opposes_issue, worried_about_issue,
    divided_on_issue, supports, opposes, worried, divided, demand, proposal, condition, commitment,
    support, oppose, concern, mixed, moderator, chair, interpreter, audience, in_brief, contested,
    shared, side_for, side_split, side_concerned, side_against, outcome, recorded, recorded_line, inferred_names,
    stances_while_speaking, where_they_stand, in_support, against, concerned, some_of_each,
    speaking_in_support, speaking_against, speaking_with_concern, speaking_in_several_ways, crux,
    about_stances, about_found_issues, told_by, no_stance_who_speaks, who_speaks_without_stance,
    without_stance, view_all, on_page_only, not_spoken_of, share_of_its_words, stated, inferred,
    sure, n_in_support, n_against, n_concerned, what_each_asks, asks_for, rejects, is_worried_about,
    says_besides, own_terms, spoken_for_by, share_of_floor, stands_by_issue, where_it_stands, stance_inferred,
    nothing_to_quote, agreements, about_agreements, they_agree, they_differ, opposite_stances,
    same_stance, two_on_issue, references, agrees_with, disagrees_with, speaks_of, in_agreement,
    in_passing, mentions, questions, turn_names, next_speaks, nobody_after, alike, about_alike,
    glance, date_label, length, voices, participants, group_unknown, voices_and_positions,
    what_it_was_about, session_in_words, published, about_published, published_beside_ours,
    about_figures, publishers_report, speaker, words_published, words_counted, seconds_published,
    seconds_timed, wpm_published, wpm_timed, sessions, sessions_in_order, session, words, turns,
    over_time, about_over_time, positions_of, said_by_session, no_stance_stated, transcript, search,
    next, previous, not_found, places_found, place_of_places, tables, about_tables,
    tables_by_compare, file, what_a_row_is, size, table_sessions, table_speakers, table_stakeholders, table_positions, table_stances, table_issues, table_stakeholder_issue, table_stakeholder_stance, table_stakeholder_stance_basis, table_stakeholder_term, table_similarity, table_references, table_agreement, table_ledger, method, made_by_program, verbatim,
    what_stances_are, who_speaks_for_whom, source, format, bytes, language, sentences, program,
    left_out, left_out_because, warnings, worked_around, line, who_is_who, who_is_who_count,
    what_is_known, taken_to_be, because, speaks_for, also, where_words_went, words_in_classes,
    count, share, by_speaker, classes_by_speaker, settings, settings_in_force, class_quoted,
    class_not_quoted, class_procedure, class_noise, class_headers, class_labels, class_nobody,
    no_issues, only_chairs, no_agreements, no_references, no_questions, said_of_all,
    fewer_than_three, nothing_published, tables_of_all, no_rows, document_note,
    warning_bad_line, warning_bad_time, warning_colour_voices, warning_empty_turn, warning_encoding,
    warning_guessed_layout, warning_inner_label, warning_inner_quote, warning_language_differs,
    warning_language_mixed, warning_language_unknown, warning_lone_surrogate, warning_long_row,
    warning_look_alike_name, warning_missing_list, warning_no_answer, warning_no_speaker,
    warning_no_speakers, warning_no_such_stance, warning_notes, warning_open_quote,
    warning_repeated_header, warning_repeated_lines, warning_short_row, warning_stakeholder_unclear,
    warning_stray_text, warning_surplus_words, warning_text_kind, warning_two_stakeholders,
    warning_uncounted_words, warning_unknown_terms, warning_unnamed_cue, warning_unordered_cue,
    warning_unread_label, warning_weak_answer,
    reason_attendees, reason_attendees_and_roster, reason_called_and_thanked, reason_hands_over,
    reason_introduced, reason_label, reason_listed, reason_other_list, reason_other_session,
    reason_own_words, reason_part_of_name, reason_roster, reason_roster_name, reason_same_name,
    reason_same_office, reason_sounds_like, reason_source_calls, reason_source_marks,
    reason_spelt_like,
    no_room,
    nobody_speaks, floor, holds_most, holds, whole_width, name, figures, timeline, axis_words,
    at_word, from_to_turns, turns_from_to, other_issues, first_and_last,
    first_then_last, longest, row_each_speaker, measured_in_time, measured_in_words, how_long_each,
    from, to, in_all, no_issue_column, stance_matrix, does_not_speak, no_stance,
    stakeholders_by_issues, nobody_on_issue, without_a_stance, larger_squares, matrix_numbers,
    likeness, unknown, most_alike, none_to_compare, not_agreement, cosine, nobody_refers,
    references_of_kinds, most_referred, references_table, kind, times, kind_agree, kind_disagree,
    kind_mention, changed, changed_from_to, about_changes, stances_changed, new_positions,
    not_quoted_again, repeated, changes_by_stakeholder, changes_caption, no_stance_changed,
    stances_that_changed, only_side_has, name_on_issue, stance_from_to, stance_changed_from_to,
    before, after, before_not_again, after_new, change, place_turn_line, note_without_transcript,
}

/// The phrases of a language, those of English where it has none.
pub fn phrases(language: Language) -> &'static Phrases {
    static BY_LANGUAGE: ByLanguage<Phrases> = ByLanguage::new();
    static NONE: Phrases = Phrases::KEYS_ALONE;
    let language = if row(language).is_some() { language } else { Language::ENGLISH };
    let made = BY_LANGUAGE.get(language, |row| {
        let own = Sections::parse(row.list(List::Page).unwrap_or(""));
        let english = super::english(List::Page);
        let find = |key: &'static str| phrase(&own, key).or_else(|| phrase(&english, key)).unwrap_or(key);
        Phrases::read(row.code, row.script, find)
    });
    made.unwrap_or(&NONE)
}

fn phrase(list: &Sections<'static>, key: &str) -> Option<&'static str> {
    let lines = SECTIONS.iter().flat_map(|section| list.lines(section));
    lines.filter_map(|line| line.pair()).find(|(known, _)| *known == key).map(|(_, phrase)| phrase)
}

impl Phrases {
    /// A count with its noun: the form of the phrase that the language has for the number.
    pub fn counted(&self, phrase: &str, count: impl Borrow<u64>) -> String {
        let count = *count.borrow();
        let forms: Vec<&str> = phrase.split('|').collect();
        let at = plural(self.code, count).min(forms.len() - 1);
        fill(forms.get(at).copied().unwrap_or(phrase), &[("n", &self.number(count))])
    }

    /// What stands between the parts of a list.
    pub fn comma(&self) -> &'static str {
        let between = self.list_two.split_once("{a}").and_then(|(_, rest)| rest.split_once("{b}"));
        between.map_or(", ", |(comma, _)| comma)
    }

    /// A whole number with its thousands set apart.
    pub fn number(&self, number: u64) -> String {
        let digits = number.to_string();
        let mut out = String::with_capacity(digits.len() + digits.len() / 3);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                out.push_str(self.thousands_mark());
            }
            out.push(digit);
        }
        out
    }

    /// What stands between thousands.
    pub fn thousands_mark(&self) -> &'static str {
        match self.digit_groups {
            "point" => ".",
            "space" => "\u{202f}",
            _ => ",",
        }
    }

    /// A figure such as `12.5` with the language's decimal mark.
    pub fn decimal(&self, figure: &str) -> String {
        if self.decimal_mark == "comma" { figure.replace('.', ",") } else { figure.to_owned() }
    }
}

/// Which form of a count a number has (Unicode CLDR, plural rules of whole numbers).
fn plural(code: &str, count: u64) -> usize {
    let (tens, ones) = (count % 100, count % 10);
    match code {
        "fr" => usize::from(count > 1),
        "ru" if ones == 1 && tens != 11 => 0,
        "ru" if (2..=4).contains(&ones) && !(12..=14).contains(&tens) => 1,
        "ru" => 2,
        _ => usize::from(count != 1),
    }
}

/// A phrase with its places filled in, each once; what is filled in is not looked at again.
pub fn fill(phrase: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(phrase.len());
    let mut rest = phrase;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let value = after.split_once('}').and_then(|(key, behind)| {
            values.iter().find(|(known, _)| *known == key).map(|(_, value)| (*value, behind))
        });
        match value {
            Some((value, behind)) => {
                out.push_str(value);
                rest = behind;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::LANGUAGES;
    use super::*;

    /// What is filled in, in one form of a phrase.
    fn places(form: &str) -> BTreeSet<&str> {
        form.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(place, _)| place).collect()
    }

    #[test]
    fn every_language_has_every_phrase_once_with_the_same_places_and_no_other() {
        let english = phrases(Language::ENGLISH);
        for row in LANGUAGES {
            let list = Sections::parse(row.list(List::Page).unwrap());
            let lines = list.iter().flat_map(|(_, lines)| lines);
            let keys: Vec<&str> = lines.filter_map(|line| line.pair()).map(|(key, _)| key).collect();
            assert_eq!(keys, Phrases::KEYS, "{}", row.code);
            let own = phrases(row.language());
            assert_eq!(own.code, row.code);
            for ((key, phrase), (_, model)) in own.pairs().into_iter().zip(english.pairs()) {
                for form in phrase.split('|') {
                    assert_eq!(places(form), places(model), "{}: {key}: {form}", row.code);
                    assert!(!form.trim().is_empty(), "{}: {key} has an empty form", row.code);
                }
                let n_forms = phrase.split('|').count();
                let is_whole = n_forms == 1 || n_forms == 1 + plural(row.code, 5);
                assert!(is_whole, "{}: {key} has {n_forms} forms", row.code);
            }
        }
    }

    /// Phrases that are the same in another language are few and of the kinds that may be.
    #[test]
    fn the_phrases_of_a_language_are_its_own() {
        let english = phrases(Language::ENGLISH).pairs();
        for row in LANGUAGES.iter().filter(|row| row.language() != Language::ENGLISH) {
            let own = phrases(row.language()).pairs();
            let same: Vec<&str> = own
                .iter()
                .zip(&english)
                .filter(|((_, own), (_, english))| {
                    own == english
                        && own.split(' ').filter(|w| w.chars().all(char::is_alphabetic)).count() > 1
                })
                .map(|((key, _), _)| *key)
                .collect();
            assert_eq!(same, Vec::<&str>::new(), "{}", row.code);
        }
    }

    #[test]
    fn counts_have_the_form_of_their_number() {
        let check = |code: &str, phrase: &str, cases: &[(u64, &str)]| {
            let language: Language = code.parse().unwrap();
            for (count, expected) in cases {
                assert_eq!(phrases(language).counted(phrase, *count), *expected, "{code} {count}");
            }
        };
        check("en", "{n} turn|{n} turns", &[(1, "1 turn"), (0, "0 turns"), (1200, "1,200 turns")]);
        check("fr", "{n} tour|{n} tours", &[(0, "0 tour"), (1, "1 tour"), (2, "2 tours")]);
        check(
            "ru",
            "{n} слово|{n} слова|{n} слов",
            &[
                (1, "1 слово"),
                (3, "3 слова"),
                (5, "5 слов"),
                (11, "11 слов"),
                (21, "21 слово"),
                (112, "112 слов"),
            ],
        );
        check("zh", "{n}个词", &[(1, "1个词"), (7, "7个词")]);
    }

    #[test]
    fn what_is_filled_in_is_text_and_no_place() {
        assert_eq!(fill("{a} and {b}", &[("b", "{a}"), ("a", "x")]), "x and {a}");
        assert_eq!(fill("{c} {", &[("a", "x")]), "{c} {");
    }

    #[test]
    fn a_language_without_a_table_has_the_phrases_of_english() {
        for code in ["nl", "ja"] {
            assert_eq!(phrases(code.parse().unwrap()).code, "en");
        }
        assert_eq!(phrases(Language::UNKNOWN).code, "en");
    }
}
