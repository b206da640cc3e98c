using Republic.Core.Providers.Routing;

namespace Republic.Core.Memories.Recall;

/// <param name="Ids">The nearest first.</param>
/// <param name="Reason">Why it could not be told what is meant, for people.</param>
/// <param name="Asked">Who was asked for vectors, and where.</param>
internal sealed record NearestMemories(IReadOnlyList<Guid> Ids, string? Reason, IReadOnlyList<RouteHop> Asked)
{
    public static readonly NearestMemories NotAsked = new([], null, []);
}
