namespace Republic.Core.Providers.Routing;

/// <summary>A place in a route's order.</summary>
/// <param name="Way">Null where all of the candidate is passed over.</param>
/// <param name="Objection">Why it is passed over, for people; null: it is its turn.</param>
internal readonly record struct RouteStep(RouteCandidate Candidate, ModelTarget? Way, string? Objection = null)
{
    /// <summary>It asked for a pause: it has another turn when everybody else has failed.</summary>
    public bool IsPutOff { get; init; }

    /// <summary>Asked even if it is resting.</summary>
    public bool WhateverItsHealth { get; init; }
}
