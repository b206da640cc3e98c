using System.Text.Json.Serialization;

namespace Republic.Core.Interactions.Lineage;

/// <summary>Rows, datasets and versions that were made of chats and are kept outside of them.</summary>
/// <param name="Rows">Of datasets that are there.</param>
/// <param name="Datasets">Those that hold the rows, each in all its versions.</param>
/// <param name="Versions">Those that learned from one chat; of many chats the lineage names them.</param>
public sealed record DerivedData(int Rows, int Datasets, IReadOnlyList<DerivedData.Version> Versions)
{
    /// <summary>The number of runs that read rows of one chat. They keep these until they are deleted.</summary>
    public int Runs { get; init; }

    /// <summary>The number of tasks that were made of messages of one chat. They keep what was copied into them.</summary>
    public int Tasks { get; init; }

    /// <summary>Why some datasets could not be deleted, a sentence each: which run holds which.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Held { get; init; } = [];

    /// <param name="Number">Of the minion's version.</param>
    /// <param name="Pairs">That it learned of the chat.</param>
    public sealed record Version(Guid MinionId, int Number, int Pairs);
}
