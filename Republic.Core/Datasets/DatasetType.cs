namespace Republic.Core.Datasets;

public enum DatasetType
{
    /// <summary>Chats, instructions or pairs, told apart row by row.</summary>
    Jsonl,

    /// <summary>Made from a collection of documents.</summary>
    Rag,

    /// <summary>A CSV with a mapping of its columns, or rows that were typed in.</summary>
    Custom,
}
