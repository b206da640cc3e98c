namespace Republic.Core.Minions.Access;

/// <summary>Counts that waited in a file and are added: given again, they are not. Kept as long as the file would be taken in.</summary>
public sealed class CountedBatch
{
    public required Guid Id { get; init; }

    public required DateTimeOffset TakenInAt { get; init; }
}
