using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Republic.Tests.Architecture;

/// <summary>Queries by LINQ leave deleted chats out by the filter of their table, or by <c>NotDeleted</c>. SQL has to do it itself.</summary>
public sealed partial class DeletedChatTests
{
    [Fact]
    public void Sql_that_reads_chats_leaves_out_those_that_are_deleted() =>
        Exceptions.AllowOnly(
            Exceptions.DeletedToo,
            from file in SourceFile.OfTheApp
            from text in file.Nodes<InterpolatedStringExpressionSyntax>()
            let sql = text.ToString()
            where ReadsChats().IsMatch(sql) && !sql.Contains("deleted_at is null", StringComparison.Ordinal)
            select $"{file.At(text)}: {sql}"
        );

    [GeneratedRegex(@"\b(?:from|join) (?:conversations|messages|message_feedback)\b", RegexOptions.None, 1000)]
    private static partial Regex ReadsChats();
}
