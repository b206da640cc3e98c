namespace Republic.Core.Data;

public static class OwnedQueries
{
    public static IQueryable<T> OwnedBy<T>(this IQueryable<T> rows, Guid person)
        where T : class, IOwned => rows.Where(row => row.OwnerId == person);
}
