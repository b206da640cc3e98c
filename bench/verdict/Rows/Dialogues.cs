using Republic.Core;
using Republic.Sprout.Dialogues;

namespace Republic.Bench.Rows;

/// <summary>Small dialogues in another language, made by grammar. Each noun is a cluster.</summary>
/// <param name="Nouns">All of one gender, so that one form of each adjective fits all.</param>
/// <param name="Thing">A noun {n} with its article and an adjective {a}.</param>
internal sealed record Dialogues(
    IReadOnlyList<string> Nouns,
    IReadOnlyList<string> Adjectives,
    string Thing,
    IReadOnlyList<string> Places,
    IReadOnlyList<string> Times,
    IReadOnlyList<(string Question, string Answer)> Forms
)
{
    public static IReadOnlyList<Dialogues> Languages { get; } =
    [
        new(
            Words(
                "Buch Brot Bild Glas Haus Auto Boot Messer Kleid Fenster Radio Fahrrad Telefon Kissen Paket Blatt Spiel Zelt Tuch Netz "
                    + "Rad Seil Brett Heft Sofa Pferd Schaf Huhn Zimmer Bett Licht Tor Schild Werkzeug Klavier"
            ),
            Words("alte neue kleine große rote blaue schöne teure leichte schwere runde lange"),
            "das {a} {n}",
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
            ["am Montag", "heute Abend", "morgen früh", "nach dem Essen", "am Wochenende", "um acht Uhr", "im Sommer", "gegen Mittag"],
            [
                ("Wo ist {t}?", "Es ist {p}. Ich habe {t} dort {w} gesehen."),
                ("Wem gehört {t}?", "Meiner Schwester. Sie hat {t} {p} gefunden."),
                ("Was kostet {t}?", "Nicht viel. {p} bekommst du {t} {w} billiger."),
                ("Kannst du mir {t} bringen?", "Gern. Ich bringe dir {t} {w}, du wartest {p}."),
                ("Magst du {t}?", "Ja, sehr. {t} steht {p} und macht mir Freude."),
                ("Wann kommt {t}?", "Es kommt {w}. Du bekommst {t} {p}."),
                ("Woher hast du {t}?", "Wir haben {t} {w} {p} gekauft."),
                ("Warum ist {t} so schmutzig?", "Weil es {p} lag. Ich wasche {t} {w}."),
            ]
        ),
        new(
            Words(
                "libro pan cuadro vaso coche barco cuchillo vestido reloj tren mapa sombrero perro gato caballo piano queso zapato regalo "
                    + "paquete papel abrigo plato farol martillo cuaderno espejo banco correo vino helado carro tambor jarro sofá"
            ),
            Words("viejo nuevo pequeño rojo negro bonito caro ligero pesado redondo largo blanco"),
            "el {n} {a}",
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
            ["el lunes", "esta noche", "mañana temprano", "después de comer", "el domingo", "a las ocho", "en verano", "al mediodía"],
            [
                ("¿Dónde está {t}?", "Está {p}. Vi {t} allí {w}."),
                ("¿De quién es {t}?", "Es de mi hermana. Ella encontró {t} {p}."),
                ("¿Cuánto cuesta {t}?", "Muy poco. {p} venden {t} {w} más barato."),
                ("¿Me puedes traer {t}?", "Con gusto. Te traigo {t} {w}, espera {p}."),
                ("¿Te gusta {t}?", "Sí, mucho. {t} que vi {p} es una maravilla."),
                ("¿Cuándo llega {t}?", "Llega {w}. Hay que esperar {t} {p}."),
                ("¿De dónde tienes {t}?", "Compramos {t} {w} {p}."),
                ("¿Por qué está tan sucio {t}?", "Porque estaba {p}. Voy a limpiar {t} {w}."),
            ]
        ),
    ];

    public Population Population() =>
        new(Nouns.ToDictionary(noun => noun, noun => (Func<SeededRandom, Row>)(random => About(noun, random))));

    private Row About(string noun, SeededRandom random)
    {
        var thing = Thing.Replace("{n}", noun).Replace("{a}", Adjectives[random.Next(Adjectives.Count)]);
        var (question, answer) = Forms[random.Next(Forms.Count)];
        var (place, time) = (Places[random.Next(Places.Count)], Times[random.Next(Times.Count)]);
        string With(string text) =>
            string.Join(
                ' ',
                Style.Sentences(text.Replace("{t}", thing).Replace("{p}", place).Replace("{w}", time)).Select(Invention.Capitalised)
            );
        return new Row(With(question), With(answer), noun);
    }

    private static string[] Words(string text) => text.Split(' ');
}
