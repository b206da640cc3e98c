namespace Republic.Core.Episodes.Rows;

/// <summary>What datasets an episode that is over can become.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="TimelineId">The timeline whose steps become rows.</param>
/// <param name="Learner">The role that learns; null where the scenario names none.</param>
/// <param name="Roles">Those whose knowledge its owner may see, with their rows, where there are any.</param>
/// <param name="SeesAll">Its owner sees what every role knows.</param>
public sealed record EpisodeDatasetPreview(string Scenario, Guid TimelineId, string? Learner, IReadOnlyList<RoleRows> Roles, bool SeesAll)
{
    /// <summary>The role that is offered first: the one that learns, or else the first with rows. Null where none has any.</summary>
    public string? Suggested =>
        Roles.FirstOrDefault(rows => rows.Role == Learner && rows.Count > 0)?.Role ?? Roles.FirstOrDefault(rows => rows.Count > 0)?.Role;
}
