namespace Republic.Core.Providers.Routing;

/// <summary>A model that may answer, with its endpoints: several keys, or several servers, share its load.</summary>
/// <param name="Endpoints">All to the same model, the preferred first.</param>
/// <param name="Problem">Why it cannot be asked at all; then there are no endpoints.</param>
public sealed record RouteCandidate(string Provider, string ModelId, IReadOnlyList<ModelTarget> Endpoints, string? Problem = null)
{
    /// <summary>The most tokens of prompt and answer; null where nobody has said.</summary>
    public int? ContextLength { get; init; }

    public static RouteCandidate To(ModelTarget target)
    {
        return new(target.Provider.Name, target.ModelId, [target]);
    }
}
