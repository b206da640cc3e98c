namespace Republic.Core.Archives.Records;

/// <param name="AnswersOutside">Also where an outside client asks.</param>
internal sealed record ArchivedLink(Guid CollectionId, bool AnswersOutside);
