namespace Republic.Core.Llama.Grammars.Json;

/// <param name="IsExclusive">The limit itself lies outside.</param>
internal sealed record NumberLimit(BigDecimal Value, bool IsExclusive)
{
    /// <summary>It lies outside, and a number with so many places can be equal to it.</summary>
    public bool IsExclusiveAt(int places) => IsExclusive && Value.Ceiling(places) == Value.Floor(places);
}
