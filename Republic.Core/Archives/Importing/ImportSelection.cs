namespace Republic.Core.Archives.Importing;

/// <summary>What of an archive is added.</summary>
/// <param name="Kinds">Of <see cref="ArchiveKinds"/>.</param>
/// <param name="Minions">The minions, by the ids that they have in the archive; null for all of them.</param>
public sealed record ImportSelection(IReadOnlyList<string> Kinds, IReadOnlyList<Guid>? Minions = null)
{
    public static ImportSelection All { get; } = new(ArchiveKinds.All);

    /// <param name="only">Kinds with commas between them; null or blank for all.</param>
    public static Outcome<ImportSelection> Of(string? only)
    {
        var kinds = (only ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return kinds.Length == 0 ? All : Of(kinds, minions: null);
    }

    public static Outcome<ImportSelection> Of(IReadOnlyCollection<string> kinds, IReadOnlyList<Guid>? minions) =>
        kinds.Except(ArchiveKinds.All, StringComparer.Ordinal).FirstOrDefault() is { } unknown
            ? Failure.Invalid("only", $"There is no kind “{unknown.AtMost(50)}”. The kinds are {string.Join(", ", ArchiveKinds.All)}.")
        : kinds.Count == 0 ? Failure.Invalid("only", "Choose something to import.")
        : new ImportSelection([.. ArchiveKinds.All.Where(kinds.Contains)], minions);

    /// <param name="minion">By its id in the archive.</param>
    internal bool Has(Guid minion) => Minions is null || Minions.Contains(minion);
}
