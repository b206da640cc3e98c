namespace Republic.Core.Datasets.Versions.Changes;

/// <summary>How one version differs from another of the same source.</summary>
/// <param name="Rows">A page of those, in the order of the source.</param>
public sealed record DiffPage(int Added, int Removed, int Changed, IReadOnlyList<DiffRow> Rows);
