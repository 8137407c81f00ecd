//! What questions are answered by: the kind of thing that they ask for, from where it was discussed.

use std::num::NonZeroU32;

use rapporteur::definition::{Budget, Definition, InputSettings};
use rapporteur::model::{Evidence, Report, Session, WarningCode};
use rapporteur::people::KnownPeople;
use rapporteur::pipeline::{Input, ask, open};

const COUNCIL: &str = "\
# Harbour council, 4 March 2031

## Night ferries

Chair Ines Sol: We turn to the night ferries. I welcome Ana Reyes, Minister for Transport, and Bo Lund, head of the
ferry company.

Ana Reyes: The ministry pays for 14 of the 20 ferries. A night ferry costs €310 an hour, and each carries some
48-seat cabins.

Bo Lund: The night ferries carried 900 passengers. We want the new timetable of the ferries to begin in October.

Cy Oh: I am against more night ferries, because of the noise in Riverside.

Chair Ines Sol: So we go for a trial of six weeks, and the company reports back to us.

## Fish market

Cy Oh: The fish market needs a roof. Traders lose a third of their sales when it rains.

Ana Reyes: A roof for the fish market is a matter for the council. It was discussed with the traders.

Chair Ines Sol: Then we use the plan with the glass roof, and the works begin on Tuesday.
";

const DEBATE: &str = "\
Moderator: Welcome. Our motion tonight is: Close the old harbour. Speaking for the motion, Ana Reyes. And speaking
against the motion, Bo Lund.

Ana Reyes: The old harbour loses money every year, and its quays are falling into the sea.

Bo Lund: Two hundred families live from the old harbour. Nobody has told them what comes after.
";

fn opened(name: &str, text: &str) -> Session {
    let input = Input { path: name.to_owned(), bytes: text.as_bytes().to_vec() };
    open(&input, &InputSettings::default()).expect("it is a transcript").remove(0)
}

/// The answer in one sentence.
fn answer(session: &Session, question: &str) -> Report {
    let mut definition = Definition::default();
    definition.summary.budget = Budget::Sentences(NonZeroU32::MIN);
    ask(session, &KnownPeople::default(), question, &definition).expect("a report")
}

fn quoted(report: &Report) -> Vec<&Evidence> {
    report.summaries.iter().flatten().flat_map(|summary| &summary.evidence).collect()
}

/// Each question is answered first by a sentence with these words.
fn check(session: &Session, questions: &[(&str, &str)]) {
    for (question, words) in questions {
        let report = answer(session, question);
        let texts: Vec<&str> = quoted(&report).iter().map(|evidence| evidence.shown()).collect();
        assert!(texts.first().is_some_and(|text| text.contains(words)), "{question}: {texts:?}");
    }
}

#[test]
fn a_question_is_answered_by_the_kind_of_thing_that_it_asks_for() {
    let session = opened("council.md", COUNCIL);
    check(
        &session,
        &[
            ("How many ferries does the ministry pay for?", "14 of the 20"),
            ("How many passengers did the night ferries carry?", "900 passengers"),
            ("How much does a night ferry cost?", "€310"),
            ("When does the new timetable begin?", "October"),
        ],
    );
    let report = answer(&session, "When was the company of the ferries founded by the traders?");
    let weak = report.warnings.iter().find(|warning| warning.code == WarningCode::WeakAnswer);
    assert!(weak.is_some(), "{:?}", report.warnings);
}

#[test]
fn what_was_decided_about_a_subject_is_what_settles_it_where_it_was_discussed() {
    let session = opened("council.md", COUNCIL);
    check(
        &session,
        &[
            ("What was decided about the night ferries?", "trial of six weeks"),
            ("What was decided about the fish market?", "glass roof"),
        ],
    );
}

#[test]
fn an_office_asks_the_one_who_is_introduced_with_it() {
    let session = opened("council.md", COUNCIL);
    for (question, speaker) in [
        ("What did the Minister say about the fish market?", "Ana Reyes"),
        ("What does the head of the company say about the timetable?", "Bo Lund"),
    ] {
        let report = answer(&session, question);
        let who: Vec<&str> = quoted(&report).iter().map(|evidence| evidence.speaker.as_str()).collect();
        assert_eq!(who, [speaker], "{question}");
    }
}

#[test]
fn who_is_for_a_motion_is_who_is_introduced_for_it() {
    let session = opened("debate.txt", DEBATE);
    check(
        &session,
        &[
            ("Who supports closing the old harbour?", "for the motion, Ana Reyes"),
            ("Who opposes closing the old harbour?", "against the motion, Bo Lund"),
        ],
    );
    // The harbour itself is not the motion: who is for the motion does not support it.
    let report = answer(&session, "Who supports the old harbour?");
    let is_unsure = report.warnings.iter().any(|warning| warning.code == WarningCode::NoSuchStance);
    let shows_the_side = quoted(&report).iter().any(|evidence| evidence.shown().contains("Ana Reyes"));
    assert!(is_unsure && !shows_the_side, "{:?}", quoted(&report));
}

#[test]
fn letters_that_are_spelled_out_are_one_word() {
    let text =
        "Ana Reyes: We want a remote with an L_C_D_ on it.\n\nBo Lund: The buttons are enough for us.\n";
    check(&opened("design.txt", text), &[("What was said about the LCD?", "L_C_D_")]);
}

#[test]
fn who_is_for_the_motion_is_asked_by_that_word() {
    let session = opened("debate.txt", DEBATE);
    check(
        &session,
        &[
            ("Who is for the motion?", "for the motion, Ana Reyes"),
            ("Who is against the motion?", "against the motion, Bo Lund"),
        ],
    );
}

#[test]
fn a_heading_names_what_is_discussed_under_it() {
    let text = "# Council\n\n## Berthing.tariffs\n\nAna Reyes: We asked the ports for their figures in spring.\n\nBo \
                Lund: Then we go for the lower one of both this spring.\n\n## Library\n\nAna Reyes: The roof \
                leaks.\n\nBo Lund: We decided to mend the roof.\n";
    let session = opened("council.md", text);
    check(&session, &[("What was decided about berthing.tariffs?", "we go for the lower one")]);
}

const ASSOCIATION: &str = "\
# Ferry users' association, 12 May 2031

## timetable.night.group

Chair Ines Sol: Welcome to the meeting. The report of the GA is on your desks.

Ana Reyes: The wooden hulls stay dry. We cannot use diesel engines on the wooden hulls, because the tanks are too heavy.
The diesel engines are cheap, and there are four kinds of them.

Bo Lund: Please drop the surcharge on bicycles. The surcharge on bicycles is for the summer.

Chair Ines Sol: When will the question of moorings come back to us?

Cy Ohrberger: I have to ask the port.

Bo Lund: Let us take the second meeting of February.

Dana Hale: Our worry is that nobody pays for the night staff. The night staff works for four ports.

Chair Ines Sol: Dana Hale wrote the letter to the ministry. The letter has two pages, and the ministry has it.
";

#[test]
fn the_session_may_ask_the_same_and_the_reply_follows() {
    let session = opened("association.md", ASSOCIATION);
    check(&session, &[("When will the moorings come back?", "second meeting of February")]);
}

#[test]
fn a_reason_is_one_that_says_all_that_is_asked() {
    let session = opened("association.md", ASSOCIATION);
    check(
        &session,
        &[
            ("Why can't we use diesel engines?", "We cannot use diesel engines"),
            ("Who wrote the letter to the ministry?", "Dana Hale wrote the letter"),
        ],
    );
}

#[test]
fn opposition_may_be_said_without_a_word_of_opposing() {
    let session = opened("association.md", ASSOCIATION);
    let report = answer(&session, "Who opposes the surcharge on bicycles?");
    assert!(quoted(&report)[0].shown().contains("Please drop the surcharge"), "{:?}", quoted(&report));
    check(&session, &[("Who doesn't want the surcharge on bicycles?", "Please drop the surcharge")]);
    // Nobody has said so, which the reader is told.
    assert!(report.warnings.iter().any(|warning| warning.code == WarningCode::NoSuchStance));
}

#[test]
fn the_stance_of_somebody_is_asked_for_by_its_word() {
    let session = opened("association.md", ASSOCIATION);
    check(&session, &[("What are Dana Hale's concerns about the night staff?", "Our worry is")]);
}

#[test]
fn a_name_may_be_misspelt_or_given_by_its_initials() {
    let session = opened("association.md", ASSOCIATION);
    let report = answer(&session, "What did Ohrburger say?");
    assert_eq!(quoted(&report)[0].shown(), "I have to ask the port.");
    let told: Vec<&str> = report.warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert!(told.contains(&"nobody in this session is called Ohrburger; read as Cy Ohrberger"), "{told:?}");
    check(&session, &[("What was said of the General Assembly?", "The report of the GA")]);
}

#[test]
fn a_subject_that_nobody_says_a_word_of_has_no_answer() {
    let session = opened("association.md", ASSOCIATION);
    for question in ["What was said about taxes?", "What did the users say about nuclear reactors?"] {
        let report = answer(&session, question);
        assert!(quoted(&report).is_empty(), "{question}: {:?}", quoted(&report));
        assert!(report.warnings.iter().any(|warning| warning.code == WarningCode::NoAnswer));
    }
    // A word of the question's own does not hide what is said.
    check(&session, &[("What is the surcharge on rowing?", "surcharge")]);
}

const MINUTES: &str = "\
# Harbour council, 4 March 2031

## Night ferries

**Ana Reyes:** A night ferry costs €310 an hour, and we have 14 of them.

**Bo Lund:** I would rather have them until midnight only.

### Conclusion

- The [ferries](https://ferries.example) sail all night from May
- Bo Lund reports on the noise, with support from the residents

## Fish market

**Bo Lund:** The fish market needs a roof before the winter.

**Ana Reyes:** It was discussed with the traders, and I agree.

### Conclusion

The market gets a glass roof.
";

#[test]
fn what_the_record_sets_down_answers_what_was_decided() {
    let session = opened("council.md", MINUTES);
    let recorded = |question: &str, budget: Budget| {
        let mut definition = Definition::default();
        definition.summary.budget = budget;
        let report = ask(&session, &KnownPeople::default(), question, &definition).expect("a report");
        assert!(rapporteur::pipeline::verify_report(&report, &session).is_empty(), "{question}");
        report.recorded
    };
    let words = |n: u32| Budget::Words(NonZeroU32::new(n).unwrap());
    let lines = |question: &str, budget: Budget| {
        recorded(question, budget).into_iter().map(|outcome| outcome.line).collect::<Vec<u32>>()
    };
    let ferries = recorded("What was decided about the night ferries?", words(100));
    assert_eq!(ferries.len(), 2);
    assert_eq!(
        (ferries[0].item.as_str(), ferries[0].heading.as_str(), ferries[0].line, ferries[0].shown()),
        ("Night ferries", "Conclusion", 11, "The ferries sail all night from May")
    );
    assert_eq!(ferries[0].text, "The [ferries](https://ferries.example) sail all night from May");
    assert_eq!(lines("Was the roof of the fish market approved?", words(100)), [22]);
    // What the whole session came to: something of each subject first.
    assert_eq!(lines("What was decided?", words(100)), [11, 12, 22]);
    assert_eq!(lines("What was decided?", words(25)), [11, 22]);
    assert_eq!(lines("Who supports the night ferries?", words(100)), [12]);
    assert_eq!(lines("Who opposes the night ferries?", words(100)), [0; 0]);
    // No room, another subject, somebody's words, another kind of question.
    assert_eq!(lines("What was decided about the night ferries?", words(5)), [0; 0]);
    assert_eq!(lines("What was decided about the tram?", words(100)), [0; 0]);
    assert_eq!(lines("What did Bo Lund decide about the night ferries?", words(100)), [0; 0]);
    assert_eq!(lines("Why do night ferries cost so much?", words(100)), [0; 0]);
}

const FERRY_GROUP: &str = "\
# Ferry group, 4 March 2031

## Moving the quay back to the old harbour

**Ana Reyes:** I support the move. The ferry terminal costs €310,000 a year as it is.

**Bo Lund:** I'm quite concerned about this proposal, right? Nobody has counted the lorries.

**Cy Oh:** Most of the residents do not support the toll bridge. We sold 40 percent more tickets last year.

**Dee Fox:** The speech output of the boats is too loud. The speech output wakes my children.

**Ana Reyes:** Speech output can be turned down, and a ferry ticket is €12.

**Poll:** Move the quay back

|For|Against|
|---|-------|
|12|3|

## Lights

**Bo Lund:** The lights on the ferry are fine. The output of the engine is not.
";

#[test]
fn stands_are_also_told_by_the_heading_of_the_thing_and_of_others() {
    let session = opened("group.md", FERRY_GROUP);
    check(
        &session,
        &[
            ("Who supports moving the quay back to the old harbour?", "I support the move"),
            ("Who is concerned about moving the quay back to the old harbour?", "quite concerned"),
            ("Who opposes the toll bridge?", "do not support the toll bridge"),
            // An amount says that it is one of money, and most of the session speaks of ferries.
            ("How much does a ferry ticket cost?", "€12"),
            // “Speech” frames no question where it stands before the same word as in the session.
            ("Who is bothered by the speech output?", "peech output"),
        ],
    );
    let of_others = answer(&session, "Who opposes the toll bridge?");
    assert!(of_others.warnings.iter().any(|warning| warning.message.ends_with("say it of others")));
    assert_eq!(quoted(&of_others)[0].stance, None, "who speaks does not oppose it");
    let poll = answer_in(&session, "What was the outcome of the poll on moving the quay?", 60);
    assert_eq!(poll.recorded[0].shown(), "Move the quay back |For|Against| |12|3|");
}

#[test]
fn who_argues_for_the_motion_is_on_its_side() {
    let session = opened("debate.txt", DEBATE);
    check(
        &session,
        &[
            ("Who argues that we should close the old harbour?", "Speaking for the motion, Ana Reyes"),
            ("Who thinks we should not close the old harbour?", "speaking against the motion, Bo Lund"),
        ],
    );
}

/// The answer in at most so many words.
fn answer_in(session: &Session, question: &str, words: u32) -> Report {
    let mut definition = Definition::default();
    definition.summary.budget = Budget::Words(NonZeroU32::new(words).unwrap());
    ask(session, &KnownPeople::default(), question, &definition).expect("a report")
}

#[test]
fn what_somebody_asked_is_a_question_or_a_demand() {
    let text = "Chair: We turn to question time.\n\nAna Reyes: The night ferries are a joy. I took the night ferries last year.\n\n\
        Bo Lund: Thank you.\n\nAna Reyes: Will the council ban the horns of the night ferries?\n\nBo Lund: We will see.\n";
    check(
        &opened("times.txt", text),
        &[("What did Ana Reyes ask the council about the night ferries?", "ban the horns")],
    );
}

#[test]
fn two_words_that_nobody_says_together_are_told() {
    let text = "Ann: We made a video of the ferry for the council.\n\nBo: The games of the harbour begin in May.\n\nAnn: The video is online.\n\n\
        Bo: Good.\n\nAnn: A board meets on board games.\n";
    let session = opened("talk.txt", text);
    let told = |question: &str| {
        let report = answer_in(&session, question, 60);
        report.warnings.iter().map(|warning| warning.message.clone()).collect::<Vec<String>>()
    };
    let warnings = told("What did Ann say about video games?");
    assert!(warnings.iter().any(|told| told.contains("“video games” in one sentence")), "{warnings:?}");
    assert!(told("What did Ann say about board games?").is_empty());
}

#[test]
fn of_two_subjects_of_a_name_the_record_answers_with_both() {
    let text = "# Council\n\n## Kell Weir\n\n**Ann Lee:** We lower it.\n\n### Conclusion\n\n- Lower it by half a metre\n- Look at the wells in \
        May\n- Ask the anglers again\n\n## Old Weir\n\n**Bo Ek:** It stays.\n\n### Conclusion\n\n- It stays as it is for now\n";
    let report = answer_in(&opened("council.md", text), "What was decided about the weir?", 25);
    let lines: Vec<u32> = report.recorded.iter().map(|outcome| outcome.line).collect();
    assert_eq!(lines, [9, 19]);
}
