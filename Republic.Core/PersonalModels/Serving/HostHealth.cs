namespace Republic.Core.PersonalModels.Serving;

/// <summary>What the model host reports of itself (<c>GET /health</c>). Sizes are in bytes.</summary>
public sealed record HostHealth(HostHealth.ProcessMemory? Memory, IReadOnlyList<HostHealth.Model>? Models)
{
    /// <summary>A host that does not answer.</summary>
    public static HostHealth None { get; } = new(null, []);

    /// <summary>The models that wait for memory.</summary>
    public IReadOnlyList<Wait>? Waiting { get; init; }

    public sealed record ProcessMemory(long RssBytes, long PlannedBytes, long BudgetBytes);

    /// <param name="Id">The name of its file without extension.</param>
    /// <param name="PlannedBytes">The memory that it counts with, adapters included.</param>
    /// <param name="Sequences">The number of answers that it can generate at a time.</param>
    /// <param name="Active">The number of answers being generated.</param>
    /// <param name="Waiting">The number of requests that wait for one of its sequences.</param>
    public sealed record Model(string Id, long PlannedBytes, long ContextBytes, int ContextLength, int Sequences, int Active, int Waiting)
    {
        public IReadOnlyList<string> Adapters { get; init; } = [];

        public bool Pinned { get; init; }

        /// <summary>It takes no new requests, and is unloaded when its answers have ended.</summary>
        public bool Draining { get; init; }

        public double IdleSeconds { get; init; }

        /// <summary>Null for one that answers or is pinned.</summary>
        public double? UnloadsInSeconds { get; init; }

        /// <summary>Of its last answers; null before the first.</summary>
        public double? TokensPerSecond { get; init; }

        /// <summary>The tokens of all prompts since it was loaded.</summary>
        public long PromptTokens { get; init; }

        /// <summary>Those of them that were in memory still and did not have to be read again.</summary>
        public long CachedTokens { get; init; }

        public bool IsIdle => Active == 0 && Waiting == 0;
    }

    /// <param name="Requests">The number of requests that wait for this model.</param>
    /// <param name="Seconds">How long the first of them has waited.</param>
    public sealed record Wait(string Id, long NeedBytes, int Requests, double Seconds);
}
