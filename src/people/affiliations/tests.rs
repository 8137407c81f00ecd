//! What is understood as an affiliation, and what is not.

use super::*;
use crate::model::{Join, Language, SessionBuilder};
use crate::people::{KnownPeople, resolve};

/// The stakeholder of each speaker of a session, with the words that show it.
fn affiliations(turns: &[(&str, &str)]) -> Vec<(String, String, String)> {
    let mut builder = SessionBuilder::new("s");
    for (number, (label, text)) in turns.iter().enumerate() {
        builder.turn(label).text(text, Join::Line, number + 1, None);
    }
    builder.session().language = Language::ENGLISH;
    let session = builder.finish(0);
    let people = resolve(&session, &crate::text::read(&session), &KnownPeople::default());
    for speaker in &people.speakers {
        assert_eq!(speaker.stakeholder.is_empty(), speaker.stakeholder_because.is_none());
        let Some(because) = &speaker.stakeholder_because else { continue };
        let (Some(turn), Some(start), Some(end)) = (because.turn, because.start, because.end) else {
            continue;
        };
        let shown = session.turn_text(turn as usize).get(start as usize..end as usize);
        assert_eq!(shown, Some(because.text.as_str()), "the words are where the finding says");
    }
    let words = |s: &crate::model::Speaker| s.stakeholder_because.clone().unwrap_or_default().text;
    people.speakers.iter().map(|s| (s.name.clone(), s.stakeholder.clone(), words(s))).collect()
}

/// Who the second speaker speaks for, when the first says `text`.
fn introduced(name: &str, text: &str) -> String {
    affiliations(&[("Ines Faro", text), (name, "Thank you.")]).swap_remove(1).1
}

/// Who the only speaker speaks for by its own words.
fn own(text: &str) -> String {
    affiliations(&[("Ana Reyes", text)]).swap_remove(0).1
}

#[test]
fn an_introduction_by_full_name_names_the_organisation() {
    for (text, organisation) in [
        (
            "Please welcome Ana Reyes, Head of the Night Shift Division at the Council of Harbours.",
            "Council of Harbours",
        ),
        (
            "Ana Reyes, Assistant Professor in Port Law at Ellery University. Bo Lund, director at Sifter.",
            "Ellery University",
        ),
        ("We have Ana Reyes, Chief Product Officer of Sifter Analytics, and others.", "Sifter Analytics"),
        (
            "With us is Dr. Ana Reyes, Deputy Director at the Office for Fair Work, who holds the pen.",
            "Office for Fair Work",
        ),
        (
            "From the Federation of Shop and Depot Workers we have its General Secretary, Ana Reyes.",
            "Federation of Shop and Depot Workers",
        ),
        (
            "Next to her is Professor Ana Reyes, who leads the Audit Lab at Port Ellery University.",
            "Port Ellery University",
        ),
        (
            "And last, Ana Reyes, policy lead of the Openhand Disability Network.",
            "Openhand Disability Network",
        ),
        ("Ana Reyes is the director of the Harbour Institute.", "Harbour Institute"),
        ("Ana Reyes, representing Kestria, is next.", "Kestria"),
        ("I call on the delegate of Kestria, Ms. Ana Reyes.", "Kestria"),
        ("Ana Reyes from the Harbour Union has joined us.", "Harbour Union"),
        ("Ana Reyes (Harbour Union) will begin.", "Harbour Union"),
        ("Ana Reyes, Vice President of Public Affairs at Kaspar’s Berlin office, is here.", "Kaspar"),
        ("Ana Reyes, director, Harbour Union, will speak.", "Harbour Union"),
    ] {
        assert_eq!(introduced("Ana Reyes", text), organisation, "{text}");
    }
}

#[test]
fn what_is_no_clear_introduction_leaves_the_speaker_alone() {
    for text in [
        "Ana Reyes, over to you.",
        "Ana Reyes, head of digital policy, is here.",
        "Ana Reyes, Professor of Public Policy, is here.",
        "Ana Reyes from Lisbon is online.",
        "Ana Reyes, as Microsoft told us, is late.",
        "Ana Reyes told me at Davos that it is over.",
        "Ana Reyes, thank you. Bo Lund, director at Sifter, is next.",
        "Ana, director of the Harbour Union, is late.",
        "Ana Reyes and I met the director of the Harbour Union.",
        "Bo Lund, director of the Harbour Union, and Ana Reyes.",
        "Unlike Ana Reyes, the director of the Harbour Union is against it.",
    ] {
        assert_eq!(introduced("Ana Reyes", text), "", "{text}");
    }
}

#[test]
fn what_speakers_say_of_themselves_counts() {
    for (text, organisation) in [
        (
            "My name is Ana Reyes. I’m a Night Shift Fellow at Harbour Foundation. Welcome.",
            "Harbour Foundation",
        ),
        ("I work for the Harbour Union, and I am tired.", "Harbour Union"),
        (
            "I have the honour to speak on behalf of the Small Ports Coalition, i.e. three islands.",
            "Small Ports Coalition",
        ),
        ("On behalf of Kestria, thank you for the invitation.", "Kestria"),
        ("I speak on behalf of the Group of 77 and China.", "Group of 77 and China"),
        (
            "I have the honour to deliver this statement on behalf of the European Union and its member States.",
            "European Union",
        ),
        ("I am speaking on behalf of the African Group on this item.", "African Group"),
        ("As Microsoft, we have seen that it fails.", "Microsoft"),
        ("And we at Microsoft believe in it.", "Microsoft"),
        ("I'm the director of the Harbour Institute.", "Harbour Institute"),
        ("I represent the Harbour Union.", "Harbour Union"),
        ("I am here representing St. Anne's Church and School.", "St. Anne's Church and School"),
        ("I'm the rector of St. Anne's.", "St. Anne's"),
        ("All that we, as the HBU, can see is a delay.", "HBU"),
        ("We, the Harbour Union, demand an answer.", "Harbour Union"),
        ("In this debate, the HBU supports the levy.", "HBU"),
        ("We had to change our module system at Sifter.", "Sifter"),
    ] {
        assert_eq!(own(text), organisation, "{text}");
    }
}

#[test]
fn what_speakers_say_of_others_does_not() {
    for text in [
        "On behalf of Canadians, I thank you.",
        "I speak on behalf of all of us.",
        "I speak on behalf of the Nordic countries and of Kestria.",
        "I speak on behalf of Latin American and Caribbean States.",
        "I make this statement on behalf of Mr. Bo Lund, who is ill.",
        "A payment was made on behalf of the Harbour Union.",
        "As Chair, we have to move on.",
        "As Canadians, we have to move on.",
        "I'm speaking at Davos next week.",
        "I am the one who met the director of the Harbour Union.",
        "I represent all the frequency bands.",
        "I work for a while and then I'm hungry.",
        "I'm from Lisbon.",
        "I'm currently registered as an associate lecturer at Ellery University.",
        "My delegation is grateful.",
        "I am happy that Bo, director at Sifter, is here.",
        "As Bo said, we have to move on.",
        "I can't speak on behalf of Google, but they have one.",
        "Let's talk about what we do here at TC5.",
        "I'm with the DOM team on that.",
        "I'm with Bo on this one.",
        "We work with our colleagues at Innovation, Science and Trade.",
        "They say that we, the people, pay.",
    ] {
        assert_eq!(own(text), "", "{text}");
    }
}

#[test]
fn who_gives_the_floor_says_for_whom() {
    for (language, text, organisation) in [
        (
            "es",
            "Por el Grupo Muelle Viejo tiene la palabra la señora Vega. (Rumores). Silencio, por favor.",
            "Grupo Muelle Viejo",
        ),
        (
            "es",
            "Para la defensa de la enmienda formulada por el Grupo Muelle Viejo, tiene la palabra la señora Vega.",
            "Grupo Muelle Viejo",
        ),
        ("es", "Sobre la enmienda formulada por el Grupo Muelle Viejo, tiene la palabra la señora Vega.", ""),
        (
            "es",
            "Moción del Grupo Muelle Viejo. Por el grupo autor, tiene la palabra la señora Vega.",
            "Grupo Muelle Viejo",
        ),
        ("en", "On behalf of the Quay Group, I give the floor to Ms. Vega.", "Quay Group"),
    ] {
        let mut builder = SessionBuilder::new("s");
        builder.session().language = language.parse().unwrap();
        for (label, text) in [("Faro, Ines", text), ("Vega Ruiz, Ana", "Gracias, presidente.")] {
            builder.turn(label).text(text, Join::Line, 1, None);
        }
        let session = builder.finish(0);
        let people = resolve(&session, &crate::text::read(&session), &KnownPeople::default());
        assert_eq!(people.speakers[1].stakeholder, organisation, "{text}");
    }
}

#[test]
fn labels_hold_countries_parties_and_organisations() {
    for (label, organisation) in [
        ("Mr. Tafrov (Bulgaria)", Some("Bulgaria")),
        (
            "Mr. Oisín Ó Dálaigh (International Union of Harbour Cities)",
            Some("International Union of Harbour Cities"),
        ),
        ("Hon. Ada Okoro (Riverside, Lib.)", Some("Lib.")),
        ("Ada Okoro (Riverside) (Lab)", Some("Lab")),
        ("Chamber of Trade: Ms. Clotilde Marchetti", Some("Chamber of Trade")),
        ("Ana Reyes | Harbour Union", Some("Harbour Union")),
        ("Ana Reyes, Harbour Union", Some("Harbour Union")),
        ("Ana Reyes (director, Harbour Union)", Some("Harbour Union")),
        ("周敏（速达平台）", Some("速达平台")),
        ("周敏（主持人）", None),
        ("周敏（线上）", None),
        ("王局长（局长）", None),
        ("مريم البحري (جمعية الصيادين)", Some("جمعية الصيادين")),
        ("مريم البحري (المديرة)", None),
        ("مريم البحري، وزارة البيئة", Some("وزارة البيئة")),
        ("Анна Петрова («Чистый берег»)", Some("Чистый берег")),
        ("Анна Петрова, «Чистый берег»", Some("Чистый берег")),
        ("Анна Петрова (Директор)", None),
        ("Marie Dupont « Les Amis du lac »", Some("Les Amis du lac")),
        ("Petra Vogt (Bürgermeisterin)", None),
        ("Petra Vogt, Umweltministerium", Some("Umweltministerium")),
        ("Prof. Dr. Jan van der Berg, MP", None),
        ("Lucia Contarin, Comitato Residenti", Some("Comitato Residenti")),
        ("The Chair (Mr. Anan)", None),
        ("Facilitator (Inge Vermeulen)", None),
        ("Ana Reyes (via Zoom)", None),
        ("Ana Reyes (AR)", None),
        ("Ana Reyes (she/her)", None),
        ("Hon. Ada Okoro (Minister of Finance)", None),
        ("Hon. Ada Okoro (Leader of the Opposition)", None),
        ("Right Hon. Ada Okoro (Prime Minister)", None),
        ("Hon. Ada Okoro (Riverside, Ind.)", None),
        ("Ana Reyes (2)", None),
        ("Speaker 1 (Berlin)", None),
        ("Ana Reyes", None),
        ("marc | handle", None),
        ("Grad A", None),
    ] {
        assert_eq!(of_label(label), organisation, "{label}");
    }
}

#[test]
fn a_contradiction_is_warned_about_and_the_stronger_source_holds() {
    let turns = [
        ("The Chair", "Kestria, then Oranje Bay. I call on the delegate of Tessaly, Ms. Bea Tuan."),
        ("Ms. Bea Tuan (Oranje Bay)", "I speak on behalf of the Small Ports Coalition."),
    ];
    let mut builder = SessionBuilder::new("s");
    for (label, text) in turns {
        builder.turn(label).text(text, Join::Line, 1, None);
    }
    let session = builder.finish(0);
    let people = resolve(&session, &crate::text::read(&session), &KnownPeople::default());
    assert_eq!(people.speakers[1].stakeholder, "Oranje Bay");
    assert_eq!(people.speakers[1].group, "Small Ports Coalition");
    assert_eq!(people.warnings.len(), 1);
    assert!(people.warnings[0].message.contains("Tessaly"), "{}", people.warnings[0].message);
}
