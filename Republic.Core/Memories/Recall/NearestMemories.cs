using Republic.Core.Providers.Routing;

namespace Republic.Core.Memories.Recall;

/// <param name="Found">The nearest first, each with its likeness, 0 to 1.</param>
/// <param name="Reason">Why it could not be told what is meant, for people.</param>
/// <param name="Asked">Who was asked for vectors, and where.</param>
internal sealed record NearestMemories(IReadOnlyList<(Guid Id, double Likeness)> Found, string? Reason, IReadOnlyList<RouteAttempt> Asked)
{
    public static readonly NearestMemories NotAsked = new([], null, []);

    /// <summary>By the model that comes along.</summary>
    public bool IsBuiltIn { get; init; }

    /// <summary>0 for one that is not near.</summary>
    public double LikenessOf(Guid memory) => Found.FirstOrDefault(near => near.Id == memory).Likeness;
}
