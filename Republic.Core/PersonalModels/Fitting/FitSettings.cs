using Republic.Core.Llama.Memory;

namespace Republic.Core.PersonalModels.Fitting;

/// <summary>The settings with which a model would be loaded.</summary>
/// <param name="Context">The context in tokens per sequence; a model trained with a shorter one gets that.</param>
/// <param name="Sequences">The number of answers generated at a time.</param>
/// <param name="CacheType">The type of keys and values in the cache, as llama.cpp's <c>--cache-type-k</c> spells it.</param>
public sealed record FitSettings(int Context, int Sequences, string CacheType = "f16")
{
    private const int LongestContext = 1 << 20;
    private const int MostSequences = 64;

    /// <summary>Null where the settings are valid; else a failure with one error for each invalid field.</summary>
    public Failure? Problem()
    {
        var problems = new List<FieldError>();
        if (Context is < 1 or > LongestContext)
        {
            problems.Add(new("context", $"Choose a context of 1 to {LongestContext} tokens."));
        }

        if (Sequences is < 1 or > MostSequences)
        {
            problems.Add(new("sequences", $"Choose 1 to {MostSequences} sequences."));
        }

        if (Llama.Memory.CacheType.Find(CacheType) is null)
        {
            var known = string.Join(", ", Llama.Memory.CacheType.All.Select(type => type.Name));
            problems.Add(new("cache_type", $"There is no cache type {CacheType}. Choose one of {known}."));
        }

        return problems.Count == 0 ? null : Failure.Invalid(problems);
    }

    internal ContextSettings ForPlan()
    {
        var type = Llama.Memory.CacheType.Find(CacheType) ?? Llama.Memory.CacheType.F16;
        return new ContextSettings(Context, Sequences) { Keys = type, Values = type };
    }
}
