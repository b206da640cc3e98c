namespace Republic.Core.Events;

/// <summary>A person's growing texts of one noun, as one browser has them.</summary>
public interface ILiveTextReader
{
    /// <summary>Something between what the browser has and what was published is missing: the saved text is looked at soon.</summary>
    bool HasGap { get; }

    /// <summary>Reads the saved text: when the stream opens, and when something was missed.</summary>
    Task CatchUpAsync(CancellationToken ct);

    /// <summary>What an event changes on the page, perhaps nothing; null where it is not the noun's.</summary>
    IReadOnlyList<ServerEvent>? Draw(LiveItem item);

    /// <summary>What grew since the last time.</summary>
    /// <param name="id">Where the browser stands.</param>
    IEnumerable<ServerEvent> Render(string? id);
}
