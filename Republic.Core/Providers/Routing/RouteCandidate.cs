namespace Republic.Core.Providers.Routing;

/// <summary>One model that may answer, and the ways to it: several keys, or several servers, share its load.</summary>
/// <param name="Ways">All to the same model, the preferred first.</param>
/// <param name="Problem">Why it cannot be asked at all; then there are no ways.</param>
public sealed record RouteCandidate(string Provider, string ModelId, IReadOnlyList<ModelTarget> Ways, string? Problem = null)
{
    /// <summary>The most tokens of prompt and answer; null where nobody has said.</summary>
    public int? ContextLength { get; init; }

    public static RouteCandidate To(ModelTarget target)
    {
        return new(target.Provider.Name, target.ModelId, [target]);
    }
}
