namespace Republic.Core.Archives.Importing;

/// <summary>
/// Adds what an archive holds of one kind, as copies that belong to whoever imports it. All goes through the rules that hold for what people
/// make here, and nothing refers to what is not in the archive.
/// </summary>
internal interface IImportPart
{
    /// <summary>One of <see cref="ArchiveKinds"/>.</summary>
    string Kind { get; }

    /// <summary>The things in the archive, always in the same order.</summary>
    IAsyncEnumerable<ImportItem> ItemsAsync(ImportScope scope, CancellationToken ct);

    /// <summary>Which of these are here.</summary>
    /// <param name="ids">As they are called here.</param>
    Task<List<Guid>> ExistingAsync(ImportScope scope, IReadOnlyList<Guid> ids, CancellationToken ct);
}
