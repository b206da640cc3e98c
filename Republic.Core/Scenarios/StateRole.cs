namespace Republic.Core.Scenarios;

/// <summary>That a role acts in a state.</summary>
public sealed class StateRole
{
    public required Guid StateId { get; init; }

    public required Guid AgentRoleId { get; init; }

    /// <summary>Orders the roles of a state, from 0.</summary>
    public int Position { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}
