using Republic.Core.Providers.Caching;

namespace Republic.Core.Providers.Routing;

/// <summary>Whose call it is, and which models may answer it, in order.</summary>
/// <param name="Candidates">The first is the one that is meant; the others are its fallbacks.</param>
public sealed record ModelRoute(IReadOnlyList<RouteCandidate> Candidates)
{
    /// <summary>Who pays; null for what the installation does for itself.</summary>
    public Guid? Owner { get; init; }

    public Guid? Minion { get; init; }

    public CallPurpose Purpose { get; init; } = CallPurpose.Chat;

    /// <summary>The person agreed that a fallback may cost money, or leave this machine, where the first choice does neither.</summary>
    public bool HasConsent { get; init; }

    /// <summary>
    /// Asked once and whatever its health: the caller does its own counting and trying again, or wants to know how things stand just now.
    /// </summary>
    public bool IsDirect { get; init; }

    /// <summary>
    /// How long the caller waits in all, for an answer that comes in one piece; null: as long as it takes. Who has not answered by then is
    /// left alone for a while, at once: the next caller would wait in vain too.
    /// </summary>
    public TimeSpan? Patience { get; init; }

    /// <summary>Null: nothing is remembered, and every call asks.</summary>
    public CachePolicy? Cache { get; init; }

    /// <summary>The key of the call at its first endpoint, where the caller keeps one; null gives it a key of its own.</summary>
    public Guid? IdempotencyKey { get; init; }

    /// <summary>About how many tokens the prompt has, rather fewer than more; 0 where nobody has counted.</summary>
    public int PromptTokens { get; init; }

    /// <summary>The one that is meant; null where it cannot be asked at all.</summary>
    public ModelTarget? First => Candidates is [{ Endpoints: [var endpoint, ..] }, ..] ? endpoint : null;

    /// <summary>The model that is meant can be given tools; the built-in one cannot.</summary>
    public bool TakesTools => First is { } first && first.Provider.TakesTools(first.ModelId);

    /// <summary>The first that can be asked at all.</summary>
    public ModelTarget? Nearest => Candidates.FirstOrDefault(candidate => candidate.Endpoints.Count > 0)?.Endpoints[0];

    /// <summary>To find out how one model is doing.</summary>
    public static ModelRoute Test(ModelTarget target, Guid owner, Guid? minion) =>
        Direct(target) with
        {
            Owner = owner,
            Minion = minion,
            Purpose = CallPurpose.Test,
        };

    /// <summary>For a new answer, whatever is remembered.</summary>
    public ModelRoute Anew() => Cache is null ? this : this with { Cache = Cache with { MayRecall = false } };

    /// <summary>The same for a key, a server or a model that is not stored.</summary>
    public static ModelRoute Draft(ModelTarget target, Guid owner, Guid? minion) =>
        Test(target, owner, minion) with
        {
            Purpose = CallPurpose.Draft,
        };

    public static ModelRoute Direct(ModelTarget target) => new([RouteCandidate.To(target)]) { IsDirect = true };
}
