namespace Republic.Core.Knowledge.Reading;

/// <summary>The language of a text, by its most frequent little words.</summary>
internal static class LanguageGuess
{
    private const string Unknown = "simple";
    private const int LettersLookedAt = 40_000;
    private const int FewestWords = 2;

    /// <summary>Of all words, the share that little ones have at least in real sentences.</summary>
    private const double LeastShare = 0.06;

    private static readonly Dictionary<string, string[]> Words = Read(
        (
            "danish",
            "og i jeg det at en den til er som på de med han af for ikke der var mig sig men et har om vi min havde ham hun nu over da fra du ud sin dem os op man hans hvor eller hvad skal selv her alle vil blev kunne ind når være noget"
        ),
        (
            "dutch",
            "de en van ik te dat die in een hij het niet zijn is was op aan met als voor had er maar om hem dan zou of wat mijn men dit zo door over ze zich bij ook tot je mij uit der daar haar naar heb hoe heeft hebben deze u want nog zal wordt worden"
        ),
        (
            "english",
            "the of and to a in is it you that he was for on are with as i his they be at one have this from or had by not but what all were when we there can an your which their if do will each how them then she many some so these would into has more her two like him see could no make than first been its who now people my made over did down only may after"
        ),
        (
            "finnish",
            "ja on ei se että en hän oli minä mutta niin kuin sen ovat joka mitä tai myös jos kun sitä vain mukaan ole olla hänen minun tämä tämän sekä kanssa voi ennen nyt siitä siinä jotka vielä"
        ),
        (
            "french",
            "le la les de des du un une et est à en que qui dans pour pas sur au aux avec ce cette il elle nous vous ils ne se son sa ses par plus ou mais je tu leur comme sont été être on fait même si tout ces où"
        ),
        (
            "german",
            "der die das und in zu den ist nicht von mit sich des auf für im dem ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man kann wenn ich du wir ihr"
        ),
        (
            "italian",
            "di che e la il un a per è in una non sono con si da come le dei nel alla del più gli della ha i lo ma al anche se su questo o ci mi delle cosa era tutto nella dal quando suo essere perché sua cui"
        ),
        (
            "norwegian",
            "og i jeg det at en et den til er som på de med han av ikke der så var meg seg men ett har om vi min mitt ha hadde hun nå over da ved fra du ut sin dem oss opp man kan hans hvor eller hva skal selv her alle vil bli ble kunne inn når være noen etter"
        ),
        (
            "portuguese",
            "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser quando muito há nos já está eu também só pelo pela até isso ela entre era depois sem mesmo aos são"
        ),
        (
            "romanian",
            "și în de la cu a pe nu este o că un din care se să pentru ce mai au fost sunt sau prin al ale ca lui dar dacă era acest această după între fi am îi le iar"
        ),
        (
            "russian",
            "и в не на я что он с как а то все она так его но да ты к у же вы за бы по только ее мне было вот от меня еще нет о из ему теперь когда даже ну вдруг ли если уже или ни быть был него до вас это для мы их чем была"
        ),
        (
            "spanish",
            "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si sin sobre este ya entre cuando todo esta ser son dos también fue había era muy años hasta desde está mi porque qué"
        ),
        (
            "swedish",
            "och i att det som en på är av för med den till inte om ett han men var jag sig från vi så kan när de nu har du hade hon ut sin dem oss upp man hans där eller vad ska skulle själv här alla vill blev kunde in vara något efter"
        ),
        (
            "turkish",
            "ve bir bu da de için ile çok ne ben o mi var daha gibi kadar olan olarak sonra her ama en ki mı diye değil şey nasıl neden ya veya hem biz siz onlar şu ise hiç göre"
        )
    );

    public static string Of(string text)
    {
        var hits = new Dictionary<string, int>(StringComparer.Ordinal);
        var count = 0;
        foreach (var word in WordsOf(text.AsSpan(0, Math.Min(text.Length, LettersLookedAt)).ToString()))
        {
            count++;
            foreach (var language in Words.GetValueOrDefault(word, []))
            {
                hits[language] = hits.GetValueOrDefault(language) + 1;
            }
        }

        var best = hits.OrderByDescending(hit => hit.Value).ThenBy(hit => hit.Key, StringComparer.Ordinal).FirstOrDefault();
        return best.Value >= FewestWords && best.Value >= LeastShare * count ? best.Key : Unknown;
    }

    private static IEnumerable<string> WordsOf(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            var start = at;
            while (at < text.Length && char.IsLetter(text[at]))
            {
                at++;
            }

            if (at > start)
            {
                yield return text[start..at].ToLowerInvariant();
            }
        }
    }

    private static Dictionary<string, string[]> Read(params (string Language, string Words)[] lists) =>
        lists
            .SelectMany(list => list.Words.Split(' ').Distinct(StringComparer.Ordinal).Select(word => (word, list.Language)))
            .GroupBy(pair => pair.word, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Select(pair => pair.Language).ToArray(), StringComparer.Ordinal);
}
