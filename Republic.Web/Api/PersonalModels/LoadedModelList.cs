using Republic.Core.PersonalModels.Serving;

namespace Republic.Web.Api.PersonalModels;

/// <summary>The models in memory, and those that wait for it.</summary>
internal sealed record LoadedModelList(
    LoadedModelList.MemoryUse Memory,
    IReadOnlyList<LoadedModelList.Loaded> Models,
    IReadOnlyList<LoadedModelList.Wait> Waiting
)
{
    public static LoadedModelList Of(ServedState state) =>
        new(
            new MemoryUse(state.BudgetBytes, state.PlannedBytes, state.ProcessBytes),
            [.. state.Models.Select(Of)],
            [
                .. state.Waiting.Select(wait => new Wait(
                    wait.PersonalModelId,
                    wait.Name,
                    wait.Host.NeedBytes,
                    wait.Host.Requests,
                    wait.Host.Seconds
                )),
            ]
        );

    private static Loaded Of(ServedModel model) =>
        new(model.PersonalModelId, model.Name, model.IsOwn)
        {
            Bytes = model.Host.PlannedBytes,
            ContextBytes = model.Host.ContextBytes,
            ContextLength = model.Host.ContextLength,
            Slots = model.Host.Sequences,
            Active = model.Host.Active,
            Waiting = model.Host.Waiting,
            TokensPerSecond = model.Host.TokensPerSecond,
            Adapters = model.IsOwn || model.Name is not null ? model.Host.Adapters.Count : null,
            Pinned = model.Host.Pinned,
            Unloading = model.Host.Draining,
            IdleSeconds = model.Host.IdleSeconds,
            UnloadsInSeconds = model.Host.UnloadsInSeconds,
            PromptTokens = model.Host.PromptTokens,
            CachedTokens = model.Host.CachedTokens,
        };

    /// <param name="BudgetBytes">The memory that all models may take together.</param>
    /// <param name="PlannedBytes">The memory that they count with.</param>
    /// <param name="ProcessBytes">The resident memory of the model host; null where it does not answer.</param>
    internal sealed record MemoryUse(long BudgetBytes, long PlannedBytes, long? ProcessBytes);

    internal sealed record Loaded(Guid? PersonalModelId, string? Name, bool IsOwn)
    {
        public required long Bytes { get; init; }

        public required long ContextBytes { get; init; }

        public required int ContextLength { get; init; }

        /// <summary>The number of answers that it can generate at a time.</summary>
        public required int Slots { get; init; }

        /// <summary>The number of answers being generated.</summary>
        public required int Active { get; init; }

        /// <summary>The number of requests that wait for a free slot.</summary>
        public required int Waiting { get; init; }

        /// <summary>Of its last answers; null before the first.</summary>
        public double? TokensPerSecond { get; init; }

        /// <summary>The number of adapters on it; null for another person's model.</summary>
        public int? Adapters { get; init; }

        public required bool Pinned { get; init; }

        /// <summary>It takes no new requests, and is unloaded when its answers have ended.</summary>
        public required bool Unloading { get; init; }

        public required double IdleSeconds { get; init; }

        /// <summary>Null for one that answers or is pinned.</summary>
        public double? UnloadsInSeconds { get; init; }

        /// <summary>The tokens of all prompts since it was loaded.</summary>
        public required long PromptTokens { get; init; }

        /// <summary>Those of them that did not have to be read again.</summary>
        public required long CachedTokens { get; init; }
    }

    internal sealed record Wait(Guid? PersonalModelId, string? Name, long NeedBytes, int Requests, double Seconds);
}
