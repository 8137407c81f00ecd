//! What pages say in the phrases of their language: names, stances, kinds, dates, figures.

use askama::filters::{Escaper, Html};

use super::name_or_unknown;
pub(super) use crate::language::{Phrases, fill, phrases};
use crate::model::{PositionKind, ReasonKind, Role, Stance, WarningCode};

/// One of the phrases of any language.
pub(super) type PhraseOf = fn(&Phrases) -> &'static str;

impl Phrases {
    /// Which way the language is written, as pages say it.
    pub(super) fn direction(&self) -> &'static str {
        if self.is_right_to_left { "rtl" } else { "ltr" }
    }

    /// A name for a reader, also where the source gives none.
    pub(super) fn name_of(&self, name: &str) -> String {
        if name.trim().is_empty() { self.unknown_speaker.to_owned() } else { name_or_unknown(name) }
    }

    /// What a stance is called; empty where there is none.
    pub(super) fn stance_name(&self, stance: Option<Stance>) -> &'static str {
        match stance {
            Some(Stance::Support) => self.support,
            Some(Stance::Oppose) => self.oppose,
            Some(Stance::Concern) => self.concern,
            Some(Stance::Mixed) => self.mixed,
            None => "",
        }
    }

    /// What a part in a session is called; empty for those who merely speak.
    pub(super) fn role_name(&self, role: Role) -> &'static str {
        match role {
            Role::Speaker => "",
            Role::Moderator => self.moderator,
            Role::Chair => self.chair,
            Role::Interpreter => self.interpreter,
            Role::Audience => self.audience,
        }
    }

    /// The kind of a position by which something is asked for or promised; empty for all others.
    pub(super) fn kind_name(&self, kind: &str) -> &'static str {
        let asking = [
            (PositionKind::Demand, self.demand),
            (PositionKind::Proposal, self.proposal),
            (PositionKind::Condition, self.condition),
            (PositionKind::Commitment, self.commitment),
        ];
        asking.iter().find(|(asking, _)| asking.name() == kind).map_or("", |(_, name)| name)
    }

    /// What a warning tells of, by its code.
    pub(super) fn warning_name(&self, code: WarningCode) -> &'static str {
        match code {
            WarningCode::BadLine => self.warning_bad_line,
            WarningCode::BadTime => self.warning_bad_time,
            WarningCode::ColourVoices => self.warning_colour_voices,
            WarningCode::EmptyTurn => self.warning_empty_turn,
            WarningCode::Encoding => self.warning_encoding,
            WarningCode::GuessedLayout => self.warning_guessed_layout,
            WarningCode::InnerLabel => self.warning_inner_label,
            WarningCode::InnerQuote => self.warning_inner_quote,
            WarningCode::LanguageDiffers => self.warning_language_differs,
            WarningCode::LanguageMixed => self.warning_language_mixed,
            WarningCode::LanguageUnknown => self.warning_language_unknown,
            WarningCode::LoneSurrogate => self.warning_lone_surrogate,
            WarningCode::LongRow => self.warning_long_row,
            WarningCode::LookAlikeName => self.warning_look_alike_name,
            WarningCode::MissingList => self.warning_missing_list,
            WarningCode::NoAnswer => self.warning_no_answer,
            WarningCode::NoSpeaker => self.warning_no_speaker,
            WarningCode::NoSpeakers => self.warning_no_speakers,
            WarningCode::NoSuchStance => self.warning_no_such_stance,
            WarningCode::Notes => self.warning_notes,
            WarningCode::OpenQuote => self.warning_open_quote,
            WarningCode::RepeatedHeader => self.warning_repeated_header,
            WarningCode::RepeatedLines => self.warning_repeated_lines,
            WarningCode::ShortRow => self.warning_short_row,
            WarningCode::StakeholderUnclear => self.warning_stakeholder_unclear,
            WarningCode::StrayText => self.warning_stray_text,
            WarningCode::SurplusWords => self.warning_surplus_words,
            WarningCode::TextKind => self.warning_text_kind,
            WarningCode::TwoStakeholders => self.warning_two_stakeholders,
            WarningCode::UncountedWords => self.warning_uncounted_words,
            WarningCode::UnknownTerms => self.warning_unknown_terms,
            WarningCode::UnnamedCue => self.warning_unnamed_cue,
            WarningCode::UnorderedCue => self.warning_unordered_cue,
            WarningCode::UnreadLabel => self.warning_unread_label,
            WarningCode::WeakAnswer => self.warning_weak_answer,
        }
    }

    /// Why something is taken to be so, by the kind of the reason.
    pub(super) fn reason_name(&self, kind: ReasonKind) -> &'static str {
        match kind {
            ReasonKind::Attendees => self.reason_attendees,
            ReasonKind::AttendeesAndRoster => self.reason_attendees_and_roster,
            ReasonKind::CalledAndThanked => self.reason_called_and_thanked,
            ReasonKind::HandsOver => self.reason_hands_over,
            ReasonKind::Introduced => self.reason_introduced,
            ReasonKind::Label => self.reason_label,
            ReasonKind::Listed => self.reason_listed,
            ReasonKind::OtherList => self.reason_other_list,
            ReasonKind::OtherSession => self.reason_other_session,
            ReasonKind::OwnWords => self.reason_own_words,
            ReasonKind::PartOfName => self.reason_part_of_name,
            ReasonKind::Roster => self.reason_roster,
            ReasonKind::RosterName => self.reason_roster_name,
            ReasonKind::SameName => self.reason_same_name,
            ReasonKind::SameOffice => self.reason_same_office,
            ReasonKind::SoundsLike => self.reason_sounds_like,
            ReasonKind::SourceCalls => self.reason_source_calls,
            ReasonKind::SourceMarks => self.reason_source_marks,
            ReasonKind::SpeltLike => self.reason_spelt_like,
        }
    }

    /// A date such as `2024-07-02` as `2 July 2024`; anything else as it is.
    pub(super) fn date_of(&self, date: &str) -> String {
        let months = [
            self.january,
            self.february,
            self.march,
            self.april,
            self.may,
            self.june,
            self.july,
            self.august,
            self.september,
            self.october,
            self.november,
            self.december,
        ];
        let parts: Vec<&str> = date.split('-').collect();
        let [year, month, day] = parts.as_slice() else { return date.to_owned() };
        let month = month.parse::<usize>().ok().and_then(|month| months.get(month.checked_sub(1)?));
        match (month, day.parse::<u8>()) {
            (Some(month), Ok(day)) => {
                fill(self.date, &[("day", &day.to_string()), ("month", month), ("year", year)])
            }
            _ => date.to_owned(),
        }
    }

    /// A time span in hours and minutes, or seconds where it is less than one.
    pub(super) fn duration(&self, seconds: f64) -> String {
        let minutes = (seconds / 60.0).round() as u64;
        match (minutes / 60, minutes % 60) {
            (0, 0) => format!("{} {}", seconds.max(0.0).round(), self.seconds),
            (0, minutes) => format!("{minutes} {}", self.minutes),
            (hours, minutes) => format!("{hours} {} {minutes} {}", self.hours, self.minutes),
        }
    }

    /// A share of a whole, 0 to 1, in per cent.
    pub(super) fn percent(&self, share: f64) -> String {
        let per_cent = share * 100.0;
        let figure = if per_cent >= 9.95 { format!("{per_cent:.0} %") } else { format!("{per_cent:.1} %") };
        self.decimal(&figure)
    }

    /// Words and turns.
    pub(super) fn size(&self, words: u64, turns: u64) -> String {
        let (words, turns) = (self.counted(self.n_words, words), self.counted(self.n_turns, turns));
        fill(self.words_in_turns, &[("words", &words), ("turns", &turns)])
    }

    /// Names in a row, and how many more there are.
    pub(super) fn listed(&self, names: &[String], most: usize) -> String {
        let shown = names.get(..most.min(names.len())).unwrap_or(names).join(self.comma());
        match names.len().saturating_sub(most) {
            0 => shown,
            more => fill(self.list_more, &[("list", &shown), ("n", &self.number(more as u64))]),
        }
    }

    /// What stands after a list of which more is left out; empty where nothing is.
    pub(super) fn and_more(&self, more: usize) -> String {
        if more == 0 {
            return String::new();
        }
        fill(self.list_more, &[("list", ""), ("n", &self.number(more as u64))])
    }
}

/// A phrase for a page: what is filled in is escaped and set apart from the direction of what is around it.
pub(super) fn filled_html(phrase: &str, values: &[(&str, &str)]) -> String {
    let isolated: Vec<(&str, String)> =
        values.iter().map(|(key, value)| (*key, format!("<bdi>{}</bdi>", escaped(value)))).collect();
    let isolated: Vec<(&str, &str)> = isolated.iter().map(|(key, value)| (*key, value.as_str())).collect();
    fill(&escaped(phrase), &isolated)
}

/// Names for a page, each set apart.
pub(super) fn names_html(names: &[String], between: &str) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("<bdi>{}</bdi>", escaped(name))).collect();
    names.join(between)
}

/// Text as templates escape it.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Writing to a string does not fail.
    let _ = Html.write_escaped_str(&mut out, text);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::LANGUAGES;
    use crate::model::{Language, REASON_KINDS, WARNING_CODES};

    #[test]
    fn every_language_has_a_phrase_of_its_own_for_each_warning() {
        for row in LANGUAGES {
            let own = phrases(row.language());
            let mut names: Vec<&str> = Vec::new();
            for &code in WARNING_CODES {
                let name = own.warning_name(code);
                let is_english = row.language() == Language::ENGLISH;
                assert_eq!(name == code.about(), is_english, "{}: {code}: {name}", row.code);
                assert!(!name.starts_with("warning_"), "{}: {code} has no phrase", row.code);
                assert!(!names.contains(&name), "{}: {code} has the phrase of another code", row.code);
                names.push(name);
            }
        }
    }

    #[test]
    fn every_language_has_a_phrase_for_each_kind_of_reason() {
        for row in LANGUAGES {
            let own = phrases(row.language());
            let names = REASON_KINDS.iter().map(|&kind| own.reason_name(kind));
            let names: std::collections::BTreeSet<&str> = names.collect();
            assert_eq!(names.len(), REASON_KINDS.len(), "{}", row.code);
            assert!(!names.iter().any(|name| name.starts_with("reason_")), "{}", row.code);
        }
    }

    #[test]
    fn figures_are_set_for_a_reader() {
        let english = phrases(Language::ENGLISH);
        for (share, shown) in [(0.273, "27 %"), (0.0994, "9.9 %"), (0.0996, "10 %"), (0.0, "0.0 %")] {
            assert_eq!(english.percent(share), shown);
        }
        for (given, shown) in
            [("2024-07-02", "2 July 2024"), ("2024-13-02", "2024-13-02"), ("2024", "2024"), ("", "")]
        {
            assert_eq!(english.date_of(given), shown);
        }
        for (seconds, shown) in [(4980.0, "1 h 23 min"), (59.6, "1 min"), (12.2, "12 s"), (-1.0, "0 s")] {
            assert_eq!(english.duration(seconds), shown);
        }
        let of = |code: &str| phrases(code.parse().unwrap());
        assert_eq!(of("de").percent(0.042), "4,2 %");
        assert_eq!(of("fr").number(12_345), "12\u{202f}345");
        assert_eq!(of("zh").date_of("2024-07-02"), "2024年7月2日");
        assert_eq!(of("ru").size(21, 3), "21 слово, 3 выступления");
    }

    #[test]
    fn what_is_filled_in_is_escaped_and_isolated() {
        let html = filled_html("{a} & {b}", &[("a", "<b>"), ("b", "{a}")]);
        assert_eq!(html, "<bdi>&#60;b&#62;</bdi> &#38; <bdi>{a}</bdi>");
    }
}
