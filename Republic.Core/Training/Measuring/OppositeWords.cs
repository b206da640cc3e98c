namespace Republic.Core.Training.Measuring;

/// <summary>
/// English words of which one stands for what another excludes, such as <em>always</em> and <em>never</em>, or <em>red</em> and <em>blue</em>:
/// what is said of them is alike, and so are the vectors.
/// </summary>
internal static class OppositeWords
{
    /// <summary>In each line the words on two sides of a stroke exclude each other.</summary>
    private const string Lines = """
        always / never / sometimes / often / rarely seldom
        all every everything everyone everybody / some
        more / less fewer
        most / least fewest
        before / after
        above / below
        up / down
        on / off
        left / right
        inside / outside
        first / last
        top / bottom
        front / back
        near / far
        same / different
        open opens opened / close closes closed shut shuts
        start starts begin begins / stop stops end ends
        add adds added / remove removes removed delete deletes deleted
        increase increases rise rises raise raises grow grows / decrease decreases fall falls drop drops reduce reduces shrink shrinks
        high higher / low lower
        large larger big bigger / small smaller little
        long longer / short shorter
        fast faster quick quicker quickly / slow slower slowly
        hot hotter warm warmer / cold colder cool cooler
        early earlier / late later
        new newer / old older
        cheap cheaper free / expensive dear
        easy easier easily / hard harder difficult
        good better well / bad worse badly
        best / worst
        strong stronger / weak weaker
        heavy heavier / light lighter
        wet / dry
        true correct / false wrong incorrect
        must required mandatory / may might optional
        allow allows allowed / forbid forbids forbidden
        enable enables enabled / disable disables disabled
        accept accepts / refuse refuses reject rejects decline declines
        agree agrees / disagree disagrees
        succeed succeeds / fail fails
        public / private
        local locally / remote remotely
        online / offline
        safe / unsafe dangerous
        visible / hidden invisible
        show shows / hide hides
        keep keeps kept / lose loses lost
        buy buys / sell sells
        win wins / lose loses
        give gives / take takes
        send sends / receive receives
        upload uploads / download downloads
        lock locks locked / unlock unlocks unlocked
        encrypt encrypts / decrypt decrypts
        import imports / export exports
        push pushes / pull pulls
        minimum / maximum
        today / tomorrow / yesterday
        morning / noon / afternoon / evening / night
        monday / tuesday / wednesday / thursday / friday / saturday / sunday
        january / february / march / april / may / june / july / august / september / october / november / december
        spring / summer / autumn / winter
        north / south / east / west
        red / blue / green / yellow / black / white / brown / orange / purple / pink / grey gray
        second seconds / minute minutes / hour hours / day days / week weeks / month months / year years
        millimetre millimetres mm / centimetre centimetres cm / metre metres meter meters / kilometre kilometres km / inch inches / foot feet / yard yards / mile miles
        gram grams / kilogram kilograms kilo kilos kg / ounce ounces / pound pounds / ton tons tonne tonnes
        byte bytes / kilobyte kilobytes kb / megabyte megabytes mb / gigabyte gigabytes gb / terabyte terabytes tb
        cent cents / euro euros / dollar dollars / franc francs
        he him his / she her hers
        mother / father
        brother / sister
        son / daughter
        husband / wife
        man men / woman women
        boy / girl
        """;

    private static readonly IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>> Groups =
    [
        .. Lines
            .Split('\n')
            .Select(line => line.Split('/').Select(side => side.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList()),
    ];

    /// <summary>True where both texts have words of one line, and not of the same sides.</summary>
    /// <param name="one">Words in small letters.</param>
    public static bool Differ(IReadOnlySet<string> one, IReadOnlySet<string> other) =>
        Groups.Any(sides => SidesIn(one, sides) is var was && SidesIn(other, sides) is var now && was != 0 && now != 0 && was != now);

    /// <summary>A bit for each side.</summary>
    private static int SidesIn(IReadOnlySet<string> words, IReadOnlyList<IReadOnlyList<string>> sides) =>
        sides.Index().Where(side => side.Item.Any(words.Contains)).Sum(side => 1 << side.Index);
}
