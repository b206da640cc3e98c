using Republic.Core.Datasets.Reading.Tables;

namespace Republic.Web.Pages.Datasets;

public sealed class ColumnsForm
{
    public string? Prompt { get; set; }

    public string? Answer { get; set; }

    public string? System { get; set; }

    public string? Input { get; set; }

    public static ColumnsForm Of(RowMapping? mapping) =>
        new()
        {
            Prompt = mapping?.Prompt,
            Answer = mapping?.Answer,
            System = mapping?.System,
            Input = mapping?.Input,
        };

    /// <summary>Null until both columns that are needed are chosen, and are two.</summary>
    public RowMapping? ToMapping() =>
        string.IsNullOrEmpty(Prompt) || string.IsNullOrEmpty(Answer) || Prompt == Answer
            ? null
            : new RowMapping(Prompt, Answer, Given(System), Given(Input));

    private static string? Given(string? column) => string.IsNullOrEmpty(column) ? null : column;
}
