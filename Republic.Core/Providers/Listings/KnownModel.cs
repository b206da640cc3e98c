namespace Republic.Core.Providers.Listings;

/// <summary>One model of a list, with what has changed since earlier lists.</summary>
public sealed record KnownModel(ListedModel Model)
{
    /// <summary>When it came to the list; null for what was always there, or has been for a while.</summary>
    public DateTimeOffset? NewSince { get; init; }

    /// <summary>When it was first missed; null while it is listed.</summary>
    public DateTimeOffset? GoneSince { get; init; }
}
