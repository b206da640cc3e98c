using Republic.Core.Knowledge.Collections;
using Republic.Core.Knowledge.Embedding;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Knowledge;

/// <summary>The cost and the limits of the built-in embedding model, for people. The figures are those of <c>bench/meaning</c>.</summary>
internal static class BuiltInMeaning
{
    private const double PassagesPerS = 10;
    private const double Notable = 0.2;

    /// <summary>The time that vectors of so many passages take on one processor.</summary>
    public static string TimeFor(int passages) => Figures.About(TimeSpan.FromSeconds(passages / PassagesPerS));

    /// <summary>The warning where a notable share of the passages is in other languages; null where there is none to give.</summary>
    public static string? Weakness(CollectionCard collection)
    {
        var other = collection
            .Languages.Where(language => language.Language is not ("english" or "simple"))
            .Sum(language => language.Passages);
        return collection.Embedding != BuiltInEmbedding.Model || other < Notable * collection.PassageCount || other == 0
            ? null
            : $"{Figures.Count(other, "passage is", "passages are")} not in English. all-minilm-l6-v2 was made for English: asked in other words in twelve other languages, it found one passage in six first, and in English one in two. Their words find them as before. For such documents choose an embedding model of several languages under Settings.";
    }
}
