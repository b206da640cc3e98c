using System.Globalization;

namespace Republic.Core.Knowledge.Measuring;

/// <summary>What a round through the golden questions was asked for.</summary>
/// <param name="One">For people, where it is the only one of its kind: "guide.md was indexed".</param>
/// <param name="Many">Where there are several, with their number: "{0} documents were indexed".</param>
/// <param name="Subject">What it happened to: twice to the same is once.</param>
internal sealed record MeasureCause(string One, string Many, Guid Subject)
{
    private const int MaxReason = 300;

    public static MeasureCause Added(Guid question) => new("A question was added", "{0} questions were added", question);

    public static MeasureCause Changed(Guid question) => new("A question was changed", "{0} questions were changed", question);

    public static MeasureCause TakenAway(Guid question) => new("A question was taken away", "{0} questions were taken away", question);

    public static MeasureCause Drafted(string minion, int count, Guid job) =>
        new($"{minion} drafted {(count == 1 ? "a question" : $"{count} questions")}", "Questions were drafted {0} times", job);

    public static MeasureCause Indexed(Document document) => new($"{document.Name} was indexed", "{0} documents were indexed", document.Id);

    public static MeasureCause NewVectors(Document document) =>
        new($"{document.Name} got new vectors", "{0} documents got new vectors", document.Id);

    public static MeasureCause PassagesChanged(Document document) =>
        new($"Passages of {document.Name} were changed", "Passages of {0} documents were changed", document.Id);

    public static MeasureCause Settings(Guid collection) => Whole("The settings were changed", collection);

    public static MeasureCause Cut(Guid collection) => Whole("All documents were cut anew", collection);

    public static MeasureCause Model(EmbeddingModel? model, Guid collection) =>
        Whole(model is null ? "Vectors were given up: found by words alone" : $"Vectors of {model.ModelId}", collection);

    public static MeasureCause Again(Guid collection) => Whole("Measured again", collection);

    /// <summary>
    /// Questions that came and went are counted, since a round may see one before its order does: then the next has nothing new to say of it.
    /// </summary>
    /// <param name="before">The questions of the last round.</param>
    /// <param name="now">And of this.</param>
    public static List<MeasureCause> Counted(IReadOnlyList<MeasureCause> causes, IReadOnlySet<Guid> before, IReadOnlySet<Guid> now)
    {
        var (added, takenAway) = (Added(Guid.Empty).Many, TakenAway(Guid.Empty).Many);
        var others = causes.Where(cause => cause.Many != added && cause.Many != takenAway).ToList();
        return others.Count == causes.Count
            ? others
            : [.. now.Except(before).Select(Added), .. before.Except(now).Select(TakenAway), .. others];
    }

    /// <summary>All that led to one round.</summary>
    public static string Reason(IEnumerable<MeasureCause> causes)
    {
        var said = string.Join(". ", causes.GroupBy(cause => cause.Many, StringComparer.Ordinal).Select(Said));
        return said.Length > MaxReason ? $"{said[..(MaxReason - 1)]}…" : said;
    }

    private static MeasureCause Whole(string what, Guid collection) => new(what, what, collection);

    private static string Said(IGrouping<string, MeasureCause> same) =>
        same.DistinctBy(cause => cause.Subject).Count() is var count and > 1
            ? string.Format(CultureInfo.InvariantCulture, same.Key, count)
            : same.Last().One;
}
