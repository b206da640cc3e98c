namespace Republic.Core.Archives.Exporting;

/// <summary>Writes all that a person has of one kind. What is secret, and what is somebody else's, stays out.</summary>
internal interface IExportPart
{
    /// <summary>One of <see cref="ArchiveKinds"/>.</summary>
    string Kind { get; }

    /// <returns>How many things there are.</returns>
    Task<int> WriteAsync(ExportScope scope, CancellationToken ct);
}
