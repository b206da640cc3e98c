namespace Republic.Core.Archives.Importing;

/// <summary>Something that was not added, or not as it was.</summary>
/// <param name="Kind">Of <see cref="ArchiveKinds"/>.</param>
/// <param name="Id">That it has in the archive; null where it has none.</param>
/// <param name="Reason">Of <see cref="ImportReasons"/>.</param>
/// <param name="Message">For people.</param>
/// <param name="WasAdded">It is here all the same.</param>
public sealed record ImportNote(string Kind, string Name, Guid? Id, string Reason, string Message, bool WasAdded);
