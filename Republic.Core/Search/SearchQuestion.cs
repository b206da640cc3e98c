using Republic.Core.Data;
using Republic.Core.Search.Words;

namespace Republic.Core.Search;

/// <summary>What is searched for: words, all of which must be there. Punctuation counts where there is nothing else.</summary>
internal sealed class SearchQuestion
{
    /// <summary>Those beyond are not looked for.</summary>
    private const int MostWords = 32;

    private const int ShortestBeginning = 3;

    /// <summary>What stands around the words of a sentence, and belongs to no name.</summary>
    private const string Around = "\"'“”„‘’‚«»,.;:!?()[]";

    private readonly IReadOnlyList<AskedWord> words;

    private SearchQuestion(string folded, bool isTyped)
    {
        var cut = TextWords.Cut(folded).ToList();
        IsSigns = cut.TrueForAll(word => word.Kind == WordKind.Sign);
        var asked = IsSigns ? cut : cut.FindAll(word => word.Kind != WordKind.Sign);
        words = [.. asked.SelectMany((word, i) => Asked(word, isTyped || i == asked.Count - 1, isTyped)).Distinct().Take(MostWords)];
        IsShort = asked.TrueForAll(word => word.Kind == WordKind.Word && word.Length < ShortestBeginning);
        Names = IsSigns
            ? SearchWords.Of(folded)
            : [.. folded.Split(' ').Where(HoldsWord).Select(name => name.Trim(Around.ToCharArray())).Take(SearchWords.Most)];
    }

    public bool IsEmpty => words.Count == 0;

    /// <summary>It is punctuation alone.</summary>
    public bool IsSigns { get; }

    /// <summary>Too few letters to look for in all that was ever said.</summary>
    public bool IsShort { get; }

    /// <summary>What a name must hold, one word or a part of one each.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>For <c>like</c>, one for each of <see cref="Names"/>.</summary>
    public IEnumerable<string> Patterns => Names.Select(LikePattern.Containing);

    /// <summary>For <c>like</c>, of a name behind a space: one of its words begins with what is searched for.</summary>
    public string Beginning => LikePattern.Containing($" {string.Join(' ', Names)}");

    /// <summary>Of whole words, the last by its beginning.</summary>
    public static SearchQuestion Of(string folded) => new(folded, isTyped: false);

    /// <summary>While it is typed, each word by its beginning, however short.</summary>
    public static SearchQuestion Typed(string folded) => new(folded, isTyped: true);

    /// <summary>As a <c>tsquery</c>.</summary>
    /// <param name="citizens">Those who take part in the conversation.</param>
    public string Tsquery(params IEnumerable<Guid> citizens) =>
        string.Join(
            " & ",
            citizens.Select(citizen => AskedWord.Quoted(TextWords.Of(citizen))).Concat(words.Select(word => word.ToString()))
        );

    /// <summary>The word that is asked for and that one of a text is; null where it is none.</summary>
    public AskedWord? Asked(TextWord word) => words.FirstOrDefault(asked => asked.IsHeldBy(word));

    private static bool HoldsWord(string name) => TextWords.Cut(name).Any(word => word.Kind != WordKind.Sign);

    private static IEnumerable<AskedWord> Asked(TextWord word, bool mayBegin, bool isTyped)
    {
        if (word.Kind != WordKind.Run)
        {
            var isBeginning = word.Kind == WordKind.Word && mayBegin && (isTyped || word.Length >= ShortestBeginning);
            return [new AskedWord(word.Text, isBeginning)];
        }

        var pairs = TextWords.Pairs(word).ToList();
        return pairs is [var alone]
            ? [new AskedWord(alone.Text, IsBeginning: true)]
            : pairs.SkipLast(1).Select(pair => new AskedWord(pair.Text, IsBeginning: false));
    }
}
