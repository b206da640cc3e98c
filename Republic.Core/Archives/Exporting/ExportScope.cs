using Republic.Core.Data;

namespace Republic.Core.Archives.Exporting;

/// <summary>What a part of an archive is written with.</summary>
/// <param name="Db">Within one snapshot: all parts see the same moment.</param>
/// <param name="Person">Whose things they are.</param>
internal sealed record ExportScope(RepublicDb Db, Guid Person, ArchiveWriter Writer);
