using Republic.Core.Llama.Memory;

namespace Republic.Core.PersonalModels.Fitting;

/// <summary>What a model would be loaded with.</summary>
/// <param name="Context">Tokens per sequence; a model that was trained on fewer gets fewer.</param>
/// <param name="Sequences">How many answers are written at a time.</param>
/// <param name="CacheType">Of keys and values, as llama.cpp's <c>--cache-type-k</c> spells it.</param>
public sealed record FitSettings(int Context, int Sequences, string CacheType = "f16")
{
    private const int LongestContext = 1 << 20;
    private const int MostSequences = 64;

    /// <summary>Null where they make sense.</summary>
    public Failure? Problem()
    {
        var problems = new List<FieldError>();
        if (Context is < 1 or > LongestContext)
        {
            problems.Add(new("context", $"A context has 1 to {LongestContext} tokens."));
        }

        if (Sequences is < 1 or > MostSequences)
        {
            problems.Add(new("sequences", $"There can be 1 to {MostSequences} sequences."));
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
