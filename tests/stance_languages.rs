//! Where stakeholders stand, in every language of the program: a session of two who take sides.

use std::path::Path;
use std::process::Command;

/// A language, the terms of the issue, and what is said for it and against it.
const SESSIONS: &[(&str, &str, &[&str], &[&str])] = &[
    (
        "en",
        "night market",
        &[
            "We strongly support the night market, and we call for it to open every Friday.",
            "The night market must become part of the square, because it helps the small traders.",
        ],
        &[
            "We reject the night market, because it is a danger to the people who sleep there.",
            "The night market brings noise, damage and terrible dirt to our street.",
        ],
    ),
    (
        "fr",
        "marché de nuit",
        &[
            "Nous soutenons le marché de nuit et nous demandons qu'il ouvre chaque vendredi.",
            "Le marché de nuit doit rester sur la place, parce qu'il aide les petits commerçants.",
        ],
        &[
            "Nous refusons le marché de nuit, car il menace le sommeil des habitants.",
            "Le marché de nuit est une erreur qui nuit à toute notre rue.",
        ],
    ),
    (
        "es",
        "mercado nocturno",
        &[
            "Apoyamos el mercado nocturno y pedimos que abra todos los viernes.",
            "El mercado nocturno debe quedarse en la plaza, porque ayuda a los pequeños comerciantes.",
        ],
        &[
            "Rechazamos el mercado nocturno, porque es una amenaza para el descanso de los vecinos.",
            "El mercado nocturno es un error grave que perjudica a toda nuestra calle.",
        ],
    ),
    (
        "de",
        "Nachtmarkt/Händler/Anwohner/Straße",
        &[
            "Wir unterstützen den Nachtmarkt und fordern, dass er jeden Freitag öffnet.",
            "Der Nachtmarkt muss auf dem Platz bleiben, denn er hilft den kleinen Händlern.",
        ],
        &[
            "Wir sind gegen den Nachtmarkt, denn er ist eine Gefahr für den Schlaf der Anwohner.",
            "Der Nachtmarkt ist ein schlimmer Fehler und schadet unserer ganzen Straße.",
        ],
    ),
    (
        "it",
        "mercato notturno",
        &[
            "Sosteniamo il mercato notturno e chiediamo che apra ogni venerdì.",
            "Il mercato notturno deve restare in piazza, perché aiuta i piccoli commercianti.",
        ],
        &[
            "Respingiamo il mercato notturno, che è una minaccia per il sonno dei residenti.",
            "Il mercato notturno è un errore grave che danneggia tutta la nostra strada.",
        ],
    ),
    (
        "pt",
        "mercado noturno",
        &[
            "Apoiamos o mercado noturno e pedimos que abra todas as sextas-feiras.",
            "O mercado noturno deve ficar na praça, porque ajuda os pequenos comerciantes.",
        ],
        &[
            "Rejeitamos o mercado noturno, que é uma ameaça ao sono dos moradores.",
            "O mercado noturno é um erro grave que prejudica toda a nossa rua.",
        ],
    ),
    (
        "ru",
        "ночной рынок",
        &[
            "Мы поддерживаем ночной рынок и требуем открывать его каждую пятницу.",
            "Ночной рынок должен остаться на площади, он помогает мелким торговцам.",
        ],
        &[
            "Мы против: ночной рынок опасен, он мешает жителям спать.",
            "Ночной рынок это ошибка, он вредит всей нашей улице.",
        ],
    ),
    (
        "ar",
        "السوق الليلي",
        &[
            "نؤيد السوق الليلي ونطالب بفتحه كل يوم جمعة في الساحة.",
            "يجب أن يبقى السوق الليلي في الساحة لأنه يساعد صغار التجار.",
        ],
        &[
            "نرفض السوق الليلي لأنه خطر على نوم سكان الحي كلهم.",
            "السوق الليلي خطأ كبير وهو تهديد لشارعنا كله منذ سنوات.",
        ],
    ),
    (
        "zh",
        "夜市/商贩/居民/开放",
        &["我们支持夜市，希望夜市每个星期五都开放。", "夜市应该留在广场上，因为夜市帮助很多小商贩。"],
        &["我们反对夜市，夜市对居民的睡眠是一种威胁。", "夜市是一个错误，损害了我们整条街的居民。"],
    ),
];

#[test]
fn who_is_for_a_thing_and_who_is_against_it_is_told_in_every_language() {
    for (language, issue, supporter, opponent) in SESSIONS {
        let folder = tempfile::TempDir::new().unwrap();
        let at = |name: &str| folder.path().join(name).display().to_string();
        let line = |speaker: &str, text: &str| {
            format!("{}\n", serde_json::json!({ "speaker": speaker, "text": text }))
        };
        let turns = supporter.iter().zip(*opponent);
        let session: String = turns.map(|(a, b)| line("Ana Bek", a) + &line("Cai Dorn", b)).collect();
        std::fs::write(at("talk.jsonl"), session).unwrap();
        let terms: Vec<&str> = issue.split('/').collect();
        let issues = serde_json::json!({ "issues": [{ "label": terms[0], "terms": terms }] });
        std::fs::write(at("issues.json"), issues.to_string()).unwrap();
        let arguments = ["compare", &at("talk.jsonl"), "--issues", &at("issues.json"), "-o", &at("out")];
        let output = Command::new(env!("CARGO_BIN_EXE_rapporteur")).args(arguments).output().unwrap();
        assert!(output.status.success(), "{language}: {}", String::from_utf8_lossy(&output.stderr));
        let stances = stances(Path::new(&at("out/stances.csv")));
        let of = |name: &str| {
            stances.iter().find(|(who, _)| who == name).map_or("", |(_, stance)| stance.as_str())
        };
        assert_eq!(of("Ana Bek"), "support", "{language}");
        assert!(["oppose", "concern"].contains(&of("Cai Dorn")), "{language}: {stances:?}");
    }
}

/// Who stands where, by the table of stances.
fn stances(table: &Path) -> Vec<(String, String)> {
    let mut reader = csv::Reader::from_path(table).unwrap();
    let header = reader.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|title| title == name).unwrap();
    let (who, stance) = (column("stakeholder"), column("stance"));
    reader
        .records()
        .map(|row| row.unwrap())
        .map(|row| (row[who].to_owned(), row[stance].to_owned()))
        .collect()
}
