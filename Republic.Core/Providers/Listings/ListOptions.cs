namespace Republic.Core.Providers.Listings;

/// <summary>Section <c>Providers:Lists</c>: how often lists of models are read.</summary>
public sealed class ListOptions
{
    public TimeSpan Every { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Lists read at the same time by one node.</summary>
    public int AtOnce { get; set; } = 4;
}
