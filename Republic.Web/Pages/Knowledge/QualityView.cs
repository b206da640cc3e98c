using System.Globalization;
using Republic.Core.Jobs;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Measuring;
using Republic.Web.Pages.Charts;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Knowledge;

/// <summary>How well a collection is searched, as its page shows it.</summary>
public sealed record QualityView(RetrievalQuality.View Found, IReadOnlyList<QuestionCard> Questions)
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public RetrievalScore? Last => Found.Scores is [.., var last] ? last : null;

    public bool IsWorking => Found.Measuring?.IsActive == true || Found.Drafting?.IsActive == true;

    /// <summary>What went wrong with the last round; null where nothing did.</summary>
    public string? MeasuringFailed => Found.Measuring is { Status: JobStatus.Failed } failed ? failed.Error : null;

    public string? DraftingFailed => Found.Drafting is { Status: JobStatus.Failed } failed ? failed.Error : null;

    public string Sentence =>
        Questions.Count == 0
            ? "Golden questions measure the search: questions whose right passage is known, asked again after every change."
        : Last is not { } last ? "The questions have not been asked yet."
        : $"The right passage comes first for {Percent(last.HitAt1)} of {Figures.Count(last.Questions, "question")}, and among the first five for {Percent(last.HitAt5)}.{Answered(last)}";

    /// <summary>The last round with another embedding model, or with none; null where there is none to compare with.</summary>
    public RetrievalScore? BeforeModel => Last is { } last ? Found.Scores.LastOrDefault(score => score.Embedding != last.Embedding) : null;

    /// <summary>Why fewer questions were drafted than were asked for; null where all were.</summary>
    public string? DraftingLacks => DraftReport.Of(Found.Drafting)?.Sentence;

    public LineChart Chart =>
        new(Sentence, [Line("first", 0, score => score.HitAt1), Line("among five", 1, score => score.HitAt5)], Found.Scores.Count)
        {
            IsShare = true,
            FirstX = 1,
            Along = "round",
        };

    public static IReadOnlyList<LegendKey> Legend { get; } =
    [new("first", Series.Line(0), LegendShape.Line), new("among the first five", Series.Line(1), LegendShape.Line)];

    public static string Percent(double share) => $"{(share * 100).ToString("0", Culture)} %";

    public static string Number(double number) => number.ToString("0.00", Culture);

    /// <summary>Under what a round was made, in few words.</summary>
    public static string Settings(RetrievalScore score)
    {
        return $"{Figures.Count(score.Cutting.Length)} characters, overlap {Figures.Count(score.Cutting.Overlap)}, {FoundBy(score)}";
    }

    public static string FoundBy(RetrievalScore score) =>
        score.Embedding is { } given ? $"words and {PlainName.Of(given.ModelId)}" : "words alone";

    public (string Words, string? Tone) RankOf(QuestionCard question)
    {
        return !Found.Ranks.TryGetValue(question.Id, out var rank) ? ("not asked yet", null)
            : rank.Rank is not { } place ? ("missed", "bad")
            : rank.Given == false ? ($"place {place.ToString(Culture)}, not given", "warn")
            : ($"place {place.ToString(Culture)}", place <= 5 ? "good" : "warn");
    }

    /// <summary>What a person gets: a passage that is found but scores too low is given to no answer.</summary>
    private static string Answered(RetrievalScore score) =>
        score.Answered is { } answered ? $" It would be passed to the answer for {Percent(answered)}." : "";

    private ChartLine Line(string name, int series, Func<RetrievalScore, double> of) =>
        new(name, series, [.. Found.Scores.Select((score, i) => new ChartPoint(i + 1, of(score)))]);
}
