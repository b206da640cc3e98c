using System.Text.Json;
using Republic.Core;
using Republic.Core.Datasets.Reading.Tables;
using Republic.Core.Datasets.Rows;

namespace Republic.Web.Pages.Datasets;

/// <summary>A table's columns, what they were chosen to be, and its first records as the rows they would become.</summary>
/// <param name="Action">Where the choice is sent, to be shown or taken.</param>
/// <param name="IsSent">Whether the choice was sent to be taken, so that what is missing in it is said.</param>
public sealed record ColumnsView(TableLook Table, ColumnsForm Chosen, string Action, bool IsSent = false)
{
    public const int FirstRows = 4;

    /// <summary>As the JSON API takes it; empty until a question and an answer are chosen.</summary>
    public string Mapping => Chosen.ToMapping() is { } mapping ? JsonSerializer.Serialize(mapping, SnakeCaseJson.Compact) : "";

    /// <summary>Those that can be chosen: a column without a name cannot.</summary>
    public IEnumerable<string> Names => Table.Columns.Where(column => column.Length > 0).Distinct();

    public string? PromptError =>
        IsSent && string.IsNullOrEmpty(Chosen.Prompt) ? "Choose the column of the question." : Doubled(Chosen.Prompt);

    public string? AnswerError =>
        string.IsNullOrEmpty(Chosen.Answer) ? (IsSent ? "Choose the column of the answer." : null)
        : Chosen.Answer == Chosen.Prompt ? "This column is the question. Choose another one for the answer."
        : Doubled(Chosen.Answer);

    /// <summary>Nobody can say which of two columns of one name is meant.</summary>
    public string? Doubled(string? chosen) =>
        !string.IsNullOrEmpty(chosen) && Table.Columns.Count(column => column == chosen) > 1
            ? "More than one column is called so. Rename one in the file, and choose the file again."
            : null;

    public IEnumerable<MessagesView> Rows =>
        Chosen.ToMapping() is { } mapping ? Table.Records.Select(record => MessagesView.Found(Messages(record, mapping), null)) : [];

    private IEnumerable<RowMessage> Messages(IReadOnlyList<string> record, RowMapping mapping)
    {
        if (Text(record, mapping.System) is { Length: > 0 } system)
        {
            yield return new RowMessage("system", system);
        }

        var input = Text(record, mapping.Input);
        yield return new RowMessage(
            "user",
            input.Length == 0 ? Text(record, mapping.Prompt) : $"{Text(record, mapping.Prompt)}\n\n{input}"
        );
        yield return new RowMessage("assistant", Text(record, mapping.Answer));
    }

    private string Text(IReadOnlyList<string> record, string? column)
    {
        var at = column is null ? -1 : Table.Columns.ToList().IndexOf(column);
        return at < 0 || at >= record.Count ? "" : record[at];
    }
}
