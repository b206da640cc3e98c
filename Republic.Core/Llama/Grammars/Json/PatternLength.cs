namespace Republic.Core.Llama.Grammars.Json;

/// <summary>How many characters the texts of a pattern have.</summary>
/// <param name="characters">The expressions that stand for one character each.</param>
internal sealed class PatternLength(IReadOnlySet<Expression> characters)
{
    /// <summary>Longer than any text.</summary>
    private const long Endless = 1L << 40;

    public (long Least, long? Most) Of(Expression part)
    {
        if (characters.Contains(part))
        {
            return (1, 1);
        }

        switch (part)
        {
            case Expression.Sequence sequence:
                var all = sequence.Parts.Select(Of).ToList();
                return (
                    Math.Min(all.Sum(one => one.Least), Endless),
                    all.Exists(one => one.Most is null) ? null : Math.Min(all.Sum(one => one.Most!.Value), Endless)
                );
            case Expression.Repeat repeat:
                var once = Of(repeat.Body);
                return (
                    Times(once.Least, repeat.Least),
                    once.Most is { } longest && repeat.Most is { } times ? Times(longest, times) : null
                );
            default:
                var options = ((Expression.Choice)part).Options.Select(Of).ToList();
                return (options.Min(one => one.Least), options.Exists(one => one.Most is null) ? null : options.Max(one => one.Most));
        }
    }

    private static long Times(long length, int count) => Math.Min(Math.Min(length, Endless) * count, Endless);
}
