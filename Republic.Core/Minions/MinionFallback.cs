namespace Republic.Core.Minions;

/// <summary>A model that answers for a minion where its own does not.</summary>
/// <param name="Provider">A catalogue row's name.</param>
/// <param name="BaseUrl">Null: the provider's own.</param>
public sealed record MinionFallback(string Provider, string ModelId, string? BaseUrl = null)
{
    internal MinionFallback Trimmed() => new(Provider.Trim(), ModelId.Trim(), string.IsNullOrWhiteSpace(BaseUrl) ? null : BaseUrl.Trim());
}
