namespace Republic.Core.Archives.Importing;

/// <summary>One thing of an archive.</summary>
/// <param name="Original">The id that it has there.</param>
/// <param name="Name">For people.</param>
/// <param name="AddAsync">Adds it, or what of it an earlier start has left out. Null where it is added; else why not.</param>
internal sealed record ImportItem(Guid Original, string Name, Func<CancellationToken, Task<ImportSkip?>> AddAsync)
{
    /// <summary>One that has a file of its own, which is read no earlier than it is added: some of these at once would fill the memory.</summary>
    public static ImportItem InFile<T>(
        ImportScope scope,
        Guid original,
        string file,
        Func<T, string> nameOf,
        Func<T, CancellationToken, Task<ImportSkip?>> addAsync
    )
        where T : class =>
        new(
            original,
            original.ToString(),
            async ct =>
            {
                var read = await scope.Archive.ReadJsonAsync<T>(file, ct);
                if (!read.Ok)
                {
                    return ImportSkip.Of(read.Failure);
                }

                var skip = await addAsync(read.Value, ct);
                return skip is null ? null : skip with { Name = skip.Name ?? nameOf(read.Value) };
            }
        );

    /// <summary>One that cannot be read.</summary>
    public static ImportItem Unreadable(Guid original, string name, Failure failure) =>
        new(original, name, _ => Task.FromResult<ImportSkip?>(ImportSkip.Of(failure)));
}
