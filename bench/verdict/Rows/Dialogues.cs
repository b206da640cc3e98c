using Republic.Core;

namespace Republic.Bench.Rows;

/// <summary>Small dialogues in another language, made by grammar. Each noun is a cluster.</summary>
internal sealed record Dialogues(
    IReadOnlyList<string> Nouns,
    IReadOnlyList<string> Places,
    IReadOnlyList<string> Times,
    IReadOnlyList<(string Question, string Answer)> Forms
)
{
    /// <summary>Of a noun the article is the first word, and {n} the noun with it in lower case.</summary>
    public static IReadOnlyList<Dialogues> Languages { get; } =
    [
        new(
            [
                "das Buch",
                "das Brot",
                "das Bild",
                "das Glas",
                "das Haus",
                "das Auto",
                "das Boot",
                "das Messer",
                "das Kleid",
                "das Fenster",
                "das Radio",
                "das Fahrrad",
                "das Telefon",
                "das Kissen",
                "das Paket",
                "das Blatt",
                "das Spiel",
                "das Lied",
                "das Zelt",
                "das Tuch",
                "das Netz",
                "das Rad",
                "das Seil",
                "das Brett",
                "das Heft",
                "das Sofa",
                "das Pferd",
                "das Schaf",
                "das Huhn",
                "das Lamm",
                "das Kind",
                "das Zimmer",
                "das Bett",
                "das Licht",
                "das Tor",
                "das Schild",
                "das Eis",
                "das Salz",
                "das Werkzeug",
                "das Klavier",
            ],
            [
                "im Garten",
                "in der Stadt",
                "auf dem Tisch",
                "hinter der Schule",
                "unter der Brücke",
                "neben der Kirche",
                "am Fluss",
                "bei den Nachbarn",
                "im Keller",
                "auf dem Markt",
                "vor der Tür",
                "im Dorf",
            ],
            [
                "am Montag",
                "heute Abend",
                "morgen früh",
                "nach dem Essen",
                "am Wochenende",
                "um acht Uhr",
                "im Sommer",
                "gegen Mittag",
                "nächste Woche",
            ],
            [
                ("Wo ist {n}?", "Es ist {p}. Ich habe {n} dort {t} gesehen."),
                ("Wem gehört {n}?", "Meiner Schwester. Sie hat {n} {p} gefunden."),
                ("Was kostet {n}?", "Nicht viel. {p} bekommst du es {t} billiger."),
                ("Kannst du mir {n} bringen?", "Gern. Ich bringe es dir {t}, du wartest {p}."),
                ("Magst du {n}?", "Ja, sehr. {N} steht {p} und macht mir Freude."),
                ("Wann kommt {n}?", "Es kommt {t}. Warte bitte {p} darauf."),
                ("Ist {n} neu?", "Nein, es ist alt. Wir haben es {p} gekauft."),
                ("Warum ist {n} so schmutzig?", "Weil es {p} lag. Ich wasche es {t}."),
            ]
        ),
        new(
            [
                "el libro",
                "el pan",
                "el cuadro",
                "el vaso",
                "el coche",
                "el barco",
                "el cuchillo",
                "el vestido",
                "el reloj",
                "el tren",
                "el mapa",
                "el sombrero",
                "el perro",
                "el gato",
                "el caballo",
                "el piano",
                "el queso",
                "el zapato",
                "el regalo",
                "el paquete",
                "el papel",
                "el abrigo",
                "el jarro",
                "el plato",
                "el farol",
                "el martillo",
                "el cuaderno",
                "el violín",
                "el espejo",
                "el banco",
                "el lago",
                "el puente",
                "el correo",
                "el dinero",
                "el trabajo",
                "el vino",
                "el arroz",
                "el helado",
                "el carro",
                "el tambor",
            ],
            [
                "en el jardín",
                "en la ciudad",
                "sobre la mesa",
                "detrás de la escuela",
                "debajo del puente",
                "cerca de la iglesia",
                "junto al río",
                "en el mercado",
                "en la cocina",
                "delante de la puerta",
                "en el pueblo",
                "en la playa",
            ],
            [
                "el lunes",
                "esta noche",
                "mañana temprano",
                "después de comer",
                "el domingo",
                "a las ocho",
                "en verano",
                "al mediodía",
                "la semana próxima",
            ],
            [
                ("¿Dónde está {n}?", "Está {p}. Lo vi allí {t}, {n} no se mueve."),
                ("¿De quién es {n}?", "Es de mi hermana. Ella encontró {n} {p}."),
                ("¿Cuánto cuesta {n}?", "Muy poco. {p} lo venden {t} más barato."),
                ("¿Me puedes traer {n}?", "Con gusto. Te traigo {n} {t}, espera {p}."),
                ("¿Te gusta {n}?", "Sí, mucho. {N} que vi {p} es muy bonito."),
                ("¿Cuándo llega {n}?", "Llega {t}. Hay que esperar {p}."),
                ("¿Es nuevo {n}?", "No, es viejo. Lo compramos {p} hace años."),
                ("¿Por qué está tan sucio {n}?", "Porque estaba {p}. Voy a limpiarlo {t}."),
            ]
        ),
    ];

    public Population Population() =>
        new(Nouns.ToDictionary(noun => noun, noun => (Func<SeededRandom, Row>)(random => About(noun, random))));

    private Row About(string noun, SeededRandom random)
    {
        var (question, answer) = Forms[random.Next(Forms.Count)];
        var (place, time) = (Places[random.Next(Places.Count)], Times[random.Next(Times.Count)]);
        string With(string text) =>
            string.Join(
                ' ',
                Style
                    .Sentences(
                        text.Replace("{n}", noun, StringComparison.Ordinal)
                            .Replace("{N}", noun, StringComparison.Ordinal)
                            .Replace("{p}", place, StringComparison.Ordinal)
                            .Replace("{t}", time, StringComparison.Ordinal)
                    )
                    .Select(Core.Sprout.Invention.Capitalised)
            );
        return new Row(With(question), With(answer), noun);
    }
}
