using System.Collections.Frozen;

namespace Republic.Core.Answering.Stages;

/// <summary>Words that name no subject, in English and German: a message of nothing else is not looked up.</summary>
internal static class Wording
{
    private const string English = """
        a an the and or but if so then of to in on at by for with about from into as than is are was were be been being am do does did done doing
        can could will would shall should may might must have has had having i me my mine myself you your yours yourself we us our ours he him his
        she her hers it its they them their this that these those there here what which who whom whose when where why how please thanks thank thx
        hello hi hey greetings good morning afternoon evening night day bye goodbye welcome sorry ok okay yes no not yeah yep nope sure great nice
        cool fine well right perfect tell say talk speak chat explain describe show give help helps helped helpful know known knowledge understand think mean means work
        works working ask asked question questions answer answers respond something anything everything nothing thing things someone anyone stuff
        some any all both each more less much many lot lots bit little one other another else again also too just only very really still now today
        go let make get got use want need like try able concept concepts idea ideas topic topics subject example examples detail details further
        continue elaborate capable capability capabilities ability abilities skill skills introduce name up new test testing there's what's who's
        i'm you're it's that's don't can't i'd i'll let's kind sort way short briefly first second next last up's assist assistance
        expertise expert purpose communication style approach called named remember recall forgot forgotten
        """;

    private const string German = """
        der die das den dem des ein eine einen einem einer eines kein keine und oder aber wenn dann denn dass daß ob von vom zu zum zur in im ins an
        am auf bei für mit über unter aus nach vor um als wie was wer wen wem wessen wann wo warum wieso weshalb woher wohin welche welcher welches
        welchen ist sind war waren sein bin bist seid werde wird werden wurde hat habe haben hast hatte kann kannst können könnte könntest könnten
        soll sollst sollte muss müssen darf dürfen mag möchte möchtest will willst wollen tun tust tut mache macht machst machen mach gib gibt geben
        geht gehen läuft ich mich mir mein meine meinen meiner du dich dir dein deine deinen deiner er sie es ihn ihm ihr ihnen ihre ihren wir uns
        unser unsere man sich hier da dort dies diese diesen dieser dieses jene davon darüber dazu damit daran bitte danke dankeschön vielen dank
        hallo guten gute guter morgen tag abend nacht tschüss wiedersehen ja nein nicht doch gut super toll schön prima klar genau sag sage sagen
        erzähl erzähle erzählen erklär erkläre erklären beschreib beschreibe zeig zeige hilf hilfe hilft helfen geholfen weiß weißt wissen kennst kennen verstehe
        verstehen denken denkst meinst meinen arbeitest frage fragen antwort antworten antworte etwas nichts alles irgendwas ding dinge mehr weniger
        viel viele noch nochmal wieder auch nur sehr so jetzt heute neu neues mal beispiel beispiele genauer detail details weiter ausführlicher
        konzept thema themen name heißt heißen fähigkeiten selbst stell kurz eigentlich
        """;

    // A greeting in another tongue is as little a question.
    private const string Elsewhere = """
        hola gracias buenos días buenas tardes bonjour merci salut ciao grazie buongiorno olá ola obrigado obrigada hej tack hoi dank dankjewel cześć
        привет спасибо здравствуйте 你好 谢谢 您好 こんにちは ありがとう 안녕하세요 감사합니다
        """;

    public static readonly FrozenSet<string> WithoutSubject = Set(English, German, Elsewhere);

    /// <summary>Ask for more of what was asked before.</summary>
    public static readonly FrozenSet<string> MoreOfIt = Set(
        """
        more why else further continue elaborate example examples detail details
        mehr warum wieso weshalb weiter genauer ausführlicher beispiel beispiele
        """
    );

    /// <summary>Stand for what was named before.</summary>
    public static readonly FrozenSet<string> Pronouns = Set(
        "it its they them their this that these those es davon darüber dazu damit daran dies diese diesen dieser dieses"
    );

    /// <summary>At the beginning they lean on what was asked before.</summary>
    public static readonly FrozenSet<string> Connectives = Set("and but or so und aber oder also");

    public static readonly FrozenSet<string> Courtesies = Set(
        """
        thanks thank thx hello hi hey bye goodbye great nice cool perfect danke dankeschön dank hallo tschüss super toll prima hola gracias bonjour merci
        """
    );

    private static FrozenSet<string> Set(params string[] words) =>
        words.SelectMany(list => list.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToFrozenSet(StringComparer.Ordinal);
}
