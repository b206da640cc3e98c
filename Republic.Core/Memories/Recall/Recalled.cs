using Republic.Core.Providers.Routing;

namespace Republic.Core.Memories.Recall;

/// <summary>What a minion is reminded of before it answers, the most fitting first.</summary>
/// <param name="Reason">For people: why nothing was, or why by words alone.</param>
public sealed record Recalled(IReadOnlyList<RecalledMemory> Memories, string? Reason)
{
    public static readonly Recalled Nothing = new([], null);

    public static readonly Recalled Off = new([], "Remembering is switched off.");

    /// <summary>A contradiction that the question touches; null where there is none.</summary>
    public DisputedMemory? Disputed { get; init; }

    /// <summary>Who was asked for vectors, and where; none where no embedding model was chosen.</summary>
    public IReadOnlyList<RouteAttempt> Asked { get; init; } = [];
}
