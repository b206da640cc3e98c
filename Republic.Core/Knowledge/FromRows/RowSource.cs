using System.Security.Cryptography;
using System.Text;

namespace Republic.Core.Knowledge.FromRows;

/// <summary>A collection that is to be made of rows.</summary>
/// <param name="Id">Of the collection: making it twice makes one.</param>
/// <param name="Description">Where the rows are from, for people.</param>
/// <param name="Texts">One for each passage: a question, a blank line, its answer.</param>
public sealed record RowSource(Guid Id, Guid Owner, string Name, string Description, IReadOnlyList<string> Texts)
{
    internal const string Between = "\n\n";

    /// <summary>All of them, as the document's text.</summary>
    public string Text => string.Join(Between, Texts);

    /// <summary>Of the document, in hex.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));
}
