namespace Republic.Core.Admin.People;

/// <summary>What a person used of the installation.</summary>
/// <param name="Answers">Answers of their minions in this month, in chats and outside.</param>
/// <param name="Cost">Of all calls of this month in US dollars, where it is known; null where there were none.</param>
/// <param name="Bytes">Their datasets, documents, attachments, training runs and models on the disk. A model that others have too counts for each.</param>
public sealed record PersonFigures(Guid PersonId, long Answers, decimal? Cost, long Bytes)
{
    public static readonly PersonFigures None = new(Guid.Empty, 0, null, 0);
}
