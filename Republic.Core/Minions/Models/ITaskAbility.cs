namespace Republic.Core.Minions.Models;

/// <summary>Says whether minions follow the prompt of a task. A minion that does not gets the bare request.</summary>
public interface ITaskAbility
{
    /// <summary>By the id of the minion; null where its model was not probed yet.</summary>
    Task<IReadOnlyDictionary<Guid, bool?>> OfAsync(IReadOnlyCollection<Minion> minions, CancellationToken ct);

    /// <inheritdoc cref="OfAsync"/>
    /// <remarks>Models that were not probed yet are probed in the background from now on.</remarks>
    Task<IReadOnlyDictionary<Guid, bool?>> ProbedAsync(IReadOnlyCollection<Minion> minions, CancellationToken ct);
}
