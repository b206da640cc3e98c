namespace Republic.Core.Data;

/// <summary>A row that belongs to one person. Another person's row does not exist for a query.</summary>
public interface IOwned
{
    Guid Id { get; }

    Guid OwnerId { get; }
}
