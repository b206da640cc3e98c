namespace Republic.Core.Knowledge.Reading;

/// <summary>What a piece of a document is, as its format says it.</summary>
public enum BlockKind
{
    Heading,
    Paragraph,
    List,
    Code,

    /// <summary>Of a table, or one record of CSV or JSON.</summary>
    Row,
}
