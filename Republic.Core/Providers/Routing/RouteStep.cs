namespace Republic.Core.Providers.Routing;

/// <summary>A step in the order of a route.</summary>
/// <param name="Endpoint">Null where all of the candidate is passed over.</param>
/// <param name="Objection">Why it is passed over, for people; null: it is its turn.</param>
internal readonly record struct RouteStep(RouteCandidate Candidate, ModelTarget? Endpoint, string? Objection = null)
{
    /// <summary>It asked for a pause: it has another turn when everybody else has failed.</summary>
    public bool IsPutOff { get; init; }

    /// <summary>Asked even if it is resting.</summary>
    public bool IgnoresHealth { get; init; }
}
